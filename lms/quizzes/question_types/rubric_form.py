"""The part of the studio's form in which a rubric is written."""

from collections.abc import Sequence
from typing import Any

from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.quizzes.question_types.base import AuthorField, Content, Given
from lms.quizzes.question_types.naming import letters_of
from lms.quizzes.question_types.reading import author_text, ids_of, languages_in, mapping_of
from lms.quizzes.question_types.rubric import MOST_POINTS, Criterion, points_of, written_criteria
from lms.text import parse_number

LETTERS = "abcdefghijklmnopqrstuvwxyz"
MOST_LEVELS = 6
NEW_LEVELS = 3


def rubric_fields(content: Content, languages: Sequence[str]) -> list[AuthorField]:
    """The criteria with their levels, one empty level in each, and an empty criterion at the end."""
    criteria = written_criteria(content.structure)
    spare = next((letter for letter in LETTERS if letter not in {found.id for found in criteria}), None)
    criteria = [*criteria, *([Criterion(spare, ())] if spare else [])]
    fields = [AuthorField("criteria", "", "hidden", tuple(found.id for found in criteria))]
    letters = letters_of([criterion.id for criterion in criteria])
    for criterion in criteria:
        fields += _criterion_fields(content, criterion, letters[criterion.id], languages)
    return fields


def _shown_levels(criterion: Criterion) -> list[str]:
    count = max(NEW_LEVELS, min(len(criterion.levels) + 1, MOST_LEVELS))
    free = [letter for letter in LETTERS if letter not in criterion.levels]
    return [*criterion.levels, *free[: max(0, count - len(criterion.levels))]]


def _criterion_fields(
    content: Content, criterion: Criterion, letter: str, languages: Sequence[str]
) -> list[AuthorField]:
    points = points_of(content.scoring, criterion)
    rows = [(f"criterion.{criterion.id}", _("Criterion %(id)s", id=letter), "line", "criteria", "")]
    fields = []
    for number, level in enumerate(_shown_levels(criterion), 1):
        shown = reader().number(number)
        rows.append((f"level-{level}.{criterion.id}", _("Level %(number)s", number=shown), "text", "levels", level))
        value = (f"{points[level]:g}",) if level in points else ()
        label = _("Points for level %(number)s", number=shown)
        fields.append(AuthorField(f"points-{level}.{criterion.id}", label, "number", value))
    written = [
        AuthorField(
            f"{name}.{language}", label, kind, (_said(content, language, where, criterion.id, level),), language
        )
        for name, label, kind, where, level in rows
        for language in languages
    ]
    return [*written, *fields]


def _said(content: Content, language: str, where: str, criterion: str, level: str) -> str:
    found = mapping_of(mapping_of(content.text.get(language)).get(where)).get(criterion, "")
    return str(mapping_of(found).get(level, "") if level else found)


def rubric_from(given: Given, before: Content) -> Content:
    """Structure, scoring and texts of the rubric that a form holds: criteria and levels that say something.

    Texts are those of the languages in the form only. Raises DomainError where points are no number.
    """
    offered = ids_of(list(given.get("criteria", ()))) or [found.id for found in written_criteria(before.structure)]
    known = {found.id: found.levels for found in written_criteria(before.structure)}
    languages = languages_in(given)
    kept = [Criterion(key, _levels_in(given, key, known.get(key, ()), languages)) for key in offered]
    kept = [found for found in kept if found.levels or _names(given, found.id, languages)]
    points = {found.id: _points(given, found) for found in kept}
    if not kept:
        return Content({}, {}, {language: {} for language in languages})
    return Content(
        {"criteria": [{"id": found.id, "levels": list(found.levels)} for found in kept]},
        {"points": points},
        {language: _language_from(given, language, kept) for language in languages},
    )


def _names(given: Given, key: str, languages: Sequence[str]) -> bool:
    return any(author_text(given, f"criterion.{key}.{language}") for language in languages)


def _levels_in(given: Given, key: str, known: Sequence[str], languages: Sequence[str]) -> tuple[str, ...]:
    """Levels that have words in some language of the form, or points; known ones first, in their order."""
    order = [*known, *(letter for letter in LETTERS if letter not in known)]
    return tuple(
        level
        for level in order
        if author_text(given, f"points-{level}.{key}")
        or any(author_text(given, f"level-{level}.{key}.{language}") for language in languages)
    )


def _points(given: Given, criterion: Criterion) -> dict[str, float]:
    found = {level: _number(given, f"points-{level}.{criterion.id}") for level in criterion.levels}
    return {level: number for level, number in found.items() if number is not None}


def _number(given: Given, name: str) -> float | None:
    typed = author_text(given, name)
    if not typed:
        return None
    try:
        number = float(parse_number(typed))
    except ValueError:
        raise DomainError(_("Write a number, in any digits."), name) from None
    if not 0 <= number <= MOST_POINTS:
        most = reader().number(MOST_POINTS)
        raise DomainError(_("Points are a number from 0 to %(most)s.", most=most), name)
    return int(number) if number == int(number) else number


def _language_from(given: Given, language: str, criteria: Sequence[Criterion]) -> dict[str, Any]:
    return {
        "criteria": {found.id: author_text(given, f"criterion.{found.id}.{language}") for found in criteria},
        "levels": {
            found.id: {level: author_text(given, f"level-{level}.{found.id}.{language}") for level in found.levels}
            for found in criteria
        },
    }
