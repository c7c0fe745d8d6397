"""Sample answers, judged as a learner's would be."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.authoring.drafts.questions import language_is_whole
from lms.errors import DomainError
from lms.formats import LANGUAGES
from lms.quizzes.question_types import MAIN, Content, QuestionType
from lms.training.scripts import language_of_words


@dataclass(frozen=True)
class Tried:
    """An answer, and what it would be worth: a share of the mark, or the reason why it cannot be read."""

    answer: str
    fraction: float
    near: bool = False
    problem: str = ""


def tried(kind: QuestionType, content: Content, answers: Sequence[str]) -> list[Tried]:
    """The verdict on each answer, by the languages that are whole; none where the question is not whole yet."""
    text = {code: body for code, body in content.text.items() if language_is_whole(kind.key, content, code)}
    whole = Content(content.structure, content.scoring, text)
    return [] if kind.check(whole) else [_tried(kind, whole, answer) for answer in answers]


def _tried(kind: QuestionType, content: Content, answer: str) -> Tried:
    try:
        read = kind.read_answer(content.structure, {MAIN: [answer]})
    except DomainError as error:
        return Tried(answer, 0.0, problem=error.message)
    if read is None:
        return Tried(answer, 0.0)
    spoken = language_of_words(answer, next((code for code in LANGUAGES if code in content.text), "fa"))
    grade = kind.grade(content, read, spoken)
    return Tried(answer, grade.fraction, grade.near)
