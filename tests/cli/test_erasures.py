"""Whoever was erased after a backup was made is erased again when it is restored."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.services import erase_person
from lms.backup.erasures import ERASURES, _erasers, append_erasure, eraser, note_erasure, noted_erasures
from lms.clock import now
from lms.db import db, write_unit
from lms.jobs.worker import run_due
from tests.cli.filling import app_on
from tests.cli.test_backup import back_up, restore, settings_of
from tests.factories import make_person

UNKNOWN = UUID(int=7)


@pytest.fixture
def erased() -> Iterator[list[UUID]]:
    """Who is erased, in place of the accounts' own eraser."""
    others, done = _erasers.copy(), list[UUID]()
    _erasers.clear()
    eraser(done.append)
    yield done
    _erasers[:] = others


def test_an_erasure_is_noted_once_it_is_committed(tmp_path: Path, erased: list[UUID]) -> None:
    settings = settings_of(tmp_path / "first")
    with app_on(settings.database_url, settings.data) as app:
        with write_unit():
            note_erasure(UNKNOWN)
        assert noted_erasures(settings.data / ERASURES) == []
        run_due(app)
        append_erasure({"uid": UNKNOWN.hex})
    assert noted_erasures(settings.data / ERASURES) == [UNKNOWN]
    with (settings.data / ERASURES).open("a") as file:
        file.write('{"uid": "cut o')
    assert noted_erasures(settings.data / ERASURES) == [UNKNOWN]


def test_a_restore_erases_again_whoever_was_erased_before_or_since(tmp_path: Path, erased: list[UUID]) -> None:
    settings = settings_of(tmp_path / "first")
    with app_on(settings.database_url, settings.data) as app:
        before, since = make_person().uid, make_person().uid
        with write_unit():
            note_erasure(before)
        run_due(app)
    backup = back_up(settings, tmp_path / "one.backup")
    with app_on(settings.database_url, settings.data) as app:
        with write_unit():
            note_erasure(since)
        run_due(app)
    erased.clear()
    restore(settings, backup, force=True)
    with app_on(settings.database_url, settings.data) as app:
        run_due(app, only={"erase_again"})
        assert db.session.scalars(select(Person.uid)).all()
    assert erased == [before, since]
    assert noted_erasures(settings.data / ERASURES) == [before, since]


def test_a_backup_carries_the_list_to_another_machine(tmp_path: Path, erased: list[UUID]) -> None:
    first, second = settings_of(tmp_path / "first"), settings_of(tmp_path / "second")
    with app_on(first.database_url, first.data) as app:
        with write_unit():
            note_erasure(UNKNOWN)
        run_due(app)
    restore(second, back_up(first, tmp_path / "one.backup"))
    assert noted_erasures(second.data / ERASURES) == [UNKNOWN]


def test_the_accounts_own_eraser_is_asked(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "first")
    with app_on(settings.database_url, settings.data):
        person, other = make_person(display_name="مریم رستمی").id, make_person(display_name="سارا").id
    backup = back_up(settings, tmp_path / "one.backup")
    with app_on(settings.database_url, settings.data) as app:
        with write_unit():
            erase_person(db.session.get_one(Person, person), now())
        run_due(app, only={"note_erasure"})
    restore(settings, backup, force=True)
    with app_on(settings.database_url, settings.data) as app:
        assert run_due(app, only={"erase_again"}) == 1
        assert db.session.get_one(Person, person).display_name == ""
        assert db.session.get_one(Person, other).display_name == "سارا"
