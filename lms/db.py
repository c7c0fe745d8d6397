"""The database: the base of all models, the engine's settings, and the one place where a transaction is committed."""

import sqlite3
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as BoundSession
from sqlalchemy import JSON, DateTime, Dialect, Engine, Executable, MetaData, Result, String, TypeDecorator, Uuid, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry
from sqlalchemy.pool import PoolProxiedConnection

from lms.formats import LANGUAGES
from lms.text import short_id, uuid7

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
WRITING = "lms_writing"
AT_HAND = "lms_connection"
READING_FROM = "lms_reading_from"


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime, stored without its zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


# Python's None is SQL's NULL, never the JSON value null.
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
SORT_KEY = String().with_variant(String(collation="C"), "postgresql")
"""Column type of what `lms.text.sort_key` gives: compared by code point, whatever the locale of the database."""
Texts = dict[str, str]
"""One text a language: {"fa": …, "ar": …, "en": …}."""


class Base(DeclarativeBase):
    """Base of every model: names its table itself, has an integer key."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: Instant(),
            uuid.UUID: Uuid(),
            dict[str, Any]: Json,
            dict[str, str]: Json,
            list[Any]: Json,
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)


class Exportable:
    """A row that leaves the installation in backups, packages and credentials: it carries a UUIDv7 of its own."""

    uid: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid7)


class Addressed:
    """A row that has a page: its address carries a short random id."""

    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=short_id)


class _Session(BoundSession):
    """A session whose present transaction may read from another engine (lms.replica)."""

    def get_bind(self, mapper: Any = None, clause: Any = None, bind: Any = None, **options: Any) -> Any:
        return bind or self.info.get(READING_FROM) or super().get_bind(mapper, clause, bind, **options)


db = SQLAlchemy(
    model_class=Base, session_options={"class_": _Session, "expire_on_commit": False}, disable_autonaming=True
)


def init_db(app: Flask, url: str) -> None:
    """Bind the app to the database at `url` (SQLAlchemy form)."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)


def prepare_sqlite(engine: Engine) -> None:
    """WAL, foreign keys, full durability, and transactions that begin when and how we say."""

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    def begin(dbapi_connection: PoolProxiedConnection) -> None:
        _on_driver(dbapi_connection, "BEGIN")

    # No listener to "begin": an engine that has one tells of every statement, and that is a quarter of what one costs.
    engine.dialect.do_begin = begin  # type: ignore[method-assign]


def begin_to_write(connection: Connection) -> None:
    """End what was read on a connection to SQLite, and take the write lock.

    At once: a transaction that reads first and writes later fails immediately when another wrote in between, whatever
    the busy timeout. Raises OperationalError where the lock is not to be had.
    """
    _on_driver(connection.connection, "ROLLBACK")
    try:
        _on_driver(connection.connection, "BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise OperationalError("BEGIN IMMEDIATE", None, error) from error


def _on_driver(connection: PoolProxiedConnection, statement: str) -> None:
    """Run what has no values past SQLAlchemy, which makes of it what it makes of any statement."""
    driver: Any = connection.driver_connection
    driver.execute(statement)


def read(statement: Executable, **values: object) -> Result[Any]:
    """Run a statement built once (with bindparam) in the present transaction, past the ORM: for pages that all ask for.

    Building a statement costs more than running it; its rows are tuples, not models.
    """
    return the_connection().execute(statement, values)


def the_connection() -> Connection:
    """The connection of the present transaction, for statements past the ORM.

    The session looks for it anew each time; while a transaction lasts it is the same one.
    """
    session = db.session()
    found = _at_hand(session)
    if found is None:
        found = session.connection()
        session.info[AT_HAND] = (session.get_transaction(), found)
    return found


def _at_hand(session: Session) -> Connection | None:
    """The connection of a session's present transaction, where it was asked for already."""
    transaction, found = session.info.get(AT_HAND) or (None, None)
    return found if transaction is session.get_transaction() else None


@contextmanager
def write_unit() -> Iterator[Session]:
    """Run the block in one write transaction: committed at its end, rolled back when it raises.

    What was read before is forgotten and read again inside. Raises RuntimeError in a request that must not write.
    """
    if has_request_context() and request.method in ("GET", "HEAD", "OPTIONS"):
        raise RuntimeError(f"{request.method} {request.endpoint} tried to write")
    session = db.session()
    try:
        # Inside: where the lock is not to be had, the connection is given back as it should be.
        _take_the_lock(session)
        session.info[WRITING] = True
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(WRITING, None)


def _take_the_lock(session: Session) -> None:
    """End what was read and begin to write; on SQLite on the connection at hand, where there is one.

    Giving it back and asking for it again would cost several times what saving an answer does.
    """
    found = _at_hand(session)
    if found is None or found.dialect.name != "sqlite" or session.new or session.dirty or session.deleted:
        session.rollback()
        found = the_connection()
    if found.dialect.name == "sqlite":
        begin_to_write(found)
    session.expire_all()


def read_snapshot() -> None:
    """Read all that follows from one state of the database, whatever is written meanwhile.

    SQLite's transactions are so anyway; PostgreSQL is asked for it, and what was read before is read again.
    """
    if db.engine.dialect.name == "postgresql":
        session = db.session()
        session.rollback()
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


@event.listens_for(Session, "before_flush")
def _refuse_stray_writes(session: Session, _context: object, _instances: object) -> None:
    if not session.info.get(WRITING):
        raise RuntimeError("a row changed outside of a write unit")


def text_of(texts: Mapping[str, str] | None, language: str) -> str:
    """The text in `language`, else in the first language that has one."""
    if not texts:
        return ""
    return texts.get(language) or texts.get(language_of(texts, language), "")


def language_of(texts: Mapping[str, str] | None, language: str) -> str:
    """The language that `text_of` answers in."""
    if not texts or texts.get(language):
        return language
    # Not in the order of the mapping: PostgreSQL keeps none.
    return next((code for code in LANGUAGES if texts.get(code)), language)
