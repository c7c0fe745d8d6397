"""Files of evidence: added, taken out, got again by those who may."""

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.evidence.models import Attached, Evidence
from lms.certification.evidence.queries import (
    evidence_by_public_id,
    file_of_evidence,
    file_of_party,
    file_of_submission,
)
from lms.certification.evidence.services import add_files, take_file_out
from lms.certification.evidence.views.blueprint import blueprint
from lms.certification.evidence.views.pieces import piece_page
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.limits import takes_upload_of
from lms.media.handing_in import Taken, store_files
from lms.security import Permission, require
from lms.storage import current_storage, send_stored

MEGABYTE = 1024 * 1024
TAKEN = Taken(("document", "sheet", "slides", "image"), 20 * MEGABYTE, strict=True)
MOST_BYTES = 64 * MEGABYTE
"""Of a request with files: all of them together."""


@blueprint.post("/evidence/<evidence_id>/files")
@require(Permission.MANAGE_ORGANIZATION, target=evidence_by_public_id)
@takes_upload_of(MOST_BYTES)
def change_files(evidence: Evidence) -> ResponseReturnValue:
    """Add files, or take one out."""
    try:
        _change(evidence)
    except DomainError as error:
        error.field = "files"
        return piece_page(evidence, error), 422
    return redirect(url_for(".piece", evidence_id=evidence.public_id, _anchor="files"), 303)


def _change(evidence: Evidence) -> None:
    removed = request.form.get("remove")
    if removed:
        with write_unit():
            take_file_out(evidence, removed, now=now())
        flash(_("The file is taken out."))
        return
    taken = store_files(request.files.getlist("files"), TAKEN, current_storage())
    if not taken:
        raise DomainError(_("Choose a file first."))
    with write_unit():
        add_files(evidence, taken, now=now())
    flash(_("Saved."))


@blueprint.get("/evidence/<evidence_id>/files/<file_id>")
@require(Permission.MANAGE_ORGANIZATION, target=file_of_evidence)
def piece_file(found: Attached) -> Response:
    """A file of one's own."""
    return _sent(found)


@blueprint.get("/evidence-parts/<party_id>/files/<file_id>")
@require(Permission.MANAGE_ORGANIZATION, target=file_of_party)
def part_file(found: Attached) -> Response:
    """A file of what one is asked about."""
    return _sent(found)


@blueprint.get("/submissions/<submission_id>/files/<file_id>")
@require(Permission.SEE_SUBMISSION, target=file_of_submission)
def submission_file(found: Attached) -> Response:
    """A file that was handed in."""
    return _sent(found)


def _sent(found: Attached) -> Response:
    try:
        response = send_stored(found.digest, found.media_type, download_name=found.name)
    except FileNotFoundError:
        abort(404)
    response.headers["Cache-Control"] = "private, no-store"
    return response
