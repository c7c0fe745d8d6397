"""Answers that wait for graders, for tests."""

from sqlalchemy import select

from lms.accounts.models import Person
from lms.clock import now
from lms.db import db, write_unit
from lms.grading.models import GradingTask
from lms.grading.queries import Wanted
from lms.grading.services import claim, claim_next, give_verdict, grade_again
from lms.organizations.models import Network
from lms.organizations.queries import actor_of
from lms.quizzes.models import Attempt, QuizVersion
from lms.training.models import Module
from tests.quizzes import begin, essay, finish, make_version, options, question, quiz_file

HIGH = {"clear": "high", "useful": "high"}
HALF = {"clear": "high", "useful": "low"}
LOW = {"clear": "low", "useful": "low"}


def choice() -> dict[str, object]:
    """A question that needs nobody."""
    return question("pick", "single_choice", {"options": ["a", "b"]}, {"correct": ["a"]}, **options("a", "b"))


def essay_quiz(network: Network | None = None, **rules: object) -> QuizVersion:
    """A quiz of a choice and an essay, the site's or a network's."""
    key = f"essays-{network.id}" if network else f"essays-{now().timestamp()}"
    titles = {"fa": "ماژول", "ar": "وحدة", "en": "Module"}
    module = Module(key=key, titles=titles, network_id=network.id if network else None)
    stored: QuizVersion = make_version(quiz_file([choice(), essay()], **rules), module)
    return stored


def hand_in(quiz: QuizVersion, person: Person, text: str = "A plan.") -> GradingTask:
    """She submits an essay; its task in the queue."""
    attempt = finish(begin(quiz, person), {"pick": ["a"], "plan": [text]})
    return db.session.scalars(select(GradingTask).where(GradingTask.attempt_id == attempt.id)).one()


def judge(task: GradingTask, grader: Person, levels: dict[str, str], comment: str = "") -> GradingTask:
    """A grader takes an answer and says what it is worth."""
    actor = actor_of(grader.id)
    with write_unit():
        stage = claim(task.id, actor, now()).stage
        return give_verdict(task.id, stage, levels, comment, actor=actor, now=now())


def judge_again(task: GradingTask, grader: Person, levels: dict[str, str], comment: str = "") -> GradingTask:
    """A grader changes what a graded answer is worth."""
    with write_unit():
        return grade_again(task.id, levels, comment, "read too fast", actor=actor_of(grader.id), now=now())


def take(grader: Person, wanted: Wanted | None = None) -> GradingTask | None:
    """What a grader is given next."""
    with write_unit():
        return claim_next(actor_of(grader.id), wanted or Wanted(), now())


def attempt_of(task: GradingTask) -> Attempt:
    """The attempt, as it is stored now."""
    db.session.rollback()
    return db.session.get_one(Attempt, task.attempt_id, populate_existing=True)
