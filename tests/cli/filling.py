"""Data for tests of backups, and ways to compare it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from sqlalchemy import NullPool, create_engine, make_url

from lms import create_app
from lms.accounts.models import Person
from lms.backup.tables import kept_tables, read_rows
from lms.certification.assessments.models import (
    Action,
    Agreement,
    Instrument,
    InstrumentVersion,
    Round,
    RoundState,
    Score,
)
from lms.clock import now
from lms.db import db, prepare_sqlite, write_unit
from lms.events.models import EventRow
from lms.jobs.models import Job
from lms.organizations.models import Organization
from lms.settings import Settings
from lms.text import short_id
from lms.upgrade import upgrade
from tests.factories import add, make_member, make_network, make_organization, make_person

Rows = dict[str, list[dict[str, Any]]]


@contextmanager
def app_on(url: str, data: Path, given: str = "") -> Iterator[Flask]:
    """An app on a migrated database, in its context; with the secret given, or of the installation where it has one."""
    file = data / "secret.key"
    secret = given or (file.read_text().strip() if file.exists() else "kept")
    app = create_app(Settings(data=data, database_url=url, secret_key=secret, embedded_worker=False, testing=True))
    place = make_url(url)
    new = Path(place.database or "")
    if place.drivername == "sqlite" and not new.exists():
        new.write_bytes(migrated_file())
    with app.app_context():
        upgrade(db.engine)
        yield app
        db.session.remove()
        db.engine.dispose()


@cache
def migrated_file() -> bytes:
    """A SQLite database without a row: it is migrated once a process, and then written down wherever one is wanted."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "migrated.sqlite3"
        engine = create_engine(f"sqlite:///{file}")
        prepare_sqlite(engine)
        upgrade(engine)
        engine.dispose()
        return file.read_bytes()


def fill(organizations: int = 3) -> None:
    """People, organizations, and the values that are hard to carry over."""
    network = make_network(names={"fa": "شبکهٔ «هم‌یاری»", "ar": "شبكة العون", "en": "Help 'n' \"Aid\"\n2"})
    for _ in range(organizations):
        organization = make_organization(network)
        person = make_member(organization, make_person(display_name="سارا \u2068O'Neil\u2069 \U0001f331"))
    assess(organization, person)
    payload = {"none": None, "zero": 0, "float": 0.1, "big": 2**53, "text": "پ\t\\", "list": [[], {}, "ژ"]}
    add(EventRow(name="test", occurred_at=now(), payload=payload))
    for value in ({}, {"a": None}):
        add(Job(kind="test_unheard_of", arguments=value, run_at=now() + timedelta(microseconds=1)))
    with write_unit() as session:
        session.connection().exec_driver_sql("UPDATE job SET arguments = 'null' WHERE id = 1")


def assess(organization: Organization, person: Person) -> None:
    """A closed self-assessment with a score, what was agreed, and an action."""
    instrument: Instrument = add(Instrument(plugin="gone", key=short_id(), titles={"fa": "سنجه"}))
    content = {"areas": [{"id": "a", "items": [{"id": "i"}]}]}
    version = add(
        InstrumentVersion(
            instrument_id=instrument.id, number=1, content=content, content_hash="0" * 64, created_at=now()
        )
    )
    about = {"organization_id": organization.id, "instrument_id": instrument.id, "version_id": version.id}
    dates = {"started_at": now(), "agreeing_at": now(), "ended_at": now()}
    closed: Round = add(Round(**about, **dates, state=RoundState.CLOSED, scorers=1, total=3))
    add(Score(round_id=closed.id, person_id=person.id, item="i", level=3, scored_at=now()))
    said = {"level": 3, "justification": "چون «چنین» است.", "agreed_at": now()}
    add(Agreement(round_id=closed.id, item="i", area="a", position=0, spread=[0, 0, 1, 0], **said))
    add(Action(round_id=closed.id, area="a", text="نشست", created_at=now(), changed_at=now()))


def rows_of(url: str) -> Rows:
    """Every row of every table, neutrally."""
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return {name: list(read_rows(connection, table)) for name, table in kept_tables(connection).items()}


def broken_references(url: str) -> list[Any]:
    """Rows of a SQLite database that refer to rows that are not there."""
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return list(connection.exec_driver_sql("PRAGMA foreign_key_check"))
