"""Exercises: notes of a person, sheets of organizations, reports of errors. Writes and reads, and nothing of pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from lms.db import db
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.learning.models import ExerciseNote, ExerciseSheet, LessonReport, ReportState, SheetVersion
from lms.organizations.models import Organization
from lms.text import clean_text
from lms.training.fences import clean_body

MOST_REPORTS = 20
"""Of a person in a day."""


@dataclass(frozen=True)
class Place:
    """An exercise: its module, lesson and block."""

    module_id: int
    lesson_key: str
    block_key: str


def note_of(person_id: int, place: Place) -> ExerciseNote | None:
    """Her note on an exercise."""
    return db.session.query(ExerciseNote).filter_by(person_id=person_id, **vars(place)).one_or_none()


def save_note(person_id: int, place: Place, text: str, now: datetime) -> None:
    """Write her note; an empty one is forgotten."""
    note, text = note_of(person_id, place), clean_body(text)
    if note is None and text:
        db.session.add(ExerciseNote(person_id=person_id, text=text, changed_at=now, **vars(place)))
    elif note is not None and text:
        note.text, note.changed_at = text, now
    elif note is not None:
        db.session.delete(note)


def organizations_named(ids: Iterable[int]) -> list[Organization]:
    """The organizations of these ids, in a steady order."""
    return list(db.session.scalars(select(Organization).where(Organization.id.in_(set(ids))).order_by(Organization.id)))


def sheet_of(organization_id: int, place: Place) -> ExerciseSheet | None:
    """The sheet of an organization on an exercise."""
    return db.session.query(ExerciseSheet).filter_by(organization_id=organization_id, **vars(place)).one_or_none()


def save_sheet(
    organization_id: int, place: Place, text: str, *, seen: int, actor_id: int, now: datetime
) -> SheetVersion | None:
    """Write a version over the revision that was `seen` (0: none); None where somebody else has saved since."""
    # Two who save at once: the second waits here, and then sees what the first one saved.
    db.session.execute(select(Organization.id).where(Organization.id == organization_id).with_for_update())
    sheet = sheet_of(organization_id, place)
    if sheet is None:
        sheet = ExerciseSheet(organization_id=organization_id, revision=0, **vars(place))
        db.session.add(sheet)
        db.session.flush()
    db.session.refresh(sheet)
    if sheet.revision != seen:
        return None
    sheet.revision += 1
    version = SheetVersion(
        sheet_id=sheet.id, revision=sheet.revision, text=clean_body(text), changed_at=now, changed_by_id=actor_id
    )
    db.session.add(version)
    return version


def report_error(
    person_id: int, place: Place, version_id: int, text: str, *, language: str, now: datetime
) -> LessonReport:
    """Tell the trainers of an error. Raises NotAllowed for more than a person finds in a day."""
    since = LessonReport.created_at > now - timedelta(days=1)
    found = db.session.scalar(select(func.count()).where(LessonReport.person_id == person_id, since)) or 0
    if found >= MOST_REPORTS:
        raise NotAllowed(_("You have reported much today. Thank you; please go on tomorrow."))
    report = LessonReport(
        **vars(place),
        version_id=version_id,
        language=language,
        text=clean_text(text).strip(),
        person_id=person_id,
        created_at=now,
    )
    db.session.add(report)
    return report


def settle_report(report: LessonReport, state: ReportState, now: datetime) -> None:
    """Say how far a report is."""
    report.state = state
    report.settled_at = None if state is ReportState.OPEN else now
