"""Reports that are made regularly: set up by the page, made by the worker."""

from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.db import db
from lms.jobs.worker import run_due
from lms.organizations.models import Network
from lms.reports.schedules import making
from lms.reports.schedules.models import ReportRun, ReportSchedule
from lms.security.actor import Role
from tests.factories import grant, make_person
from tests.page import PageClient

MONDAY = datetime(2026, 7, 6, 9, tzinfo=UTC)
JOBS = {"report", "mail"}


def reached(language: str = "fa", **values: Any) -> Person:
    """Somebody whom mail reaches."""
    name = f"{language}{len(db.session.scalars(select(Person.id)).all())}"
    mail = f"{name}@example.org"
    return make_person(language=language, email=mail, email_key=mail, **values)


def admin_of(network: Network, language: str = "fa", **values: Any) -> Person:
    return grant(reached(language, **values), Role.NETWORK_ADMIN, network=network)


def make(
    client: PageClient,
    network: Network,
    receivers: list[Person],
    arguments: str = "",
    status: int = 303,
    language: str = "en",
    **form: Any,
) -> ReportSchedule:
    """Set up a schedule by the page in a language; weekly on Mondays unless told otherwise."""
    sent: dict[str, Any] = {
        "name": "Weekly view",
        "rhythm": "weekly",
        "weekday": "0",
        "month_day": "1",
        "file_format": "csv",
    }
    sent |= {**form, "receivers": [each.public_id for each in receivers]}
    client.post(f"/{language}/networks/{network.public_id}/reports/schedules/new{arguments}", sent, status)
    query = select(ReportSchedule).where(ReportSchedule.network_id == network.id).order_by(ReportSchedule.id.desc())
    return db.session.scalars(query).first()  # type: ignore[return-value]


def work(app: Flask) -> None:
    """The worker wakes: what is due is asked for and made."""
    making.ask_for_reports({})
    run_due(app, JOBS)
    db.session.rollback()


def runs_of(network: Network) -> list[ReportRun]:
    db.session.rollback()
    query = select(ReportRun).join(ReportSchedule).where(ReportSchedule.network_id == network.id)
    return list(db.session.scalars(query.order_by(ReportRun.id)))
