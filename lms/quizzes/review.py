"""A graded attempt as its learner sees it: what she gave, what it is worth, what may be shown of the key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from markupsafe import Markup

from lms.quizzes.asked import AnyAsked, asked_in
from lms.quizzes.models import Attempt, QuizVersion
from lms.quizzes.policy_models import MarkChange
from lms.quizzes.queries import tried
from lms.quizzes.question_types import Answer, Content, QuestionType, shown_language, type_of
from lms.quizzes.regrade_queries import applied_to
from lms.quizzes.rubrics import Reading, ShownCriterion, readings_of, shown_rubric
from lms.quizzes.rules import attempts_left, grading_due, has_passed, key_is_shown, may_start
from lms.quizzes.services.grading import grade_of, share_of
from lms.quizzes.shown import language_attributes, marked_up, numbers_of
from lms.quizzes.term_queries import terms_for
from lms.quizzes.terms import Terms

RIGHT, PARTLY, WRONG, UNANSWERED = "right", "partly", "wrong", "unanswered"
WAITING, GRADED, RECORDED = "waiting", "graded", "recorded"


@dataclass(frozen=True)
class Reviewed:
    """What the review template of a question type gets as `r`."""

    position: int
    #: Which of the questions it is; a text that asks nothing is none of them.
    number: int
    type: QuestionType
    structure: Mapping[str, Any]
    text: Mapping[str, Any]
    attributes: Markup
    order: list[str]
    answer: Answer | None
    #: An answer with the full mark, where the key may be shown.
    key: Answer | None
    #: Whether each part of her answer is right, by its id.
    parts: Mapping[str, bool]
    feedback: dict[str, Any]
    outcome: str
    near: bool
    got: float
    mark: float
    saved_at: datetime | None
    #: How certain she said that she was.
    certainty: int | None
    #: Where people grade: by what, and what they said.
    rubric: list[ShownCriterion]
    readings: list[Reading]

    @property
    def said(self) -> list[str]:
        """What she answered, in words."""
        return self.type.describe(self.answer, self.text) if self.answer is not None else []

    @property
    def key_said(self) -> list[str]:
        """The key in words; nothing where it may not be shown."""
        return self.type.describe(self.key, self.text) if self.key is not None else []


@dataclass(frozen=True)
class Review:
    """The whole."""

    attempt: Attempt
    quiz: QuizVersion
    #: Of hers at this quiz, as rows.
    attempts: Sequence[Any]
    terms: Terms
    now: datetime
    questions: list[Reviewed]
    shows_key: bool
    #: When it was marked anew, and what became of its mark.
    changes: Sequence[MarkChange]

    @property
    def total(self) -> int:
        """How many questions there are."""
        return sum(question.type.asks for question in self.questions)

    @property
    def waiting(self) -> list[Reviewed]:
        """Those that wait for a grader."""
        return [question for question in self.questions if question.outcome == WAITING]

    @property
    def due_at(self) -> datetime | None:
        """By when they are graded."""
        return grading_due(self.attempt)

    @property
    def passed(self) -> bool:
        """Whether she has passed, in this attempt or another."""
        return has_passed(self.attempts)

    @property
    def left(self) -> int | None:
        """Attempts left; None: without limit."""
        return attempts_left(self.terms, self.attempts)

    @property
    def may_start(self) -> bool:
        """Whether a further attempt may be started."""
        return may_start(self.terms, self.attempts) and not self.terms.is_closed(self.now) and self.waits_until is None

    @property
    def waits_until(self) -> datetime | None:
        """From when a further attempt may be started, where one may, but not yet."""
        return self.terms.waits_until(self.attempts, self.now) if may_start(self.terms, self.attempts) else None

    @property
    def tells(self) -> bool:
        """Whether she may be told what each answer is worth."""
        return self.terms.tells(self.now)


def review(attempt: Attempt, language: str, now: datetime) -> Review:
    """A submitted attempt for a reader of `language`."""
    attempts = tried(attempt.person_id, attempt.quiz.key, attempt.quiz.module_version.edition_id)
    terms = terms_for(attempt.quiz, attempt.person_id)
    shows_key = key_is_shown(terms, attempts, now)
    asked = asked_in(attempt.id)
    numbers = numbers_of(asked)
    return Review(
        attempt=attempt,
        quiz=attempt.quiz,
        attempts=attempts,
        terms=terms,
        now=now,
        questions=[
            reviewed(question, language, shows_key=shows_key, number=numbers[question.position]) for question in asked
        ],
        shows_key=shows_key,
        changes=applied_to(attempt.id),
    )


def reviewed(question: AnyAsked, language: str, *, shows_key: bool, number: int | None = None) -> Reviewed:
    """A question of a submitted attempt for a reader of `language`."""
    asked = question.question_version
    kind = type_of(asked.type)
    code = shown_language(asked.rendered, language)
    text = marked_up(asked.rendered.get(code, {}))
    content = Content(asked.structure, question.scoring.scoring, asked.text)
    grade = grade_of(question)
    feedback = text.get("feedback", {})
    return Reviewed(
        position=question.position,
        number=question.position if number is None else number,
        type=kind,
        structure=asked.structure,
        text=text,
        attributes=language_attributes(code, language),
        order=question.option_order,
        answer=question.answer,
        key=kind.correct_answer(content, language) if shows_key else None,
        parts=grade.parts,
        feedback={key: feedback[key] for key in grade.feedback if key in feedback},
        outcome=_outcome(question, grade.fraction),
        near=grade.near,
        got=question.mark * (question.fraction or 0),
        mark=question.mark,
        saved_at=question.saved_at,
        certainty=question.certainty,
        rubric=shown_rubric(asked.structure, text, question.scoring.scoring) if kind.by_hand else [],
        readings=readings_of(question),
    )


def judged(question: AnyAsked, language: str, *, by_certainty: bool, number: int) -> Reviewed:
    """A question of an attempt under way whose answer was judged: what it is worth, without the key."""
    found = reviewed(question, language, shows_key=False, number=number)
    share = share_of(question, by_certainty=by_certainty) or 0.0
    outcome = _outcome_of(question, grade_of(question).fraction)
    return replace(found, got=question.mark * share, outcome=outcome)


def _outcome_of(question: AnyAsked, fraction: float) -> str:
    if question.answer is None:
        return UNANSWERED
    return RIGHT if fraction == 1 else PARTLY if fraction > 0 else WRONG


def _outcome(question: AnyAsked, fraction: float) -> str:
    """Right or wrong, whatever it is worth by certainty."""
    if question.answer is not None and not type_of(question.question_version.type).marked:
        return RECORDED
    if question.answer is not None and question.fraction is None:
        return WAITING
    if question.answer is not None and type_of(question.question_version.type).by_hand:
        return GRADED
    return _outcome_of(question, fraction)
