"""The learner's pages."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.clock import now
from lms.db import write_unit
from lms.i18n import gettext as _
from lms.i18n import language
from lms.learning.addresses import address_after, address_of_next, addresses_of_exercises
from lms.learning.bodies import body_of
from lms.learning.home import home_of
from lms.learning.queries import parts_of, reading_of
from lms.learning.targets import Learning, ShownFile, learning, shown_file
from lms.progress import services
from lms.progress.gains import gain_of
from lms.progress.queries import kits_of, module_state
from lms.search import find
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.training.models import PartKind
from lms.training.sending import addresses_of_media, send_media

blueprint = Blueprint("learning", __name__, url_prefix="/<lang>", template_folder="templates")


@blueprint.get("/")
@require(Permission.LEARN)
def home() -> str:
    """What is done, what is next, how long it takes."""
    return render_template("learning/home.html", home=home_of(the_actor().person_id), today=now())


@blueprint.get("/m/<module_id>/")
@require(Permission.LEARN, target=learning)
def module(target: Learning) -> str:
    """A module: what it is about, its parts, where she stands."""
    gain = gain_of(target.person_id, target.state.id) if target.state.was_compared else None
    return render_template("learning/module.html", state=target.state, parts=parts_of(target.state), gain=gain)


@blueprint.post("/m/<module_id>/start")
@require(Permission.LEARN, target=learning)
def start(target: Learning) -> ResponseReturnValue:
    """Begin the module and open its first part."""
    _refuse_locked(target)
    with write_unit():
        services.enrol(target.person_id, target.module(), now())
    return redirect(address_of_next(target.state, parts_of(target.state)), 303)


@blueprint.post("/m/<module_id>/newest")
@require(Permission.LEARN, target=learning)
def newest(target: Learning) -> ResponseReturnValue:
    """Move to the newest version, because she chose to."""
    with write_unit():
        enrolment = services.enrol(target.person_id, target.module(), now())
        services.move_to_current(enrolment, language(), now())
    flash(_("You are now on the newest version. What you have read still counts."))
    return redirect(url_for(".module", module_id=target.state.public_id), 303)


@blueprint.get("/m/<module_id>/<lesson_key>/")
@require(Permission.LEARN, target=learning)
def lesson(target: Learning) -> str:
    """A lesson to read."""
    _refuse_locked(target)
    reading = reading_of(target.state, target.lesson_key, language())
    if reading is None:
        abort(404)
    parts = parts_of(target.state)
    media_url = addresses_of_media("learning.media", target.state.public_id)
    body = body_of(target.state, reading, media_url, addresses_of_exercises(target.state.public_id, reading.key))
    at = next(i for i, part in enumerate(parts) if part.item.key == reading.key and part.minutes is not None)
    return render_template("learning/lesson.html", state=target.state, reading=reading, parts=parts, at=at, body=body)


@blueprint.get("/m/<module_id>/media/<key>")
@blueprint.get("/m/<module_id>/media/<key>/<variant>")
@require(Permission.LEARN, target=shown_file)
def media(target: ShownFile) -> Response:
    """A picture, recording or captions of a module that she may read."""
    return send_media(target.file)


@blueprint.post("/m/<module_id>/<lesson_key>/done")
@require(Permission.LEARN, target=learning)
def done(target: Learning) -> ResponseReturnValue:
    """ "Done, next": the lesson is read; go on to what comes after it."""
    _refuse_locked(target)
    if not any(item.kind is PartKind.LESSON and item.key == target.lesson_key for item in target.state.items):
        abort(404)
    with write_unit():
        enrolment = services.enrol(target.person_id, target.module(), now())
        services.complete_lesson(enrolment, target.lesson_key, language(), now())
    state = module_state(target.person_id, target.state.public_id)
    if state is None:
        abort(404)
    if state.completed_at is not None and target.state.completed_at is None:
        return redirect(url_for(".module", module_id=state.public_id), 303)
    return redirect(address_after(state, parts_of(state), target.lesson_key), 303)


@blueprint.put("/m/<module_id>/place")
@require(Permission.LEARN, target=learning)
def place(target: Learning) -> ResponseReturnValue:
    """A script notes where she is, so that she resumes there."""
    sent = request.get_json(silent=True)
    text = sent.get("place") if isinstance(sent, dict) else None
    if not isinstance(text, str) or not text.startswith("lesson/"):
        abort(400)
    if target.state.started_at is not None:
        with write_unit():
            services.note_place(services.enrol(target.person_id, target.module(), now()), text, now())
    return "", 204


@blueprint.get("/search")
@require(Permission.LEARN)
def search() -> str:
    """Find lessons and modules by what they say."""
    query = request.args.get("q", "").strip()[:200]
    modules = {state.id: state for kit in kits_of(the_actor().person_id) for state in kit.modules}
    hits = find(query, language(), list(modules)) if query else []
    return render_template("learning/search.html", query=query, hits=hits, modules=modules)


def _refuse_locked(target: Learning) -> None:
    """A locked module shows what opens it; its parts are not there yet."""
    if target.state.state == "locked":
        abort(404)
