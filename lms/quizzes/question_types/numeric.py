"""Numeric: a number, in the digits of any script, within a tolerance."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import lazy_pgettext, pgettext, reader
from lms.quizzes.question_types.base import MAIN, Answer, AuthorField, Content, Fault, Given, Grade, QuestionType
from lms.quizzes.question_types.reading import (
    author_feedback,
    author_text,
    feedback_faults,
    languages_in,
    line_of,
    mapping_of,
)
from lms.text import parse_number

FEEDBACK = ["right", "wrong"]
LARGEST = 10**15
"""Up to here JSON numbers are exact everywhere."""


class Numeric(QuestionType):
    """Answers are {"text": as typed, "number": as read}, so that what was typed can always be shown."""

    key = "numeric"
    label = lazy_pgettext("question type", "Number")
    answer_template = "quizzes/types/numeric.html"
    review_template = "quizzes/types/written_review.html"
    inline = ("prompt", "feedback", "unit")
    answer_schema: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "properties": {"text": {"type": "string"}, "number": {"type": "string", "pattern": "^[-+]?[0-9.]+$"}},
        "required": ["text", "number"],
        "additionalProperties": False,
    }

    def faults(self, content: Content) -> Iterator[Fault]:
        """No number to compare with."""
        if not _is_number(content.scoring.get("answer")):
            yield Fault("scoring.answer", _("Give the right answer as a number."))
        tolerance = content.scoring.get("tolerance", 0)
        if not _is_number(tolerance) or tolerance < 0:
            yield Fault("scoring.tolerance", _("Give the tolerance as a number, zero or more."))
        for language, text in content.text.items():
            yield from feedback_faults(text, language, FEEDBACK)

    def feedback_keys(self, structure: Mapping[str, Any]) -> list[str]:
        """Right and wrong."""
        return FEEDBACK

    def read_answer(self, structure: Mapping[str, Any], given: Given) -> Answer | None:
        """The number that was typed."""
        typed = line_of(given)
        return {"text": typed, "number": str(_parsed(typed))} if typed else None

    def given(self, answer: Answer) -> Given:
        """What was typed."""
        return {MAIN: [answer["text"]]}

    def grade(self, content: Content, answer: Answer, language: str) -> Grade:
        """Full mark within the tolerance, its bounds included."""
        off = abs(Decimal(answer["number"]) - _decimal(content.scoring["answer"]))
        right = off <= _decimal(content.scoring.get("tolerance", 0))
        return Grade(float(right), ("right" if right else "wrong",))

    def correct_answer(self, content: Content, language: str) -> Answer:
        """The number of the key."""
        number = _decimal(content.scoring["answer"])
        return {"text": f"{number:f}", "number": f"{number:f}"}

    def describe(self, answer: Answer, text: Mapping[str, Any]) -> list[str]:
        """The number in the reader's digits."""
        return [reader().number(Decimal(answer["number"]))]

    def summary_keys(self, answer: Answer) -> Iterable[str]:
        """Its value, however it was typed."""
        return [f"{Decimal(answer['number']).normalize():f}"]

    def author_fields(self, content: Content, languages: Sequence[str]) -> list[AuthorField]:
        """The number, the tolerance; prompt, unit and feedback."""
        fields = [
            AuthorField("answer", _("Right answer"), "number", _written(content.scoring.get("answer"))),
            AuthorField("tolerance", _("Tolerance"), "number", _written(content.scoring.get("tolerance", 0))),
        ]
        for language in languages:
            fields += _language_fields(mapping_of(content.text.get(language)), language)
        return fields

    def from_author_form(self, given: Given, before: Content) -> Content:
        """The question as edited."""
        text = dict(before.text)
        for language in languages_in(given):
            unit = author_text(given, f"unit.{language}")
            text[language] = {
                "prompt": author_text(given, f"prompt.{language}"),
                **({"unit": unit} if unit else {}),
                "feedback": author_feedback(given, FEEDBACK, language),
            }
        numbers = {name: _author_number(given, name) for name in ("answer", "tolerance")}
        return Content({}, {name: number for name, number in numbers.items() if number is not None}, text)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST


def _decimal(number: float) -> Decimal:
    return Decimal(str(number))


def _parsed(typed: str, name: str | None = None) -> Decimal:
    try:
        return parse_number(typed)
    except ValueError:
        raise DomainError(_("Write a number, in any digits."), name) from None


def _written(number: Any) -> tuple[str, ...]:
    return (f"{_decimal(number):f}",) if _is_number(number) else ()


def _author_number(given: Given, name: str) -> float | None:
    typed = author_text(given, name)
    if not typed:
        return None
    number = _parsed(typed, name)
    return int(number) if number == number.to_integral_value() else float(number)


def _language_fields(text: Mapping[str, Any], language: str) -> list[AuthorField]:
    feedback = mapping_of(text.get("feedback"))
    rows = (
        ("prompt", _("Question"), "text", text.get("prompt", "")),
        ("unit", pgettext("of measure", "Unit"), "line", text.get("unit", "")),
        ("feedback.right", _("Feedback when right"), "text", feedback.get("right", "")),
        ("feedback.wrong", _("Feedback when not right"), "text", feedback.get("wrong", "")),
    )
    return [AuthorField(f"{name}.{language}", label, kind, (value,), language) for name, label, kind, value in rows]
