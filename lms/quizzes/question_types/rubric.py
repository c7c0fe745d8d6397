"""A rubric: criteria, each with levels that are described and worth points. What people grade by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lms.i18n import gettext as _
from lms.i18n import pgettext
from lms.quizzes.question_types.base import Content, Fault
from lms.quizzes.question_types.reading import ID, mapping_of, says

MOST_POINTS = 1000
Chosen = Mapping[str, str]
"""The level chosen for each criterion, by their ids."""


@dataclass(frozen=True)
class Criterion:
    """What is looked at: its id, and the ids of its levels in the order in which they are shown."""

    id: str
    levels: tuple[str, ...]


OVERALL = Criterion("overall", ("none", "little", "half", "most", "all"))
"""What is graded by where a question has no rubric, as questions brought in from elsewhere."""


def has_rubric(structure: Mapping[str, Any]) -> bool:
    """Whether a question says itself what it is graded by."""
    return "criteria" in structure


def criteria_of(structure: Mapping[str, Any]) -> list[Criterion]:
    """What a question is graded by: its criteria, or the whole on a plain scale where it has none.

    Nothing where they are not written as they should be.
    """
    return written_criteria(structure) if has_rubric(structure) else [OVERALL]


def overall_words() -> dict[str, Any]:
    """The words of the plain scale, in the reader's language, as a text has them."""
    levels = {
        "none": pgettext("of a rubric", "Not at all"),
        "little": pgettext("of a rubric", "A little"),
        "half": pgettext("of a rubric", "By half"),
        "most": pgettext("of a rubric", "For the most part"),
        "all": pgettext("of a rubric", "Fully"),
    }
    return {"criteria": {OVERALL.id: _("Does it answer the question?")}, "levels": {OVERALL.id: levels}}


def written_criteria(structure: Mapping[str, Any]) -> list[Criterion]:
    """The criteria of a question; none where they are not written as they should be."""
    found = [_criterion(value) for value in _list(structure.get("criteria"))]
    if not all(found) or len({criterion.id for criterion in found if criterion}) != len(found):
        return []
    return [criterion for criterion in found if criterion]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _criterion(value: Any) -> Criterion | None:
    part = mapping_of(value)
    levels = _list(part.get("levels"))
    ids = [part.get("id"), *levels]
    if not all(isinstance(found, str) and ID.fullmatch(found) for found in ids) or len(set(levels)) != len(levels):
        return None
    return Criterion(ids[0], tuple(levels))


def points_of(scoring: Mapping[str, Any], criterion: Criterion) -> dict[str, float]:
    """What each level of a criterion is worth; of the plain scale a quarter more each."""
    if criterion is OVERALL:
        return {level: float(at) for at, level in enumerate(OVERALL.levels)}
    points = mapping_of(mapping_of(scoring.get("points")).get(criterion.id))
    return {level: points[level] for level in criterion.levels if _is_points(points.get(level))}


def _is_points(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST_POINTS


def share_of(content: Content, chosen: Chosen) -> float:
    """The share of the mark that these levels are worth. Raises ValueError where they are not of this rubric."""
    got = most = 0.0
    for criterion in criteria_of(content.structure):
        points = points_of(content.scoring, criterion)
        level = chosen.get(criterion.id)
        if level not in points:
            raise ValueError(criterion.id)
        got += points[level]
        most += max(points.values())
    return got / most if most else 0.0


def rubric_faults(content: Content) -> Iterator[Fault]:
    """A rubric by which nothing can be graded, or that leaves something unsaid."""
    if not has_rubric(content.structure):
        return
    criteria = criteria_of(content.structure)
    if not criteria:
        yield Fault("structure.criteria", _("Give at least one criterion to grade by."))
    for criterion in criteria:
        points = points_of(content.scoring, criterion)
        if len(criterion.levels) < 2:
            yield Fault(f"structure.criteria.{criterion.id}", _("Give each criterion at least two levels."))
        elif len(points) != len(criterion.levels) or max(points.values()) <= 0:
            yield Fault(f"scoring.points.{criterion.id}", _("Say how many points each level is worth."))
    for language, text in content.text.items():
        yield from _text_faults(text, language, criteria)


def _text_faults(text: Mapping[str, Any], language: str, criteria: list[Criterion]) -> Iterator[Fault]:
    names, levels = mapping_of(text.get("criteria")), mapping_of(text.get("levels"))
    for criterion in criteria:
        if not says(names.get(criterion.id)):
            yield Fault(f"text.{language}.criteria.{criterion.id}", _("This criterion has no text."))
        said = mapping_of(levels.get(criterion.id))
        if not all(says(said.get(level)) for level in criterion.levels):
            yield Fault(f"text.{language}.levels.{criterion.id}", _("A level of this criterion is not described."))
