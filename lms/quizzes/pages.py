"""What the pages of quizzes show."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lms.quizzes.access import is_before_lessons, is_open_to
from lms.quizzes.asked import Asked, asked_in
from lms.quizzes.drawn_queries import number_asked
from lms.quizzes.filling import Filled
from lms.quizzes.models import Attempt, QuizVersion
from lms.quizzes.page_breaks import Placed, pages_of
from lms.quizzes.published import QuizPlace, quiz_place
from lms.quizzes.queries import (
    attempts_at,
    in_cases,
    is_over,
    newest_of,
    question_types_of,
    quiz_by_public_id,
)
from lms.quizzes.question_types import type_of
from lms.quizzes.review import Reviewed, judged
from lms.quizzes.rules import attempts_left, grading_due, has_passed, may_start, open_attempt
from lms.quizzes.shown import ShownQuestion, numbers_of, shown
from lms.quizzes.term_queries import terms_for
from lms.quizzes.terms import Terms
from lms.security.actor import Scope
from lms.security.guards import the_actor
from lms.training.published import published


@dataclass(frozen=True)
class Taking:
    """A quiz as the signed-in person sees it."""

    person_id: int
    quiz: QuizVersion

    def scope(self) -> Scope:
        """Her own."""
        return Scope(person_id=self.person_id)


def taking(quiz_id: str) -> Taking | None:
    """Load a quiz that is open to her, in its newest correction, by the public id in the address."""
    quiz = quiz_by_public_id(quiz_id)
    person_id = the_actor().person_id
    if quiz is None or not is_open_to(person_id, quiz.module_version.module_id):
        return None
    return Taking(person_id, newest_of(quiz))


@dataclass(frozen=True)
class Starting:
    """A quiz that the signed-in person starts: just what that needs."""

    person_id: int
    public_id: str
    place: QuizPlace

    def scope(self) -> Scope:
        """Her own."""
        return Scope(person_id=self.person_id)


def starting(quiz_id: str) -> Starting | None:
    """`taking`, past the ORM."""
    place = quiz_place(quiz_id)
    person_id = the_actor().person_id
    if place is None or not is_open_to(person_id, place.module_id):
        return None
    return Starting(person_id, quiz_id, place)


@dataclass(frozen=True)
class StartPage:
    """The rules of a quiz, and her attempts so far."""

    quiz: QuizVersion
    #: How many questions there are of each type.
    types: Mapping[str, int]
    attempts: Sequence[Attempt]
    terms: Terms
    now: datetime
    #: How many questions an attempt asks, where it draws them.
    drawn: int | None = None
    #: Whether it asks before the lessons, and she is past that, or was when she submitted it.
    is_late: bool = False

    @property
    def first_lesson(self) -> str:
        """Where she goes on who leaves an entry quiz out; nothing of another quiz."""
        version = self.quiz.module_version
        sequence = published([version.uid])[version.uid].sequence if self.quiz.before else []
        return next((item["lesson"] for item in sequence if "lesson" in item), "")

    @property
    def under_way(self) -> Attempt | None:
        """The attempt that she can go on with."""
        found: Attempt | None = open_attempt(self.attempts)
        return found

    @property
    def is_over(self) -> bool:
        """Whether the time of that one is up."""
        return self.under_way is not None and is_over(self.under_way, self.now)

    @property
    def left(self) -> int | None:
        """Attempts left; None: without limit."""
        return attempts_left(self.terms, self.attempts)

    @property
    def waiting(self) -> datetime | None:
        """By when the attempt that waits for a grader is graded; None where none does."""
        return next((due for due in map(grading_due, self.attempts) if due), None)

    @property
    def by_hand(self) -> bool:
        """Whether people grade some of the answers."""
        return any(type_of(key).by_hand for key in self.types)

    @property
    def questions(self) -> int:
        """How many questions an attempt asks."""
        if self.drawn is not None:
            return self.drawn
        return sum(count for key, count in self.types.items() if type_of(key).asks)

    @property
    def passed(self) -> bool:
        """Whether she has passed."""
        return has_passed(self.attempts)

    @property
    def may_start(self) -> bool:
        """Whether a further attempt may be started."""
        can_be = not self.closed and not self.is_late and self.waits_until is None
        return can_be and may_start(self.terms, self.attempts)

    @property
    def closed(self) -> bool:
        """Whether the last day is over."""
        return self.terms.is_closed(self.now)

    @property
    def waits_until(self) -> datetime | None:
        """From when a further attempt may be started, where one may, but not yet."""
        return self.terms.waits_until(self.attempts, self.now) if may_start(self.terms, self.attempts) else None


def start_page(target: Taking, now: datetime) -> StartPage:
    """Read what the start page shows."""
    attempts, terms = attempts_at(target.quiz, target.person_id), terms_for(target.quiz, target.person_id)
    quiz = target.quiz
    drawn = number_asked(quiz) if quiz.draws or quiz.pools else None
    submitted_at = attempts[0].submitted_at if attempts else None
    is_late = _is_late(quiz, target.person_id, submitted_at)
    return StartPage(quiz, question_types_of(quiz), attempts, terms, now, drawn, is_late)


def was_late(attempt: Attempt) -> bool:
    """Whether a submitted attempt is one at an entry quiz that came too late to be compared."""
    return _is_late(attempt.quiz, attempt.person_id, attempt.submitted_at)


def _is_late(quiz: QuizVersion, person_id: int, until: datetime | None) -> bool:
    other, version = quiz.before, quiz.module_version
    if other is None:
        return False
    assert version.edition_id is not None
    return not is_before_lessons(person_id, QuizPlace(other, version.edition_id, version.module_id), until)


@dataclass(frozen=True)
class AttemptPage:
    """An attempt under way: all its questions, and those that this page shows."""

    attempt: Attempt
    questions: Sequence[ShownQuestion]
    now: datetime
    #: Positions by page; the page shown, from 1; what was judged already, by position.
    pages: Sequence[Sequence[int]] = ()
    number: int = 1
    reviews: Mapping[int, Reviewed] = field(default_factory=dict)
    #: The key of this page: what makes sending its form twice save once.
    client_uid: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def quiz(self) -> QuizVersion:
        """Its quiz."""
        return self.attempt.quiz

    @property
    def total(self) -> int:
        """How many questions there are."""
        return sum(question.type.asks for question in self.questions)

    @property
    def shown(self) -> list[ShownQuestion]:
        """The questions of this page."""
        return [question for question in self.questions if self.page_of(question) == self.number]

    def page_of(self, question: ShownQuestion) -> int:
        """The number of the page that a question stands on."""
        return next(number for number, page in enumerate(self.pages, 1) if question.position in page)

    @property
    def answered(self) -> int:
        """How many have an answer on the server."""
        return sum(question.answered for question in self.questions)

    @property
    def unanswered(self) -> list[ShownQuestion]:
        """Those that have none."""
        return [question for question in self.questions if question.type.asks and not question.answered]

    @property
    def partly(self) -> list[ShownQuestion]:
        """Those whose answer leaves something out."""
        return [question for question in self.questions if question.partly]

    @property
    def flagged(self) -> list[ShownQuestion]:
        """Those that she marked for review."""
        return [question for question in self.questions if question.flagged]

    @property
    def wrong(self) -> list[ShownQuestion]:
        """Those whose answer could not be saved."""
        return [question for question in self.questions if question.error]

    @property
    def scripts(self) -> list[str]:
        """The scripts that its types of questions bring."""
        return list(dict.fromkeys(script for question in self.questions for script in question.type.scripts))

    @property
    def saved_at(self) -> datetime | None:
        """When the server had the last answer."""
        return max((question.saved_at for question in self.questions if question.saved_at), default=None)

    @property
    def seconds_left(self) -> int | None:
        """Until the deadline; None: there is none."""
        deadline = self.attempt.deadline
        return None if deadline is None else max(0, int((deadline - self.now).total_seconds()))


def attempt_page(
    attempt: Attempt, language: str, now: datetime, filled: Sequence[Filled] = (), number: int = 1
) -> AttemptPage:
    """Read what an attempt page shows; where a form could not be saved, with what was typed in it."""
    typed: Mapping[int, Filled] = {one.position: one for one in filled}
    questions, asked = [], asked_in(attempt.id)
    numbers = numbers_of(asked)
    for question in asked:
        one = typed.get(question.position)
        given, error = (one.given, one.error) if one is not None and one.error else (None, "")
        questions.append(shown(question, language, given, error, numbers[question.position]))
    pages = _pages(attempt, asked)
    reviews = {
        question.position: _judged(question, attempt, language, numbers) for question in asked if question.checked_at
    }
    return AttemptPage(attempt, questions, now, pages, min(number, len(pages)), reviews)


def _judged(question: Asked, attempt: Attempt, language: str, numbers: Mapping[int, int]) -> Reviewed:
    by_certainty = attempt.quiz.certainty
    return judged(question, language, by_certainty=by_certainty, number=numbers[question.position])


def _pages(attempt: Attempt, asked: Sequence[Asked]) -> list[list[int]]:
    size = attempt.quiz.page_size
    if size is None:
        return [[question.position for question in asked]]
    about = in_cases(attempt.quiz_version_id)
    asks = {question.position: type_of(question.question_version.type).asks for question in asked}
    placed = [Placed(one.position, one.question_version_id in about, asks[one.position]) for one in asked]
    return pages_of(placed, size)
