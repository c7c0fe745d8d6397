"""What learners write, for them to download; it goes when they are erased, but for the sheets of organizations."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from lms.accounts.models import Person
from lms.accounts.privacy import register_eraser, register_exporter
from lms.db import db, text_of
from lms.i18n import language
from lms.i18n import lazy_gettext as _
from lms.learning.models import ExerciseNote, LessonReport
from lms.training.models import Module

LABELS = {
    "notes": _("Notes on exercises"),
    "reports": _("Errors that you reported"),
    "module": _("Module"),
    "text": _("Text"),
    "at": _("At"),
}


def written_by(person: Person) -> dict[str, Any]:
    """Her notes and reports."""
    notes = db.session.execute(
        select(Module.titles, ExerciseNote.text, ExerciseNote.changed_at)
        .join(Module, Module.id == ExerciseNote.module_id)
        .where(ExerciseNote.person_id == person.id)
        .order_by(ExerciseNote.id)
    )
    reports = db.session.execute(
        select(Module.titles, LessonReport.text, LessonReport.created_at)
        .join(Module, Module.id == LessonReport.module_id)
        .where(LessonReport.person_id == person.id)
        .order_by(LessonReport.id)
    )
    return {name: [_row(*row) for row in rows] for name, rows in (("notes", notes), ("reports", reports))}


def _row(titles: dict[str, str], text: str, at: datetime) -> dict[str, Any]:
    return {"module": text_of(titles, language()), "text": text, "at": at}


def forget_writer(person: Person, _now: datetime) -> None:
    """Her notes go; her reports stay without her."""
    db.session.execute(delete(ExerciseNote).where(ExerciseNote.person_id == person.id))
    db.session.execute(update(LessonReport).where(LessonReport.person_id == person.id).values(person_id=None))


def register_privacy() -> None:
    """Add what she wrote to every download, and to what is erased."""
    register_exporter("writing", written_by, title=_("What you wrote in lessons"), labels=LABELS)
    register_eraser(forget_writer)
