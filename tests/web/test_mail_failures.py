"""A mail server that fails in the middle: nothing is lost, and what repeats bears the same Message-ID."""

from datetime import timedelta

import time_machine
from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.clock import now
from lms.db import db, write_unit
from lms.jobs.models import Job, JobState
from tests.mailbox import Mailbox
from tests.notifications import Scene, deliver, make_scene


def awarded(app: Flask) -> Scene:
    """A manager is told of an award; the worker tries once."""
    scene = make_scene()
    scene.awarded()
    deliver(app)
    return scene


def later(app: Flask) -> None:
    """The worker tries again."""
    with time_machine.travel(now() + timedelta(minutes=10)):
        deliver(app)


def state(scene: Scene) -> tuple[str, str]:
    """State and error of the job."""
    db.session.rollback()
    job = db.session.scalars(select(Job).where(Job.kind == "message")).one()
    return job.state, job.error


def test_a_server_that_refuses_for_now_gets_one_mail_in_the_end(app: Flask, mailbox: Mailbox) -> None:
    mailbox.reply = "451 come back later"
    scene = awarded(app)
    assert state(scene) == (JobState.WAITING, "SMTPDataError")
    mailbox.reply = "250 OK"
    later(app)
    later(app)
    assert len(mailbox.mails) == 1
    assert state(scene)[0] == JobState.DONE


def test_a_server_that_goes_away_before_its_answer_gets_the_same_mail_again(app: Flask, mailbox: Mailbox) -> None:
    mailbox.drops = 1
    scene = awarded(app)
    assert state(scene) == (JobState.WAITING, "SMTPServerDisconnected")
    later(app)
    later(app)
    assert len(mailbox.mails) == 2
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 1
    assert len({mail["To"] for mail in mailbox.mails}) == 1
    assert state(scene)[0] == JobState.DONE


def test_a_server_that_ends_in_anger_after_it_accepted_gets_nothing_again(app: Flask, mailbox: Mailbox) -> None:
    mailbox.farewell = "421 going down"
    scene = awarded(app)
    later(app)
    assert len(mailbox.mails) == 1
    assert state(scene)[0] == JobState.DONE


def test_a_server_that_is_not_there_is_waited_for(app: Flask, mailbox: Mailbox) -> None:
    settings = app.extensions["lms_settings"]
    app.extensions["lms_settings"] = type(settings)(**{**vars(settings), "smtp_url": "smtp://127.0.0.1:9"})
    scene = awarded(app)
    assert state(scene) == (JobState.WAITING, "ConnectionRefusedError")
    app.extensions["lms_settings"] = settings
    later(app)
    assert len(mailbox.mails) == 1


def test_an_address_that_does_not_exist_is_given_up(app: Flask, mailbox: Mailbox) -> None:
    scene = make_scene()
    with write_unit() as session:
        session.get_one(Person, scene.manager.id).email = "nobody@example.org"
    scene.awarded()
    deliver(app)
    assert state(scene) == (JobState.FAILED, "SMTPRecipientsRefused")
