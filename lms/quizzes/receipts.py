"""What the server received of an attempt, and when: a learner can always see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from lms.quizzes.asked import Asked, asked_in
from lms.quizzes.models import Attempt, QuizVersion, Response
from lms.quizzes.queries import received
from lms.quizzes.question_types import shown_language, type_of
from lms.quizzes.shown import language_attributes, marked_up, numbers_of


@dataclass(frozen=True)
class Received:
    """One answer as it reached the server."""

    at: datetime
    #: In words; nothing where she took her answer back.
    said: list[str]
    certainty: int | None
    language: str
    device: str
    #: Whether it is the answer that stands.
    stands: bool


@dataclass(frozen=True)
class OfQuestion:
    """A question with everything that was received for it, the first thing first."""

    number: int
    prompt: Any
    attributes: Markup
    checked_at: datetime | None
    received: list[Received]


@dataclass(frozen=True)
class ReceiptsPage:
    """An attempt's questions and what was received for each."""

    attempt: Attempt
    questions: list[OfQuestion]

    @property
    def quiz(self) -> QuizVersion:
        """Its quiz."""
        return self.attempt.quiz

    @property
    def count(self) -> int:
        """How many things were received."""
        return sum(len(question.received) for question in self.questions)


def receipts_page(attempt: Attempt, language: str) -> ReceiptsPage:
    """Everything that was received, for a reader of `language`: two statements."""
    asked = asked_in(attempt.id)
    numbers = numbers_of(asked)
    found: dict[int, list[Response]] = {question.id: [] for question in asked}
    for response in received(attempt):
        found[response.attempt_question_id].append(response)
    return ReceiptsPage(
        attempt,
        [
            _of_question(question, numbers[question.position], found[question.id], language)
            for question in asked
            if type_of(question.question_version.type).asks
        ],
    )


def _of_question(question: Asked, number: int, found: list[Response], language: str) -> OfQuestion:
    version = question.question_version
    code = shown_language(version.rendered, language)
    text = marked_up(version.rendered.get(code, {}))
    kind = type_of(version.type)
    return OfQuestion(
        number=number,
        prompt=text.get("prompt", ""),
        attributes=language_attributes(code, language),
        checked_at=question.checked_at,
        received=[
            Received(
                at=each.recorded_at,
                said=kind.describe(each.answer, text) if each.answer is not None else [],
                certainty=each.certainty,
                language=each.language,
                device=each.device,
                stands=each.recorded_at == question.saved_at and each.answer == question.answer,
            )
            for each in found
        ],
    )
