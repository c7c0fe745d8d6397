"""A rubric as it is shown, and what graders chose on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lms.quizzes.asked import AnyAsked
from lms.quizzes.question_types.reading import mapping_of
from lms.quizzes.question_types.rubric import criteria_of, has_rubric, overall_words, points_of


@dataclass(frozen=True)
class ShownLevel:
    """A level: its words as HTML, and its points where they are shown."""

    id: str
    text: Any
    points: float | None


@dataclass(frozen=True)
class ShownCriterion:
    """A criterion with its levels."""

    id: str
    text: Any
    levels: list[ShownLevel]

    @property
    def most(self) -> float:
        """The points of its best level."""
        return max((level.points or 0 for level in self.levels), default=0)

    def level(self, key: str) -> ShownLevel | None:
        """The level of that id."""
        return next((level for level in self.levels if level.id == key), None)


@dataclass(frozen=True)
class Reading:
    """What one grader said: the level of each criterion, and words to the learner."""

    levels: Mapping[str, str]
    comment: str


def shown_rubric(
    structure: Mapping[str, Any], text: Mapping[str, Any], scoring: Mapping[str, Any] | None = None
) -> list[ShownCriterion]:
    """The rubric of a question with a rendered text; without `scoring` nothing is said of points."""
    words = text if has_rubric(structure) else overall_words()
    names, levels = mapping_of(words.get("criteria")), mapping_of(words.get("levels"))
    shown = []
    for criterion in criteria_of(structure):
        points = points_of(scoring, criterion) if scoring is not None else {}
        said = mapping_of(levels.get(criterion.id))
        found = [ShownLevel(level, said.get(level, ""), points.get(level)) for level in criterion.levels]
        shown.append(ShownCriterion(criterion.id, names.get(criterion.id, ""), found))
    return shown


def readings_of(question: AnyAsked) -> list[Reading]:
    """What those graders said whose verdict counts; nothing as long as it is not graded."""
    stored = (question.verdict or {}).get("readings", [])
    return [Reading(reading["levels"], reading["comment"]) for reading in stored]
