"""The summaries of 100,000 people that are due at once: what asking for them costs, and what sending one costs while
all wait, beside the last ones. `python -m benchmarks.digest FOLDER` takes a copy of the demonstration that is there."""

import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

from flask import Flask
from sqlalchemy import String, cast, delete, func, insert, select, update

from benchmarks.ratios import is_over
from benchmarks.sized import app_on
from lms.accounts.models import Person
from lms.certification.models import Level
from lms.clock import now
from lms.db import db, write_unit
from lms.demo import load_demo
from lms.jobs.models import Job, JobState
from lms.jobs.worker import run_next
from lms.notifications.digests import DIGEST, send_digests
from lms.notifications.models import DigestEntry, Message
from lms.organizations.models import Grant, Membership, NetworkMembership
from lms.security.actor import Role
from lms.text import uuid7
from lms.upgrade import upgrade
from tests.cli.processes import wait_for
from tests.postgres import free_port
from tests.queries import counted_statements

SIZE, EVENTS, MEASURED = "100k", 3, 1000
"""The demonstration, how much each person is told, and of how many people the mails are measured."""
SLOWER, MEMORY = 1.3, 20
"""The first mails against the last ones; megabytes that asking and sending may add to the process."""


def main(data: Path | None = None) -> int:
    """Measures a copy of the demonstration that lies in `data`, or one that it makes."""
    with tempfile.TemporaryDirectory() as name, _mail_server() as smtp:
        folder = Path(name) / "data"
        if data is not None:
            shutil.copytree(data, folder)
        # In a process of its own, as what it needs is not to be counted.
        filling = get_context("spawn").Process(target=_prepare, args=(folder, data is None))
        filling.start()
        filling.join()
        app = app_on(folder, {"SMTP_URL": smtp, "MAIL_FROM": "learn@example.org"})
        with app.app_context():
            return _measured(app)


def _prepare(folder: Path, empty: bool) -> None:
    with app_on(folder).app_context():
        upgrade(db.engine)
        if empty:
            load_demo(random_passwords=False, size=SIZE)
        _fill()


@contextmanager
def _mail_server() -> Iterator[str]:
    """Takes every mail and keeps none, in a process of its own."""
    port = free_port()
    command = ("aiosmtpd", "--nosetuid", "--listen", f"127.0.0.1:{port}", "--class", "aiosmtpd.handlers.Sink")
    process = subprocess.Popen([sys.executable, "-m", *command])
    try:
        wait_for(lambda: _listens(port))
        yield f"smtp://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _fill() -> None:
    """Everybody has an address, manages her organization, and is told of what happened in it."""
    at, day = now(), now().date()
    with write_unit() as session:
        address = "p" + cast(Person.id, String) + "@example.org"
        session.execute(update(Person).values(email=address, email_key=address))
        session.execute(delete(Grant).where(Grant.role == Role.MANAGER))
        members = select(Membership.organization_id, Membership.person_id).distinct()
        grant = {"role": Role.MANAGER, "created_at": at, "starts_on": day}
        seats = session.execute(members).all()
        session.execute(insert(Grant), [{**row._mapping, **grant} for row in seats])
        level_id = session.scalars(select(Level.id)).first()
        told = [
            {**row._mapping, "uid": uuid7(), "kind": "expired", "key": f"bench {row.organization_id} {each}", "at": at}
            for row in session.execute(select(NetworkMembership.organization_id, NetworkMembership.network_id))
            for each in range(EVENTS)
        ]
        session.execute(insert(Message), [{**each, "level_id": level_id, "ends_on": day} for each in told])
        mine = select(Membership.person_id, Message.id.label("message_id")).distinct()
        waiting = session.execute(mine.join(Message, Message.organization_id == Membership.organization_id)).all()
        due = at - timedelta(minutes=1)
        session.execute(insert(DigestEntry), [{**row._mapping, "due_at": due} for row in waiting])


def _measured(app: Flask) -> int:
    people = db.session.scalar(select(func.count(DigestEntry.person_id.distinct()))) or 0
    db.session.rollback()
    before = _peak()
    with counted_statements() as sent:
        began = time.process_time()
        send_digests({})
        spent = time.process_time() - began
    print(
        f"{people:,} people asked for: {spent:.1f} s of CPU, {len(sent):,} statements, {_peak() - before:.0f} MB more"
    )
    first = _mails(app, "while all wait")
    added = _peak() - before
    _leave_the_last()
    last = _mails(app, "the last ones")
    return is_over("the first / the last mails", first / last, SLOWER) | is_over("MB added", added, MEMORY)


def _mails(app: Flask, which: str) -> float:
    """Seconds of CPU that a thousand mails cost."""
    with counted_statements() as sent:
        began, spent = time.monotonic(), time.process_time()
        for _ in range(MEASURED):
            assert run_next(app, {DIGEST})
        spent, took = time.process_time() - spent, time.monotonic() - began
    print(
        f"{MEASURED:,} mails, {which}: {spent:.1f} s of CPU, {took:.1f} s, {len(sent) / MEASURED:.1f} statements each"
    )
    return spent


def _leave_the_last() -> None:
    """As if all others were sent."""
    with write_unit() as session:
        waiting = select(Job.id).where(Job.kind == DIGEST, Job.state == JobState.WAITING)
        last = waiting.order_by(Job.id.desc()).limit(MEASURED)
        session.execute(update(Job).where(Job.id.in_(waiting), Job.id.not_in(last)).values(state=JobState.DONE))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
