"""What schedules keep about a person: exported and erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from lms.accounts.models import Person
from lms.accounts.privacy import register_eraser, register_exporter
from lms.db import db
from lms.i18n import lazy_gettext as _
from lms.reports.schedules.models import ReportReceiver, ReportRun, ReportSchedule

MADE_LABELS = {"name": _("Name"), "made_at": _("Made at")}
SENT_LABELS = {"name": _("Name"), "day": _("Day"), "finished_at": _("Finished at")}


def schedules_made_by(person: Person) -> list[dict[str, Any]]:
    """The regular reports that she set up."""
    query = select(ReportSchedule).where(ReportSchedule.maker_id == person.id).order_by(ReportSchedule.id)
    return [{"name": each.name, "made_at": each.made_at} for each in db.session.scalars(query)]


def reports_for(person: Person) -> list[dict[str, Any]]:
    """The reports that were made for her."""
    query = select(ReportRun.day, ReportRun.finished_at, ReportSchedule.name).join(ReportRun.schedule)
    rows = db.session.execute(query.where(ReportRun.person_id == person.id).order_by(ReportRun.id))
    return [{"name": row.name, "day": row.day, "finished_at": row.finished_at} for row in rows]


def forget(person: Person, _now: datetime) -> None:
    """Nothing is sent to her any more; what she named loses its name, and fills no folder in hers."""
    db.session.execute(delete(ReportReceiver).where(ReportReceiver.person_id == person.id))
    hers = ReportSchedule.maker_id == person.id
    db.session.execute(
        update(ReportSchedule)
        .where(hers)
        .values(name="–", to_folder=False)
        .execution_options(synchronize_session=False)
    )


def register_privacy() -> None:
    """Add them to every download and every erasing."""
    register_exporter("report_schedules", schedules_made_by, title=_("Regular reports"), labels=MADE_LABELS)
    register_exporter("reports_sent", reports_for, title=_("Reports made for you"), labels=SENT_LABELS)
    register_eraser(forget)
