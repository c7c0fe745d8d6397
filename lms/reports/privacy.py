"""What the reports keep about a person: the views that she saved."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from lms.accounts.models import Person
from lms.accounts.privacy import register_eraser, register_exporter
from lms.db import db, text_of
from lms.i18n import language
from lms.i18n import lazy_gettext as _
from lms.organizations.models import Network
from lms.reports.models import ReportView

LABELS = {"name": _("Name"), "network": _("Network"), "arguments": _("Filters"), "at": _("At")}


def views_of_person(person: Person) -> list[dict[str, Any]]:
    """Her views of all networks."""
    rows = db.session.execute(
        select(ReportView, Network.names)
        .join(Network, Network.id == ReportView.network_id)
        .where(ReportView.person_id == person.id)
        .order_by(ReportView.id)
    )
    return [
        {"name": view.name, "network": text_of(names, language()), "arguments": view.arguments, "at": view.created_at}
        for view, names in rows
    ]


def forget_views(person: Person, _now: datetime) -> None:
    """Her views go: their names and filters may tell of her."""
    db.session.execute(delete(ReportView).where(ReportView.person_id == person.id))


def register_privacy() -> None:
    """Add saved views to every download, and to what is erased."""
    register_exporter("report_views", views_of_person, title=_("Saved views of reports"), labels=LABELS)
    register_eraser(forget_views)
