"""What the grading pages show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from lms.accounts.models import Person
from lms.db import db
from lms.grading.models import Stage, Verdict
from lms.grading.queries import Gradable
from lms.quizzes.models import AttemptQuestion
from lms.quizzes.queries import case_before
from lms.quizzes.question_types import QuestionType, shown_language, type_of
from lms.quizzes.rubrics import ShownCriterion, shown_rubric
from lms.quizzes.shown import language_attributes, marked_up
from lms.security.actor import Actor
from lms.security.predicates import grading_networks, trains_site


@dataclass(frozen=True)
class Typed:
    """A verdict as its form was sent."""

    levels: Mapping[str, str]
    comment: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Text:
    """A rendered text, and the attributes that it needs on a page in another language."""

    parts: Mapping[str, Any]
    attributes: Markup


@dataclass(frozen=True)
class Reader:
    """A verdict that may be seen here."""

    verdict: Verdict
    #: Share of the mark, as points of it.
    got: float


@dataclass(frozen=True)
class AnswerPage:
    """An answer to be graded, or graded."""

    found: Gradable
    text: Text
    case: Text | None
    rubric: list[ShownCriterion]
    now: datetime
    person_id: int
    #: What other readers said, as far as she may see it.
    readers: Sequence[Reader]
    learner: Person | None
    typed: Typed
    error: str = ""
    error_at: str = ""

    @property
    def task(self) -> Any:
        """The row of the queue."""
        return self.found.task

    @property
    def question(self) -> AttemptQuestion:
        """What was asked and answered."""
        return self.found.question

    @property
    def type(self) -> QuestionType:
        """Its type."""
        return type_of(self.question.question_version.type)

    @property
    def is_done(self) -> bool:
        """Whether it is graded."""
        return self.found.task.stage == Stage.DONE

    @property
    def is_mine(self) -> bool:
        """Whether she has it to herself."""
        task = self.found.task
        return task.claimed_by_id == self.person_id and not task.is_held(self.person_id, self.now)

    @property
    def is_held(self) -> bool:
        """Whether somebody else has."""
        return self.found.task.is_held(self.person_id, self.now)

    @property
    def has_read(self) -> bool:
        """Whether she has given her verdict, and it is somebody else's turn."""
        return not self.is_done and any(each.grader_id == self.person_id for each in self.found.task.verdicts)


def answer_page(
    found: Gradable,
    actor: Actor,
    language: str,
    now: datetime,
    typed: Typed | None = None,
    error: str = "",
    error_at: str = "",
) -> AnswerPage:
    """Read what the page of an answer shows; `typed` and `error` where a verdict could not be saved."""
    question = found.question
    asked = question.question_version
    text = _text(asked.rendered, language)
    case = case_before(question)
    return AnswerPage(
        found=found,
        text=text,
        case=_text(case, language) if case else None,
        rubric=shown_rubric(asked.structure, text.parts, question.scoring.scoring),
        now=now,
        person_id=actor.person_id,
        readers=[Reader(verdict, verdict.fraction * question.mark) for verdict in _seen(found, actor)],
        learner=_learner(found, actor),
        typed=typed or Typed({}),
        error=error,
        error_at=error_at,
    )


def _text(rendered: Mapping[str, Any], language: str) -> Text:
    code = shown_language(rendered, language)
    return Text(marked_up(rendered.get(code, {})), language_attributes(code, language))


def _seen(found: Gradable, actor: Actor) -> list[Verdict]:
    """A second reader sees no first verdict; who decides sees both, and everybody sees all once it is graded."""
    task = found.task
    if task.stage in (Stage.DONE, Stage.DECIDING):
        return list(task.verdicts)
    return [verdict for verdict in task.verdicts if verdict.grader_id == actor.person_id]


def _learner(found: Gradable, actor: Actor) -> Person | None:
    """Who wrote it: told once it is graded, to those who may know her."""
    if found.task.stage != Stage.DONE:
        return None
    knows = bool(found.learner_networks & grading_networks(actor)) or (trains_site(actor) and found.scope().site)
    return db.session.get(Person, found.question.attempt.person_id) if knows else None


def prompt_of(rendered: Mapping[str, Any], language: str) -> Markup:
    """What a question asks, for a reader of `language`."""
    text = _text(rendered, language)
    return Markup("<span{}>{}</span>").format(text.attributes, text.parts.get("prompt", ""))
