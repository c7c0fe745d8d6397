"""A question as the attempt page shows it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from lms.formats import direction
from lms.quizzes.asked import AnyAsked
from lms.quizzes.question_types import MAIN, Answer, Given, QuestionType, shown_language, type_of
from lms.quizzes.question_types.rubric import has_rubric
from lms.quizzes.rubrics import ShownCriterion, shown_rubric


def marked_up(value: Any) -> Any:
    """A rendered text with its HTML, sanitized when it was published, marked as such."""
    if isinstance(value, Mapping):
        return {key: marked_up(inner) for key, inner in value.items()}
    return Markup(value)  # noqa: S704 - sanitized by the renderer, never typed by a learner


def language_attributes(shown: str, page: str) -> Markup:
    """The attributes of a text that is in another language than the page."""
    return Markup("") if shown == page else Markup(' lang="{}" dir="{}"').format(shown, direction(shown))


def digest_of(answer: Answer | None, certainty: int | None = None) -> str:
    """What tells two answers apart: a form says by it what its page was shown with."""
    if answer is None:
        return ""
    said = answer if certainty is None else [answer, certainty]
    return hashlib.blake2b(json.dumps(said, sort_keys=True).encode(), digest_size=6).hexdigest()


def field_name(position: int, part: str = MAIN) -> str:
    """The name of a part of the question at `position` in the form of an attempt."""
    return f"q{position}.{part}"


@dataclass(frozen=True)
class ShownQuestion:
    """What the template of a question type gets as `q`."""

    position: int
    type: QuestionType
    structure: Mapping[str, Any]
    #: The parts of the text that its type calls inline, as HTML.
    text: Mapping[str, Any]
    #: Where the text is not in the page's language: its lang and dir.
    attributes: Markup
    #: Ids of options in this attempt's order.
    order: list[str]
    given: Given
    #: The answer that stands.
    answer: Answer | None
    #: Of the answer that stands, when the page was made.
    digest: str
    answered: bool
    flagged: bool
    saved_at: datetime | None
    error: str = ""
    #: How certain she said that she is.
    certainty: int | None = None
    #: Whether she may have the answer judged at once, and whether she did: it cannot be changed then.
    can_check: bool = False
    checked: bool = False
    #: Which of the questions it is; a text that asks nothing is none of them.
    number: int = 0

    @property
    def id(self) -> str:
        """Its element's id."""
        return f"q{self.position}"

    @property
    def prompt(self) -> Any:
        """What is asked."""
        return self.text.get("prompt", "")

    @property
    def partly(self) -> bool:
        """Whether the answer that stands leaves something out."""
        return self.answer is not None and not self.type.is_whole(self.structure, self.answer)

    @property
    def files(self) -> list[dict[str, Any]]:
        """The files of an answer that has some."""
        return self.answer.get("files", []) if self.answer else []

    @property
    def rubric(self) -> list[ShownCriterion]:
        """By what people will grade the answer, where the question says it."""
        return shown_rubric(self.structure, self.text) if has_rubric(self.structure) else []

    def name(self, part: str = MAIN) -> str:
        """The name of a field."""
        return field_name(self.position, part)

    def values(self, part: str = MAIN) -> list[str]:
        """What a field holds."""
        return list(self.given.get(part, ()))

    def value(self, part: str = MAIN) -> str:
        """What a field of one value holds."""
        return next(iter(self.given.get(part, ())), "")


def numbers_of(questions: Iterable[AnyAsked]) -> dict[int, int]:
    """The number of each question by its position: texts that ask nothing are not counted."""
    counted, numbers = 0, {}
    for question in questions:
        counted += type_of(question.question_version.type).asks
        numbers[question.position] = counted
    return numbers


def shown(
    question: AnyAsked, language: str, typed: Given | None = None, error: str = "", number: int | None = None
) -> ShownQuestion:
    """A question for a reader of `language`; `typed` is what she gave where that could not be saved."""
    asked = question.question_version
    kind = type_of(asked.type)
    code = shown_language(asked.rendered, language)
    given = typed if typed is not None else kind.given(question.answer) if question.answer is not None else {}
    return ShownQuestion(
        position=question.position,
        type=kind,
        structure=asked.structure,
        text=marked_up(asked.rendered.get(code, {})),
        attributes=language_attributes(code, language),
        order=question.option_order,
        given=given,
        answer=question.answer,
        digest=digest_of(question.answer, question.certainty),
        answered=question.answer is not None,
        flagged=question.flagged,
        saved_at=question.saved_at,
        error=error,
        certainty=question.certainty,
        can_check=kind.marked and not kind.by_hand,
        checked=question.checked_at is not None,
        number=question.position if number is None else number,
    )
