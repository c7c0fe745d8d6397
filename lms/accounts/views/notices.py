"""Notices: what happened, and whether she has looked at it."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.notices import notice_of, notices_of, shown_notices, unread_tellings
from lms.accounts.services import note_all_read, note_read
from lms.accounts.views.blueprint import blueprint
from lms.clock import now
from lms.db import write_unit
from lms.paging import asked_page, page_of
from lms.security import Permission, require
from lms.security.guards import the_actor


@blueprint.get("/notices")
@require(Permission.USE_ACCOUNT)
def notices() -> str:
    """All of them, the newest first."""
    page = page_of(notices_of(the_actor().person_id), asked_page())
    shown = shown_notices(row[0] for row in page.items)
    unread = unread_tellings(the_actor().person_id)
    return render_template("accounts/notices.html", page=page, notices=shown, unread=unread, notices_at=_address)


def _address(number: int) -> str:
    return url_for(".notices", page=number)


@blueprint.post("/notices/<notice_id>")
@require(Permission.USE_ACCOUNT)
def open_notice(notice_id: str) -> ResponseReturnValue:
    """Note that she looks at it, and go where it leads."""
    found = notice_of(the_actor().person_id, notice_id) or abort(404)
    shown = shown_notices([found])
    with write_unit():
        note_read(notice_of(the_actor().person_id, notice_id) or found, now())
    return redirect(shown[0].address if shown else url_for(".notices"), 303)


@blueprint.post("/notices/read")
@require(Permission.USE_ACCOUNT)
def read_notices() -> ResponseReturnValue:
    """Put all away that the page told of."""
    with write_unit():
        note_all_read(the_actor().person_id, request.form.getlist("notice"), now())
    return redirect(url_for(".notices"), 303)
