"""A worker that is killed between the mail server's acceptance and our commit: the one way to a second mail."""

import os
import signal
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from lms.clock import now
from lms.db import db, write_unit
from lms.jobs.models import Job, JobState
from lms.messages.choices import choose
from lms.messages.kinds import Choice
from lms.notifications.models import DigestEntry
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
