"""Survey scale: statements that the learner places on a described scale. Nothing is right or wrong: for before and
after."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, reader
from lms.quizzes.question_types.base import Answer, AuthorField, Content, Fault, Given, Grade, QuestionType
from lms.quizzes.question_types.naming import letters_of
from lms.quizzes.question_types.reading import (
    author_text,
    ids_of,
    languages_in,
    mapping_of,
    says,
    whole_author_number,
)

FEWEST, MOST, USUAL = 2, 7, 5
"""Points of a scale."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
RESERVED = "was"
"""No statement's id: a form means something else by it."""


class SurveyScale(QuestionType):
    """Answers are {"points": {statement: point}}; a statement may be left out."""

    key = "survey_scale"
    label = lazy_gettext("Survey scale")
    help = lazy_gettext("Statements to be placed on a scale. Nothing is right or wrong, nothing is graded.")
    answer_template = "quizzes/types/survey_scale.html"
    review_template = "quizzes/types/survey_scale_review.html"
    marked = False
    inline: ClassVar[tuple[str, ...]] = ("prompt", "statements", "scale")
    answer_schema: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "properties": {
            "points": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "integer", "minimum": 1}}
        },
        "required": ["points"],
        "additionalProperties": False,
    }

    def points_of(self, structure: Mapping[str, Any]) -> list[str]:
        """The points of the scale, from the lowest."""
        points = structure.get("points")
        whole = isinstance(points, int) and not isinstance(points, bool) and FEWEST <= points <= MOST
        return [str(number) for number in range(1, points + 1)] if whole and isinstance(points, int) else []

    def statements_of(self, structure: Mapping[str, Any]) -> list[str]:
        """The ids of the statements."""
        return ids_of(structure.get("statements"))

    def faults(self, content: Content) -> Iterator[Fault]:
        """No statement, no scale, words that are missing."""
        statements, points = self.statements_of(content.structure), self.points_of(content.structure)
        if not statements or RESERVED in statements:
            yield Fault("structure.statements", _("Give at least one statement."))
        if not points:
            yield Fault("structure.points", _("A scale has from 2 to 7 points."))
        for language, text in content.text.items():
            said, scale = mapping_of(text.get("statements")), mapping_of(text.get("scale"))
            for key in statements:
                if not says(said.get(key)):
                    yield Fault(f"text.{language}.statements.{key}", _("This statement has no text."))
            if not all(says(scale.get(point)) for point in points):
                yield Fault(f"text.{language}.scale", _("A point of the scale is not described."))

    def read_answer(self, structure: Mapping[str, Any], given: Given) -> Answer | None:
        """The point chosen for each statement."""
        statements, allowed = self.statements_of(structure), self.points_of(structure)
        chosen = {key: values[0] for key, values in given.items() if values}
        if not set(chosen) <= set(statements) or not set(chosen.values()) <= set(allowed):
            raise DomainError(_("Choose from the options shown."))
        return {"points": {key: int(chosen[key]) for key in statements if key in chosen}} if chosen else None

    def given(self, answer: Answer) -> Given:
        """What is ticked."""
        return {key: [str(point)] for key, point in answer["points"].items()}

    def is_whole(self, structure: Mapping[str, Any], answer: Answer) -> bool:
        """Whether every statement has a point."""
        return len(answer["points"]) == len(self.statements_of(structure))

    def grade(self, content: Content, answer: Answer, language: str) -> Grade:
        """Nothing: it is worth 0."""
        return Grade(0.0)

    def correct_answer(self, content: Content, language: str) -> Answer | None:
        """None: nothing is right or wrong."""
        return None

    def describe(self, answer: Answer, text: Mapping[str, Any]) -> list[str]:
        """Each statement with the point's words."""
        said, scale = mapping_of(text.get("statements")), mapping_of(text.get("scale"))
        return [f"{said.get(key, key)}: {scale.get(str(point), point)}" for key, point in answer["points"].items()]

    def summary_keys(self, answer: Answer) -> Iterable[str]:
        """Each statement with its point."""
        return [f"{key}={point}" for key, point in answer["points"].items()]

    def summary_choices(self, structure: Mapping[str, Any]) -> Sequence[str]:
        """Each statement with each point."""
        return [f"{key}={point}" for key in self.statements_of(structure) for point in self.points_of(structure)]

    def summary_label(self, key: str, text: Mapping[str, Any]) -> str:
        """A statement and its point in words."""
        statement, _is, point = key.partition("=")
        said, scale = mapping_of(text.get("statements")), mapping_of(text.get("scale"))
        label: str = said.get(statement, statement) + ": " + scale.get(point, point)
        return label

    def author_fields(self, content: Content, languages: Sequence[str]) -> list[AuthorField]:
        """Prompt, scale, statements with an empty one at the end."""
        statements = self.statements_of(content.structure)
        spare = [letter for letter in LETTERS if letter not in statements][:1]
        statements = [*statements, *spare]
        points = self.points_of(content.structure) or [str(number) for number in range(1, USUAL + 1)]
        rows = [("prompt", _("Question"), "text", "", "")]
        rows += [
            (f"scale-{at}", _("Point %(number)s", number=reader().number(int(at))), "line", "scale", at)
            for at in points
        ]
        rows += [
            (f"statement.{key}", _("Statement %(id)s", id=letter), "line", "statements", key)
            for key, letter in letters_of(statements).items()
        ]
        return [
            AuthorField("statements", "", "hidden", tuple(statements)),
            AuthorField("points", _("Points of the scale, from 2 to 7"), "number", (str(len(points)),)),
            *(
                AuthorField(f"{name}.{language}", label, kind, (_said(content, language, where, key),), language)
                for name, label, kind, where, key in rows
                for language in languages
            ),
        ]

    def from_author_form(self, given: Given, before: Content) -> Content:
        """The question as edited: statements that have words in some language."""
        offered = ids_of(list(given.get("statements", ()))) or self.statements_of(before.structure)
        points = whole_author_number(given, "points", FEWEST, MOST) or USUAL
        text = {code: dict(part) for code, part in before.text.items()}
        for language in languages_in(given):
            text[language] = {
                "prompt": author_text(given, f"prompt.{language}"),
                "statements": {key: author_text(given, f"statement.{key}.{language}") for key in offered},
                "scale": {str(at): author_text(given, f"scale-{at}.{language}") for at in range(1, points + 1)},
            }
        kept = [key for key in offered if any(mapping_of(part.get("statements")).get(key) for part in text.values())]
        return Content(
            {"statements": kept, "points": points}, {}, {code: _only(part, kept) for code, part in text.items()}
        )


def _said(content: Content, language: str, where: str, key: str) -> str:
    text = mapping_of(content.text.get(language))
    return str(mapping_of(text.get(where)).get(key, "") if where else text.get("prompt", ""))


def _only(text: Mapping[str, Any], kept: Sequence[str]) -> dict[str, Any]:
    said = mapping_of(text.get("statements"))
    return {**text, "statements": {key: said.get(key, "") for key in kept}}
