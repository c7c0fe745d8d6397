"""What one installation has sealed opens at another one, with another secret, that its backup is restored at."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.passwords import hash_password
from lms.accounts.totp import keep_secret, new_secret, secret_of
from lms.backup.restoring import Restore
from lms.backup.writing import write_backup
from lms.checks import checks
from lms.clock import now
from lms.db import db, write_unit
from lms.jobs.queue import enqueue
from lms.jobs.worker import run_due
from lms.messages.unsubscribing import Unsubscription, read_token, unsubscribe_token
from lms.settings import SECRET_FILE, Settings
from lms.upgrade import CORE
from tests.cli.conftest import EmptyDatabase
from tests.cli.filling import app_on
from tests.cli.processes import Installation
from tests.factories import make_person
from tests.page import PageClient

CODE, PASSWORD = "گذرواژهٔ پشتیبان", "گل سرخ ۱۴۰۵"
THERE, HERE = "the secret of the first", "another secret altogether"


@dataclass(frozen=True)
class Moved:
    """A backup of an installation, the key of somebody's app in it, and a link in a mail that she has."""

    backup: Path
    key: str
    link: str


@pytest.fixture
def moved(tmp_path: Path) -> Moved:
    """Somebody signs in with her app at an installation that is backed up."""
    there = tmp_path / "there"
    settings = Settings(there, f"sqlite:///{there / 'tashbik.sqlite3'}", THERE)
    made = Moved(tmp_path / "one.backup", new_secret(), "")
    with app_on(settings.database_url, there, THERE):
        made = Moved(made.backup, made.key, with_app(made.key))
        write_backup(db.engine, settings, made.backup, CODE, print)
    return made


def with_app(key: str) -> str:
    """Somebody with an app that has the key, somebody who has none, and somebody who has only begun."""
    make_person()
    person = make_person(sign_in_name="narges", totp_confirmed_at=now(), password_hash=hash_password(PASSWORD))
    begun = make_person()
    with write_unit():
        keep_secret(person, key)
        keep_secret(begun, new_secret())
    return unsubscribe_token(person.public_id, "digest")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, empty_database: EmptyDatabase) -> str:
    """An empty database for the backup."""
    return empty_database(request.param)


def signs_in(app: Flask, key: str, *, later: timedelta) -> None:
    """With the code that her app shows then."""
    client = PageClient(app)
    with time_machine.travel(now() + later):
        client.post("/fa/sign-in", {"name": "narges", "password": PASSWORD})
        client.post("/fa/second-factor", {"code": pyotp.TOTP(key).at(now())}, status=303)
        client.get("/fa/account/security")


def test_an_app_goes_on_to_work_where_the_secret_is_another(moved: Moved, url: str, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    Restore(Settings(here, url, HERE), (CORE,), (), print).run(moved.backup, CODE, force=False)
    with app_on(url, here, HERE) as app:
        signs_in(app, moved.key, later=timedelta())
        assert read_token(moved.link) == Unsubscription(narges().public_id, "digest")
        assert run_due(app, {"seal_again"}) == 1
    (here / SECRET_FILE).unlink()
    with app_on(url, here, HERE) as app:
        signs_in(app, moved.key, later=timedelta(minutes=1))
        assert not list(checks()["second factors"]())
        sealed = narges().totp_secret
        with write_unit():
            enqueue("seal_again", {})
        assert run_due(app, {"seal_again"}) == 1
        assert narges().totp_secret == sealed, "what is sealed rightly stays as it is"
    with app_on(url, here, "a third one"):
        assert secret_of(narges()) is None
        assert len(list(checks()["second factors"]())) == 2


def test_a_restore_says_that_it_sealed_anew(moved: Moved, tmp_path: Path) -> None:
    given = {"SECRET_KEY": HERE, "LMS_BACKUP_PASSPHRASE": CODE, "LMS_PLUGINS": ""}
    here = Installation(tmp_path / "here", given)
    told = here.lms("restore", str(moved.backup))
    assert "sealed anew" in told
    assert "set it to that" not in told
    with app_on(here.url, here.data, HERE) as app:
        (here.data / SECRET_FILE).unlink()
        signs_in(app, moved.key, later=timedelta())
    assert "second factors: good" in here.lms("check")


def narges() -> Person:
    """As the database has her."""
    db.session.rollback()
    return db.session.scalars(select(Person).where(Person.sign_in_name == "narges")).one()
