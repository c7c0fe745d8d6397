"""A worker that is killed between the mail server's acceptance and our commit, which is the one way to a second mail,
and while it asks for the digests of many."""

import os
import signal
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, insert, select

from lms.accounts.models import Person
from lms.clock import now
from lms.db import db, write_unit
from lms.jobs.models import Job, JobState
from lms.jobs.worker import run_due
from lms.messages.choices import choose
from lms.messages.kinds import Choice
from lms.notifications.digests import AT_ONCE
from lms.notifications.models import DigestEntry, Message
from tests.cli.processes import running, wait_for
from tests.databases import Databases
from tests.mailbox import mail_server
from tests.notifications import make_scene


def is_done() -> bool:
    """Every mail is sent, and noted as sent."""
    db.session.rollback()
    states = db.session.scalars(select(Job.state).where(Job.kind.in_(("message", "digest")))).all()
    entries = db.session.scalar(select(func.count()).select_from(DigestEntry))
    return bool(states) and set(states) == {JobState.DONE} and not entries


@pytest.mark.parametrize("choice", [Choice.AT_ONCE, Choice.DIGEST])
def test_what_repeats_after_a_kill_bears_the_same_id_and_nothing_is_lost(
    app: Flask, store: Databases, tmp_path: Path, choice: Choice
) -> None:
    with mail_server() as (box, smtp):
        before = app.extensions["lms_settings"]
        app.extensions["lms_settings"] = replace(before, smtp_url=smtp)
        try:
            # Two days ago, so that a digest is due by now.
            with time_machine.travel(now() - timedelta(days=2)):
                scene = make_scene()
                with write_unit():
                    choose(scene.manager.id, {"awarded": choice})
                scene.awarded()
        finally:
            app.extensions["lms_settings"] = before
        db.session.remove()
        arguments = ("-m", "tests.cli.mail_process", store.url, str(tmp_path), smtp)
        with running(*arguments) as first:
            box.at_quit = lambda: os.kill(first.pid, signal.SIGKILL)
            wait_for(lambda: first.poll() is not None)
        assert len(box.mails) == 1, "the server had accepted it"
        assert not is_done(), "nothing was noted"
        box.at_quit = lambda: None
        with running(*arguments):
            wait_for(is_done)
        assert len(box.mails) == 2
        assert len({(mail["Message-ID"], mail["To"]) for mail in box.mails}) == 1


def asked() -> int:
    """How many people's digests were asked for."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Job).where(Job.kind == "digest")) or 0


def test_asking_for_digests_goes_on_where_it_was_killed(app: Flask, store: Databases, tmp_path: Path) -> None:
    with mail_server() as (_box, smtp):
        make_scene().awarded()
        past = now() - timedelta(hours=1)
        with write_unit() as session:
            message_id = session.scalars(select(Message.id)).one()
            session.add_all(Person(sign_in_key=None, language="fa") for _ in range(6 * AT_ONCE))
            session.flush()
            people = session.scalars(select(Person.id).where(Person.sign_in_key.is_(None))).all()
            rows = [{"person_id": id_, "message_id": message_id, "due_at": past} for id_ in people]
            session.execute(insert(DigestEntry), rows)
        db.session.remove()
        with running("-m", "tests.cli.mail_process", store.url, str(tmp_path), smtp) as worker:
            wait_for(lambda: asked() > 0)
            worker.kill()
            worker.wait()
    assert asked() % AT_ONCE == 0, "some people whole, and the others not at all"
    # By then the lease of whoever was killed has ended.
    with time_machine.travel(now() + timedelta(minutes=10)):
        run_due(app, ["send_digests"])
    assert asked() == len(people)
    assert not db.session.scalar(select(func.count()).where(DigestEntry.asked_at.is_(None)))
