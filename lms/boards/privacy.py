"""What boards keep about a person: exported and erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from lms.accounts.models import Person
from lms.accounts.privacy import register_eraser, register_exporter
from lms.boards.models import CalendarLink, RequirementReminder
from lms.db import db, text_of
from lms.i18n import language
from lms.i18n import lazy_gettext as _

REMINDER_LABELS = {"organization": _("Organization"), "at": _("Reminded at")}
LINK_LABELS = {"of": _("Calendar of"), "made_at": _("Made at")}


def reminders_of(person: Person) -> list[dict[str, Any]]:
    """When she was last reminded of requirements."""
    query = select(RequirementReminder).where(RequirementReminder.person_id == person.id)
    rows = db.session.scalars(
        query.options(joinedload(RequirementReminder.organization)).order_by(RequirementReminder.id)
    )
    return [{"organization": text_of(row.organization.names, language()), "at": row.reminded_at} for row in rows]


def calendar_links_of(person: Person) -> list[dict[str, Any]]:
    """Whose calendars she has a secret link to; the link itself is not known."""
    rows = db.session.scalars(select(CalendarLink).where(CalendarLink.person_id == person.id).order_by(CalendarLink.id))
    found = [(row.organization or row.network, row.made_at) for row in rows]
    return [{"of": text_of(subject.names, language()), "made_at": at} for subject, at in found if subject]


def forget(person: Person, _now: datetime) -> None:
    """Her links lead nowhere, and nobody knows any more when she was reminded."""
    db.session.execute(delete(CalendarLink).where(CalendarLink.person_id == person.id))
    db.session.execute(delete(RequirementReminder).where(RequirementReminder.person_id == person.id))


def register_privacy() -> None:
    """Add both to every download and every erasing."""
    register_exporter("reminders", reminders_of, title=_("Reminders"), labels=REMINDER_LABELS)
    register_exporter("calendar_links", calendar_links_of, title=_("Calendar links"), labels=LINK_LABELS)
    register_eraser(forget)
