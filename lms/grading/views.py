"""The grading pages of trainers and network admins."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError, NotAllowed
from lms.grading.models import GradingTask
from lms.grading.pages import Typed, answer_page, prompt_of
from lms.grading.queries import (
    Gradable,
    Wanted,
    gradable,
    graded_by_people,
    question_by_uid,
    waiting_for,
)
from lms.grading.services import claim, claim_next, give_verdict, grade_again, release
from lms.i18n import gettext as _
from lms.i18n import language
from lms.paging import asked_page, page_of
from lms.quizzes.queries import quiz_by_public_id
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.text import clean_text

blueprint = Blueprint("grading", __name__, url_prefix="/<lang>", template_folder="templates")

LEVEL = "level."
LEARNER = "learner"


@blueprint.context_processor
def prompts() -> dict[str, Any]:
    """How a question is named in a list."""
    return {"prompt_of": lambda texts: prompt_of(texts, language())}


@blueprint.get("/grading/")
@require(Permission.GRADE)
def queue() -> str:
    """What waits, question by question."""
    return render_template("grading/queue.html", waiting=waiting_for(the_actor(), now()), now=now())


@blueprint.get("/grading/done")
@require(Permission.GRADE)
def done() -> str:
    """What is graded, the latest first."""
    return render_template("grading/done.html", page=page_of(graded_by_people(the_actor()), asked_page()))


@blueprint.post("/grading/next")
@require(Permission.GRADE)
def take() -> ResponseReturnValue:
    """Claim the first answer of a question, or of a quiz learner by learner."""
    return _to_next(_wanted(), "quiz" in request.form)


def _wanted() -> Wanted:
    if "quiz" in request.form:
        quiz = quiz_by_public_id(request.form["quiz"])
        return Wanted(quiz=(quiz.module_version.module_id, quiz.key)) if quiz else abort(400)
    try:
        question = question_by_uid(uuid.UUID(request.form.get("question", "")))
    except ValueError:
        abort(400)
    return Wanted(question_id=question.id) if question else abort(400)


def _to_next(wanted: Wanted, by_learner: bool) -> ResponseReturnValue:
    with write_unit():
        task = claim_next(the_actor(), wanted, now())
    if task is None:
        flash(_("Nothing more waits here for you."))
        return redirect(url_for(".queue"), 303)
    return _to_answer(task, by_learner)


def _to_answer(task: GradingTask, by_learner: bool) -> ResponseReturnValue:
    by = LEARNER if by_learner else None
    return redirect(url_for(".answer", task_id=task.public_id, by=by), 303)


def _by_learner() -> bool:
    return request.values.get("by") == LEARNER


@blueprint.get("/grading/answers/<task_id>/")
@require(Permission.GRADE_ANSWER, target=gradable)
def answer(found: Gradable) -> str:
    """An answer with its rubric; graded, with everything that was said of it."""
    return _page(found)


def _page(found: Gradable, **values: Any) -> str:
    page = answer_page(found, the_actor(), language(), now(), **values)
    return render_template("grading/answer.html", page=page, by_learner=_by_learner())


@blueprint.post("/grading/answers/<task_id>/claim")
@require(Permission.GRADE_ANSWER, target=gradable)
def take_this(found: Gradable) -> ResponseReturnValue:
    """Claim this answer."""
    try:
        with write_unit():
            claim(found.task.id, the_actor(), now())
    except NotAllowed as error:
        flash(error.message, "due")
    return _to_answer(found.task, _by_learner())


@blueprint.post("/grading/answers/<task_id>/release")
@require(Permission.GRADE_ANSWER, target=gradable)
def put_back(found: Gradable) -> ResponseReturnValue:
    """Leave it to others."""
    with write_unit():
        release(found.task.id, the_actor())
    flash(_("The answer is back in the queue."))
    return redirect(url_for(".queue"), 303)


def _typed() -> Typed:
    levels = {name.removeprefix(LEVEL): value for name, value in request.form.items() if name.startswith(LEVEL)}
    comment, reason = (clean_text(request.form.get(name, "")).strip() for name in ("comment", "reason"))
    return Typed(levels, comment, reason)


def _refused(found: Gradable, typed: Typed, error: DomainError) -> ResponseReturnValue:
    """What was typed is shown again, whatever became of the answer meanwhile."""
    again = gradable(found.task.public_id)
    status = 409 if isinstance(error, NotAllowed) else 422
    return _page(again or found, typed=typed, error=error.message, error_at=error.field or ""), status


@blueprint.post("/grading/answers/<task_id>/")
@require(Permission.GRADE_ANSWER, target=gradable)
def grade(found: Gradable) -> ResponseReturnValue:
    """Save the verdict, then go on to the next answer or back to the queue."""
    typed, quiz = _typed(), found.question.attempt.quiz
    wanted = Wanted(question_id=found.question.question_version.question_id)
    if _by_learner():
        wanted = Wanted(quiz=(quiz.module_version.module_id, quiz.key), attempt_id=found.task.attempt_id)
    stage = request.form.get("stage", "")
    try:
        with write_unit():
            give_verdict(found.task.id, stage, typed.levels, typed.comment, actor=the_actor(), now=now())
    except DomainError as error:
        return _refused(found, typed, error)
    flash(_("Saved on the server."))
    if request.form.get("do") == "next":
        return _to_next(wanted, _by_learner())
    return redirect(url_for(".queue"), 303)


@blueprint.post("/grading/answers/<task_id>/again")
@require(Permission.GRADE_ANSWER, target=gradable)
def again(found: Gradable) -> ResponseReturnValue:
    """Change the mark of a graded answer; what was said before stays in its history."""
    typed = _typed()
    try:
        with write_unit():
            grade_again(found.task.id, typed.levels, typed.comment, typed.reason, actor=the_actor(), now=now())
    except DomainError as error:
        return _refused(found, typed, error)
    flash(_("Saved on the server."))
    return _to_answer(found.task, _by_learner())
