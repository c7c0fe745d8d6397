"""Beginning to write where pages have read."""

import sqlite3

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, literal, select
from sqlalchemy.exc import OperationalError

from lms.accounts.models import Person
from lms.db import db, prepare_sqlite, read, write_unit
from tests.factories import make_person


def renamed(person: Person, name: str) -> None:
    with write_unit():
        person.display_name = name


def test_who_found_the_database_busy_can_try_again(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("only SQLite has one lock for all")
    person = make_person()
    db.session.rollback()
    read(select(literal(1)))
    db.session.connection().exec_driver_sql("PRAGMA busy_timeout=0")
    other = sqlite3.connect(str(db.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for name in ("first", "second"):
        with pytest.raises(OperationalError, match="locked"):
            renamed(person, name)
        read(select(literal(1)))
        db.session.connection().exec_driver_sql("PRAGMA busy_timeout=0")
    other.execute("ROLLBACK")
    other.close()
    renamed(person, "third")
    assert read(select(func.count()).where(Person.display_name == "third")).scalar_one() == 1


def test_a_transaction_begins_without_an_engine_that_tells_of_every_statement() -> None:
    engine = create_engine("sqlite://")
    prepare_sqlite(engine)
    assert not engine._has_events
    with engine.begin() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        assert driver.in_transaction
    assert not driver.in_transaction
