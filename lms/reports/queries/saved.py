"""Views that people saved."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.db import db
from lms.reports.models import ReportView


def saved_views(network_id: int, person_id: int) -> Sequence[ReportView]:
    """A person's views of a network's report, by name."""
    query = select(ReportView).where(ReportView.network_id == network_id, ReportView.person_id == person_id)
    return db.session.scalars(query.order_by(ReportView.name, ReportView.id)).all()


def saved_view(view_id: str) -> ReportView | None:
    """The view with that public id, its network loaded."""
    query = select(ReportView).where(ReportView.public_id == view_id).options(joinedload(ReportView.network))
    return db.session.scalars(query).one_or_none()
