"""Who signs certificates."""

from datetime import date

from sqlalchemy import select

from lms.certification.models import Signatory
from lms.db import db


def signatory_on(network_id: int, day: date) -> Signatory | None:
    """The row that says who signs what a network issues on a day; it may say that nobody does."""
    query = select(Signatory).where(Signatory.network_id == network_id, Signatory.starts_on <= day)
    return db.session.scalars(query.order_by(Signatory.starts_on.desc()).limit(1)).one_or_none()
