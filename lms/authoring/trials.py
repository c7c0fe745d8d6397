"""A draft's quiz to be tried: shown and graded as a published one, with nothing stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from werkzeug.datastructures import MultiDict

from lms.errors import DomainError
from lms.quizzes.drawing import Written, drawn, together
from lms.quizzes.filling import FIELD
from lms.quizzes.models import AttemptQuestion, QuestionScoring, QuestionVersion
from lms.quizzes.question_types import Content, Given, find_type, shown_language, type_of
from lms.quizzes.review import Reviewed, reviewed
from lms.quizzes.services.grading import share_of
from lms.quizzes.services.publishing import render_text
from lms.quizzes.shown import ShownQuestion, numbers_of, shown

Quiz = Mapping[str, Any]


@dataclass(frozen=True)
class Trial:
    """What the preview of a quiz shows: its questions, or how they were answered."""

    questions: Sequence[ShownQuestion] | Sequence[Reviewed]
    #: Questions that are not whole in the language, and left out.
    unfinished: int
    #: What the questions are drawn by, where the quiz draws.
    seed: int = 0
    graded: bool = False
    got: float = 0.0
    most: float = 0.0

    @property
    def total(self) -> int:
        """How many questions there are."""
        return sum(question.type.asks for question in self.questions)

    @property
    def scripts(self) -> list[str]:
        """The scripts that its types of questions bring."""
        return list(dict.fromkeys(script for question in self.questions for script in question.type.scripts))


def trial_of(quiz: Quiz, language: str, seed: int) -> Trial:
    """The questions of a quiz of a tree, to be answered; where it draws, those that the seed gives."""
    asked = [_asked(question, at) for at, question in enumerate(_chosen(quiz, language, seed), 1)]
    numbers = numbers_of(asked)
    shown_ones = [shown(question, language, number=numbers[question.position]) for question in asked]
    return Trial(shown_ones, len(quiz["questions"]) - len(_whole(quiz, language)), seed)


def graded_trial(quiz: Quiz, language: str, form: "MultiDict[str, str]") -> Trial:
    """The same questions with the answers of a form and what they are worth; unreadable ones stay to be corrected."""
    seed = seed_in(form)
    trial = trial_of(quiz, language, seed)
    asked = [_asked(question, at) for at, question in enumerate(_chosen(quiz, language, seed), 1)]
    numbers = numbers_of(asked)
    given = _given(form)
    errors = {question.position: _answer(question, given.get(question.position, {}), language) for question in asked}
    if any(errors.values()):
        return replace(trial, questions=[_again(question, given, errors, language, numbers) for question in asked])
    return replace(
        trial,
        questions=[
            reviewed(question, language, shows_key=True, number=numbers[question.position]) for question in asked
        ],
        graded=True,
        got=sum(question.mark * (question.fraction or 0) for question in asked),
        most=sum(question.mark for question in asked),
    )


def shown_with_key(question: Mapping[str, Any], language: str, number: int) -> Reviewed | None:
    """A question as a result page shows it to a reader of `language`, with its key and nothing answered; None where it
    is unfinished in the language that she would see."""
    if not _is_whole(question, shown_language(question["text"], language)):
        return None
    return reviewed(_asked(question, number), language, shows_key=True)


def seed_in(form: Mapping[str, str]) -> int:
    """What the questions of a form were drawn by."""
    typed = form.get("seed", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _chosen(quiz: Quiz, language: str, seed: int) -> list[Mapping[str, Any]]:
    """What an attempt in the language would ask, in the quiz's order."""
    groups = together([Written(question) for question in _whole(quiz, language)])
    met, order = [0] * len(groups), Random(seed)  # noqa: S311 - no secret
    some = drawn(groups, quiz.get("draws", []), met, order, quiz.get("pools", []))
    return [each.question for group in some for each in group]


def _whole(quiz: Quiz, language: str) -> list[Mapping[str, Any]]:
    return [question for question in quiz["questions"] if _is_whole(question, language)]


def _is_whole(question: Mapping[str, Any], language: str) -> bool:
    kind, content = find_type(question["type"]), Content.of(question)
    return kind is not None and language in content.text and not kind.check(content)


def _asked(question: Mapping[str, Any], position: int) -> AttemptQuestion:
    """A question as an attempt would hold it; belongs to no session."""
    version = QuestionVersion(
        type=question["type"],
        structure=question["structure"],
        text=question["text"],
        rendered=render_text(question["type"], question["text"]),
    )
    return AttemptQuestion(
        position=position,
        question_version=version,
        scoring=QuestionScoring(scoring=question["scoring"]),
        option_order=type_of(question["type"]).arrange(question["structure"], _fixed(position), shuffle=False),
        mark=question["mark"],
        flagged=False,
    )


def _fixed(position: int) -> Random:
    """What is always shuffled stands in the same order when its answer comes."""
    return Random(position)  # noqa: S311 - no secret


def _given(form: "MultiDict[str, str]") -> dict[int, Given]:
    found: dict[int, dict[str, list[str]]] = {}
    for name in form:
        field = FIELD.fullmatch(name)
        if field:
            found.setdefault(int(field[1]), {})[field[2]] = form.getlist(name)
    return dict(found)


def _answer(question: AttemptQuestion, given: Given, language: str) -> str:
    """Answer and grade a question; gives what is wrong with the answer."""
    version = question.question_version
    try:
        question.answer = type_of(version.type).read_answer(version.structure, given)
    except DomainError as error:
        return error.message
    question.language = language
    question.fraction = share_of(question)
    return ""


def _again(
    question: AttemptQuestion,
    given: Mapping[int, Given],
    errors: Mapping[int, str],
    language: str,
    numbers: Mapping[int, int],
) -> ShownQuestion:
    number = numbers[question.position]
    return shown(question, language, given.get(question.position, {}), errors[question.position], number)
