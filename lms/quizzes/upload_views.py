"""Handing files in, and getting them again."""

from flask import Response, abort, flash, request
from flask.typing import ResponseReturnValue

from lms.clock import now
from lms.db import db, write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import language
from lms.limits import takes_upload_of
from lms.quizzes.errors import AttemptClosed, TimeIsUp
from lms.quizzes.filling import Filled, read_form, save_form
from lms.quizzes.handing_in import take_files
from lms.quizzes.models import Attempt
from lms.quizzes.queries import AnswerSlot
from lms.quizzes.question_types import type_of
from lms.quizzes.question_types.file_upload import FileUpload
from lms.quizzes.services.uploading import add_files, take_back
from lms.quizzes.upload_queries import Handed, handed_in
from lms.quizzes.views import again, blueprint, close, device, slot_at, to_page, to_result
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.storage import current_storage, send_stored

MOST_BYTES = 64 * 1024 * 1024
"""Of a request with files: all of them together."""


def file_slot(attempt_id: str, position: int) -> AnswerSlot | None:
    """Where files go."""
    slot = slot_at(attempt_id, position)
    return slot if slot is not None and isinstance(type_of(slot.type), FileUpload) else None


@blueprint.post("/attempts/<attempt_id>/files/<int:position>")
@require(Permission.TAKE_ATTEMPT, target=file_slot)
@takes_upload_of(MOST_BYTES)
def hand_in(slot: AnswerSlot) -> ResponseReturnValue:
    """Save everything that the form holds, then its files, or the taking back of one."""
    attempt = db.session.get_one(Attempt, slot.attempt_id)
    filled = read_form(request.form, attempt)
    try:
        with write_unit():
            save_form(filled, request.form.get("client", ""), device(), language(), now())
        _change_files(slot)
    except TimeIsUp as error:
        return close(attempt, error)
    except AttemptClosed as error:
        flash(error.message, "due")
        return to_result(attempt)
    except DomainError as error:
        filled.append(Filled(_position(), slot, {}, None, changed=False, error=error.message))
    if any(one.error for one in filled):
        return again(attempt, filled)
    return to_page(attempt, position=_position())


def _position() -> int:
    """Of the question, from the address."""
    return int((request.view_args or {})["position"])


def _change_files(slot: AnswerSlot) -> None:
    removed = request.form.get("remove")
    if removed:
        with write_unit():
            take_back(slot, removed, device(), language(), now())
        return
    kind = type_of(slot.type)
    assert isinstance(kind, FileUpload)
    taken = take_files(request.files.getlist(f"files{_position()}"), kind, slot.structure, current_storage())
    if not taken:
        raise DomainError(_("Choose a file first."))
    with write_unit():
        add_files(slot, taken, kind.most_files(slot.structure), device(), language(), now())
    flash(_("Your answers are saved on the server."))


@blueprint.get("/uploads/<upload_id>")
@require(Permission.SEE_UPLOAD, target=handed_in)
def upload(found: Handed) -> Response:
    """The file, to be saved. Its name may name its author: graders get it once the answer is graded."""
    hers = the_actor().person_id == found.person_id
    name = found.name if hers or found.is_graded else f"file-{found.number}.{found.name.rpartition('.')[2]}"
    try:
        response = send_stored(found.digest, found.media_type, download_name=name)
    except FileNotFoundError:
        abort(404)
    response.headers["Cache-Control"] = "private, no-store"
    return response
