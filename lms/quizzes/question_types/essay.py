"""Essay: an answer of several paragraphs, graded by a person."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, reader
from lms.quizzes.question_types.base import MAIN, Answer, AuthorField, Fault, Given
from lms.quizzes.question_types.hand_graded import HandGraded
from lms.quizzes.question_types.reading import whole_author_number
from lms.text import clean_text

LONGEST_ESSAY = 20_000
"""Characters."""
MOST_WORDS = 3000
LIMITS = ("least_words", "most_words")


class Essay(HandGraded):
    """Answers are {"text": as typed}. The wished length is said to learner and grader; nothing is cut or refused."""

    key = "essay"
    label = lazy_gettext("Essay")
    help = lazy_gettext("An answer of several paragraphs. A person grades it by criteria.")
    answer_template = "quizzes/types/essay.html"
    read_template = "quizzes/types/essay_read.html"
    review_template = "quizzes/types/by_hand_review.html"
    answer_schema: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "properties": {"text": {"type": "string"}},
        "required": ["text"],
        "additionalProperties": False,
    }

    def rule_faults(self, structure: Mapping[str, Any]) -> Iterator[Fault]:
        """Lengths that are none."""
        least, most = (structure.get(name) for name in LIMITS)
        for name, value in zip(LIMITS, (least, most), strict=True):
            if value is not None and not _is_length(value):
                yield Fault(f"structure.{name}", _("Give the number of words as a whole number above 0."))
        if isinstance(least, int) and isinstance(most, int) and least > most:
            yield Fault("structure.most_words", _("The most words are fewer than the least."))

    def rule_fields(self, structure: Mapping[str, Any]) -> list[AuthorField]:
        """The wished length."""
        labels = (_("At least so many words (may stay empty)"), _("At most so many words (may stay empty)"))
        return [
            AuthorField(name, label, "number", (str(structure[name]),) if _is_length(structure.get(name)) else ())
            for name, label in zip(LIMITS, labels, strict=True)
        ]

    def rules_from(self, given: Given) -> dict[str, Any]:
        """The wished length."""
        found = {name: whole_author_number(given, name, 1, MOST_WORDS) for name in LIMITS}
        return {name: number for name, number in found.items() if number is not None}

    def read_answer(self, structure: Mapping[str, Any], given: Given) -> Answer | None:
        """What was typed, its lines kept. Raises DomainError where it is longer than the server keeps."""
        typed = clean_text(next(iter(given.get(MAIN, ())), ""))
        if len(typed) > LONGEST_ESSAY:
            most = reader().number(LONGEST_ESSAY)
            raise DomainError(_("This answer is too long. Write at most %(most)s characters.", most=most))
        return {"text": typed} if typed.strip() else None

    def given(self, answer: Answer) -> Given:
        """What was typed."""
        return {MAIN: [answer["text"]]}

    def is_whole(self, structure: Mapping[str, Any], answer: Answer) -> bool:
        """Whether it is as long as is wished."""
        return len(answer["text"].split()) >= (structure.get(LIMITS[0]) or 0)

    def describe(self, answer: Answer, text: Mapping[str, Any]) -> list[str]:
        """What was typed."""
        return [answer["text"]]

    def summary_keys(self, answer: Answer) -> Iterable[str]:
        """Its length, in hundreds of words."""
        words = len(answer["text"].split())
        return [str(words // 100 * 100)]

    def summary_label(self, key: str, text: Mapping[str, Any]) -> str:
        """From how many words to how many."""
        return _("%(span)s words", span=reader().range(int(key), int(key) + 99))


def _is_length(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_WORDS
