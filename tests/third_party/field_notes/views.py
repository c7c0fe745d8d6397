"""The notebook's page."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from field_notes.forms import NoteForm
from field_notes.models import Note
from lms.accounts.current import the_person
from lms.clock import now
from lms.db import db, write_unit
from lms.security import Permission, require

blueprint = Blueprint("field_notes", __name__, url_prefix="/<lang>/x/field-notes")


@blueprint.get("/")
@require(Permission.LEARN)
def notes() -> str:
    """What she wrote, and a line to write more."""
    return _page(NoteForm())


@blueprint.post("/")
@require(Permission.LEARN)
def write() -> ResponseReturnValue:
    """Keep a line."""
    form = NoteForm()
    if not form.validate():
        return _page(form), 422
    person = the_person()
    with write_unit() as session:
        session.add(Note(person_id=person.id, text=form.text.data, written_at=now()))
    return redirect(url_for(".notes"), 303)


def _page(form: NoteForm) -> str:
    mine = db.session.scalars(select(Note).where(Note.person_id == the_person().id).order_by(Note.id.desc())).all()
    return render_template("field_notes/notes.html", notes=mine, form=form)
