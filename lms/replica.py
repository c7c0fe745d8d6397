"""Reports are read from a replica of the database, where there is one: they wait for no learner, and none for them."""

import logging
import time
from datetime import UTC, datetime

from flask import Flask, current_app
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import InvalidRequestError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session, SessionTransaction

from lms.clock import now
from lms.db import READING_FROM, db, read_snapshot

PATIENCE, PAUSE = 2, 30
"""Seconds that a replica has to answer, and for which it is not asked again when it did not."""
_STATE = text("SELECT pg_is_in_recovery(), pg_last_xact_replay_timestamp()")
_SNAPSHOT = {"isolation_level": "REPEATABLE READ"}
log = logging.getLogger(__name__)


class Replica:
    """A replica, and whether it may be asked."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = create_engine(url, connect_args={"connect_timeout": PATIENCE}, pool_pre_ping=True)
        self._not_before = 0.0

    @property
    def is_resting(self) -> bool:
        """Whether it has failed a moment ago."""
        return time.monotonic() < self._not_before

    def rest(self, reason: str) -> None:
        """Leave it alone for a while, and say so in the log."""
        self._not_before = time.monotonic() + PAUSE
        log.warning("replica", extra={"facts": {"error": reason, "read_from": "database"}})

    def replayed_until(self) -> datetime | None:
        """The moment up to which it has everything; None where that cannot be known.

        Asked in a transaction before that of the report, so that the report never has less than it says.
        """
        with self.engine.connect() as connection:
            recovering, replayed = connection.execute(_STATE).one()
        if not recovering:
            return now()
        return replayed.astimezone(UTC) if replayed else None


def init_replica(app: Flask, url: str) -> None:
    """Know the replica of the settings; nothing is asked yet."""
    app.extensions["lms_replica"] = Replica(url) if url else None


def read_for_report() -> datetime:
    """Read all that follows, up to the end of the transaction, from one state; gives the moment that it is of.

    From the replica where there is one that answers, else from the database itself, which is of now. What was read
    before is read again.
    """
    replica: Replica | None = current_app.extensions["lms_replica"]
    if replica is not None and not replica.is_resting:
        try:
            moment = replica.replayed_until()
            if moment is None:
                replica.rest("nothing replayed")
            elif _bound(db.session(), replica.engine):
                return min(moment, now())
        except OperationalError as error:
            replica.rest(type(error).__name__)
    read_snapshot()
    return now()


def _bound(session: Session, engine: Engine) -> bool:
    """Bind what the session reads to the engine; False where that lacks a row which the request has found already."""
    found = list(session.identity_map.values())
    session.rollback()
    session.info[READING_FROM] = engine
    try:
        session.connection(execution_options=_SNAPSHOT)
        for row in found:
            session.refresh(row)
    except SQLAlchemyError as error:
        session.rollback()
        session.info.pop(READING_FROM, None)
        if not isinstance(error, InvalidRequestError):
            raise
        log.info("replica", extra={"facts": {"behind": True, "read_from": "database"}})
        return False
    return True


@event.listens_for(Session, "after_transaction_end")
def _release(session: Session, transaction: SessionTransaction) -> None:
    """The next transaction is the database's own."""
    if transaction.parent is None:
        session.info.pop(READING_FROM, None)
