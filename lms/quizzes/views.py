"""The learner's quiz pages."""

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.agents import agent_kind
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError, NotAllowed
from lms.i18n import gettext as _
from lms.i18n import language, reader
from lms.limits import takes_at_most
from lms.paging import asked_page
from lms.quizzes import services
from lms.quizzes.errors import AttemptClosed, KeyReused, TimeIsUp
from lms.quizzes.filling import Filled, Sent, answer_to, read_form, save_form
from lms.quizzes.models import Attempt, AttemptState
from lms.quizzes.pages import Starting, Taking, attempt_page, start_page, starting, taking, was_late
from lms.quizzes.queries import AnswerSlot, AttemptName, attempt_by_public_id, attempt_name, is_over, slot_by_public_id
from lms.quizzes.question_types import UnknownType
from lms.quizzes.receipts import receipts_page
from lms.quizzes.review import review
from lms.quizzes.services import check_answer, save_in, set_flag
from lms.security import Permission, require

blueprint = Blueprint("quizzes", __name__, url_prefix="/<lang>", template_folder="templates")

LARGEST_ANSWER = 64 * 1024
MOST_QUESTIONS = 999


@blueprint.errorhandler(UnknownType)
def type_is_missing(error: UnknownType) -> ResponseReturnValue:
    """A plugin that brought a question type was taken away."""
    return render_template("error.html", code=409, title=_("This quiz cannot be shown"), text=error.message), 409


def _attempt(attempt_id: str) -> Attempt | None:
    return attempt_by_public_id(attempt_id)


def slot_at(attempt_id: str, position: int) -> AnswerSlot | None:
    """Where an answer goes, by the values of an address."""
    return slot_by_public_id(attempt_id, position) if position <= MOST_QUESTIONS else None


@blueprint.get("/quizzes/<quiz_id>/")
@require(Permission.LEARN, target=taking)
def quiz(target: Taking) -> str:
    """The rules of a quiz in words, and her attempts so far."""
    return render_template("quizzes/quiz.html", page=start_page(target, now()))


@blueprint.post("/quizzes/<quiz_id>/attempts")
@require(Permission.LEARN, target=starting)
def start(target: Starting) -> ResponseReturnValue:
    """Start an attempt, or go on with the one under way."""
    try:
        with write_unit():
            started = services.start(target.person_id, target.place, language(), now())
    except NotAllowed as error:
        flash(error.message, "due")
        return redirect(url_for(".quiz", quiz_id=target.public_id), 303)
    return redirect(url_for(".attempt", attempt_id=started.public_id), 303)


@blueprint.get("/attempts/<attempt_id>/")
@require(Permission.TAKE_ATTEMPT, target=_attempt)
def attempt(target: Attempt) -> ResponseReturnValue:
    """All questions of an attempt under way on one page."""
    if target.state != AttemptState.OPEN:
        return to_result(target)
    page = attempt_page(target, language(), now(), number=asked_page())
    if is_over(target, now()):
        return render_template("quizzes/time_up.html", page=page)
    return render_template("quizzes/attempt.html", page=page)


@blueprint.post("/attempts/<attempt_id>/")
@require(Permission.TAKE_ATTEMPT, target=_attempt)
def save(target: Attempt) -> ResponseReturnValue:
    """Save everything that the form holds; what cannot be saved is shown again as it was typed."""
    filled = read_form(request.form, target)
    try:
        with write_unit():
            save_form(filled, request.form.get("client", ""), device(), language(), now())
            _flag(target)
            _check(target, filled)
    except TimeIsUp as error:
        return close(target, error)
    except AttemptClosed as error:
        flash(error.message, "due")
        return to_result(target)
    except DomainError:
        abort(400)
    if any(one.error for one in filled):
        return again(target, filled)
    return _after_saving(target)


def device() -> str:
    """What the request comes from, in words."""
    return agent_kind(request.user_agent.string)


def _position_in(name: str) -> int | None:
    typed = request.form.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else None


def _check(target: Attempt, filled: list[Filled]) -> None:
    """Judge the answer whose button was pressed, unless it could not be read."""
    position = _position_in("check")
    if position is not None and not any(one.error for one in filled if one.position == position):
        check_answer(target, position, now())


def _flag(target: Attempt) -> None:
    for name, flagged in (("flag", True), ("unflag", False)):
        position = _position_in(name)
        if position is not None:
            set_flag(target, position, flagged=flagged)


def again(target: Attempt, filled: list[Filled]) -> ResponseReturnValue:
    """The attempt's page with what could not be saved, as it was typed."""
    page = attempt_page(target, language(), now(), filled, number=_position_in("page") or 1)
    return render_template("quizzes/attempt.html", page=page), 422


def _after_saving(target: Attempt) -> ResponseReturnValue:
    if request.form.get("action") == "submit":
        return redirect(url_for(".confirm", attempt_id=target.public_id), 303)
    position = _position_in("flag") or _position_in("unflag") or _position_in("check")
    step = {"next": 1, "back": -1}.get(request.form.get("action", ""), 0)
    if position is None and not step:
        flash(_("Your answers are saved on the server."))
    return to_page(target, (_position_in("page") or 1) + step, position)


def to_page(target: Attempt, number: int | None = None, position: int | None = None) -> ResponseReturnValue:
    """Go to a page of an attempt (the one that the form was on), and there to a question."""
    number = number or _position_in("page") or 1
    anchor = f"q{position}" if position else None
    page = number if number > 1 else None
    return redirect(url_for(".attempt", attempt_id=target.public_id, page=page, _anchor=anchor), 303)


@blueprint.put("/attempts/<attempt_id>/responses/<int:position>")
@require(Permission.TAKE_ATTEMPT, target=slot_at)
@takes_at_most(LARGEST_ANSWER)
def respond(slot: AnswerSlot) -> ResponseReturnValue:
    """Save one answer that a script sends, and say so only when it is on the disk."""
    try:
        sent = Sent.read(request.get_json(silent=True), device())
        answer = answer_to(slot, sent.given)
        with write_unit():
            receipt = save_in(slot, answer, sent.key, language(), now(), sent.certainty)
    except TimeIsUp as error:
        _close_slot(slot)
        return _problem(409, error)
    except (NotAllowed, KeyReused) as error:
        return _problem(409, error)
    except DomainError as error:
        return _problem(422, error)
    saved_at = receipt.saved_at
    return jsonify(
        saved_at=saved_at.isoformat(),
        time=reader().time(saved_at),
        accepted=receipt.accepted,
        answered=answer is not None,
    )


def _problem(status: int, error: DomainError) -> ResponseReturnValue:
    body = jsonify(status=status, title=_("This answer was not saved"), detail=error.message)
    return body, status, {"Content-Type": "application/problem+json"}


@blueprint.get("/attempts/<attempt_id>/submit")
@require(Permission.TAKE_ATTEMPT, target=_attempt)
def confirm(target: Attempt) -> ResponseReturnValue:
    """What is not answered yet, before she submits."""
    if target.state != AttemptState.OPEN:
        return to_result(target)
    return render_template("quizzes/confirm.html", page=attempt_page(target, language(), now()))


@blueprint.post("/attempts/<attempt_id>/submit")
@require(Permission.TAKE_ATTEMPT, target=attempt_name)
def submit(target: AttemptName) -> ResponseReturnValue:
    """Grade the attempt; submitting twice is submitting once."""
    with write_unit():
        services.submit(target.id, language(), now())
    return to_result(target)


@blueprint.get("/attempts/<attempt_id>/result")
@require(Permission.TAKE_ATTEMPT, target=_attempt)
def result(target: Attempt) -> ResponseReturnValue:
    """What the attempt is worth, question by question, and what comes next; of an entry quiz only that it is kept."""
    if target.state == AttemptState.OPEN:
        return redirect(url_for(".attempt", attempt_id=target.public_id), 303)
    if target.quiz.before:
        return render_template("quizzes/entered.html", attempt=target, quiz=target.quiz, is_late=was_late(target))
    return render_template("quizzes/result.html", page=review(target, language(), now()))


@blueprint.get("/attempts/<attempt_id>/received")
@require(Permission.TAKE_ATTEMPT, target=_attempt)
def received(target: Attempt) -> str:
    """Everything that the server received, question by question: of attempts under way, and of closed ones."""
    return render_template("quizzes/received.html", page=receipts_page(target, language()))


def to_result(target: Attempt | AttemptName) -> ResponseReturnValue:
    """Go to what an attempt is worth."""
    return redirect(url_for(".result", attempt_id=target.public_id), 303)


def close(target: Attempt, error: TimeIsUp) -> ResponseReturnValue:
    """The refusal rolled back what came; the end of the attempt is stored all the same."""
    with write_unit():
        services.submit(target.id, target.language, now())
    flash(error.message, "due")
    return to_result(target)


def _close_slot(slot: AnswerSlot) -> None:
    with write_unit() as session:
        spoken = session.get_one(Attempt, slot.attempt_id).language
        services.submit(slot.attempt_id, spoken, now())
