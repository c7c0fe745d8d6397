"""Numeric: a number, in the digits of any script, within a tolerance; in a unit where the question says so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, lazy_pgettext, reader
from lms.quizzes.question_types import numeric_form, units
from lms.quizzes.question_types.base import MAIN, Answer, AuthorField, Content, Fault, Given, Grade, QuestionType
from lms.quizzes.question_types.reading import feedback_faults, ids_of, line_of
from lms.text import fold_key

LARGEST = 10**15
"""Up to here JSON numbers are exact everywhere."""
FEEDBACK = numeric_form.FEEDBACK


class Numeric(QuestionType):
    """Answers are {"text": as typed, "number": as read, "unit": as typed}: what was typed can always be shown.

    `unit` is there where the question has units and one was typed.
    """

    key = "numeric"
    label = lazy_pgettext("question type", "Number")
    help = lazy_gettext("A number, in any digits, exact or about right, with or without a unit.")
    answer_template = "quizzes/types/numeric.html"
    review_template = "quizzes/types/written_review.html"
    inline = ("prompt", "feedback", "unit")
    answer_schema: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "properties": {
            "text": {"type": "string"},
            "number": {"type": "string", "pattern": "^[-+]?[0-9.]+$"},
            "unit": {"type": "string", "minLength": 1},
        },
        "required": ["text", "number"],
        "additionalProperties": False,
    }

    def faults(self, content: Content) -> Iterator[Fault]:
        """No number to compare with, a tolerance that is none, units that will not do."""
        if not _is_number(content.scoring.get("answer")):
            yield Fault("scoring.answer", _("Give the right answer as a number."))
        tolerance = content.scoring.get("tolerance", 0)
        if not _is_number(tolerance) or tolerance < 0:
            yield Fault("scoring.tolerance", _("Give the tolerance as a number, zero or more."))
        if not isinstance(content.scoring.get("relative", False), bool):
            yield Fault("scoring.relative", _("Say with true or false whether the tolerance is a share of the answer."))
        yield from units.unit_faults(content)
        for language, text in content.text.items():
            yield from feedback_faults(text, language, FEEDBACK)

    def feedback_keys(self, structure: Mapping[str, Any]) -> list[str]:
        """Right and wrong, and a right number whose unit is not."""
        return FEEDBACK

    def read_answer(self, structure: Mapping[str, Any], given: Given) -> Answer | None:
        """The number that was typed, and its unit where the question has units."""
        typed = line_of(given)
        if not typed:
            return None
        number, unit = units.split_unit(typed) if ids_of(structure.get("units")) else (units.parsed(typed), "")
        return {"text": typed, "number": f"{number:f}", **({"unit": unit} if unit else {})}

    def given(self, answer: Answer) -> Given:
        """What was typed."""
        return {MAIN: [answer["text"]]}

    def grade(self, content: Content, answer: Answer, language: str) -> Grade:
        """Full mark within the tolerance, its bounds included; a share for a number whose unit is not right."""
        number, scoring = Decimal(answer["number"]), content.scoring
        if not ids_of(content.structure.get("units")):
            right = _is_within(number, scoring)
            return Grade(float(right), ("right" if right else "wrong",))
        factor = units.factor_of(content, answer.get("unit", ""))
        if factor is not None and _is_within(number * factor, scoring):
            return Grade(1.0, ("right",))
        if not _is_within(number, scoring):
            return Grade(0.0, ("wrong",))
        share = scoring.get("unit_wrong" if answer.get("unit") else "unit_missing", 0)
        return Grade(float(share), ("unit",))

    def correct_answer(self, content: Content, language: str) -> Answer:
        """The number of the key, in the unit in which it is given."""
        number = f"{_decimal(content.scoring['answer']):f}"
        if not ids_of(content.structure.get("units")):
            return {"text": number, "number": number}
        unit = units.base_unit(content, language)
        return {"text": f"{number} {unit}", "number": number, "unit": unit}

    def describe(self, answer: Answer, text: Mapping[str, Any]) -> list[str]:
        """The number in the reader's digits, with its unit."""
        number = reader().number(Decimal(answer["number"]))
        return [f"{number} {answer['unit']}" if answer.get("unit") else number]

    def summary_keys(self, answer: Answer) -> Iterable[str]:
        """Its value, however it was typed, with its unit."""
        value = f"{Decimal(answer['number']).normalize():f}"
        return [f"{value} {fold_key(answer['unit'])}" if answer.get("unit") else value]

    def summary_label(self, key: str, text: Mapping[str, Any]) -> str:
        """The number in the reader's digits."""
        value, _space, unit = key.partition(" ")
        return f"{reader().number(Decimal(value))} {unit}".strip()

    def author_fields(self, content: Content, languages: Sequence[str]) -> list[AuthorField]:
        """The number, the tolerance, the units; prompt and feedback."""
        return numeric_form.fields(content, languages)

    def from_author_form(self, given: Given, before: Content) -> Content:
        """The question as edited."""
        return numeric_form.content_from(given, before)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST


def _decimal(number: float) -> Decimal:
    return Decimal(str(number))


def _is_within(number: Decimal, scoring: Mapping[str, Any]) -> bool:
    answer, tolerance = _decimal(scoring["answer"]), _decimal(scoring.get("tolerance", 0))
    return abs(number - answer) <= (tolerance * abs(answer) if scoring.get("relative") else tolerance)
