"""Saving answers: the hot path. One INSERT, one UPDATE, nothing read inside the transaction."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite

from lms.db import db, the_connection
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.quizzes.errors import AttemptClosed, KeyReused, TimeIsUp
from lms.quizzes.models import Attempt, AttemptQuestion, AttemptState, Response, Source
from lms.quizzes.queries import AnswerSlot, slot_of
from lms.quizzes.question_types import Answer

UID = re.compile("[A-Za-z0-9-]{1,36}")
LAST_SEQUENCE = 2**31 - 1


# Built once, on tables: building a statement costs ten times what running it does, and nothing here is to be loaded
# or flushed.
_RESPONSE = cast(Table, Response.__table__)
_QUESTION = cast(Table, AttemptQuestion.__table__)
INSERT = {
    "sqlite": sqlite.insert(_RESPONSE).on_conflict_do_nothing().inline(),
    "postgresql": postgresql.insert(_RESPONSE).on_conflict_do_nothing().inline(),
}
COUNTED = {"preserve_rowcount": True}
_IS_OPEN = exists().where(Attempt.id == bindparam("attempt"), Attempt.state == AttemptState.OPEN)
_HAS_NEWER = exists().where(
    # By the attempt first: its index makes the answer's key unique, and needs no other beside it.
    _RESPONSE.c.attempt_id == bindparam("attempt"),
    _RESPONSE.c.attempt_question_id == bindparam("question"),
    _RESPONSE.c.client_uid == bindparam("client"),
    _RESPONSE.c.sequence > bindparam("number"),
)
UPDATE = (
    update(_QUESTION)
    .where(_QUESTION.c.id == bindparam("question"), _QUESTION.c.checked_at.is_(None), _IS_OPEN, ~_HAS_NEWER)
    .values(
        answer=bindparam("given"),
        certainty=bindparam("sure"),
        language=bindparam("code"),
        saved_at=bindparam("now"),
    )
)


@dataclass(frozen=True)
class ClientKey:
    """What makes saving idempotent: who sends (a page that was opened), and the how-manieth thing it is."""

    uid: str
    sequence: int
    #: On what: browser and system, for her receipts.
    device: str = ""

    def __post_init__(self) -> None:
        """Raise DomainError for what is no key."""
        if not UID.fullmatch(self.uid) or not 0 <= self.sequence <= LAST_SEQUENCE:
            raise DomainError(_("This answer came without a usable key."))


@dataclass(frozen=True)
class Receipt:
    """What the server has: since when, and whether it is the answer that stands (not where a newer one does)."""

    saved_at: datetime
    accepted: bool


def save_response(
    attempt: Attempt,
    position: int,
    answer: Answer | None,
    *,
    client_uid: str,
    sequence: int,
    language: str,
    now: datetime,
    certainty: int | None = None,
) -> Receipt:
    """Save an answer (as its type's `read_answer` gave it) to the question at `position` of an attempt.

    A key seen before changes nothing and gets the first receipt again; an answer older than what the same client sent
    last is kept without taking its place. Raises TimeIsUp, AttemptClosed, KeyReused, DomainError.
    """
    slot = slot_of(attempt, position)
    if slot is None:
        raise DomainError(_("This quiz has no such question."))
    return save_in(slot, answer, ClientKey(client_uid, sequence), language, now, certainty)


def save_in(
    slot: AnswerSlot, answer: Answer | None, key: ClientKey, language: str, now: datetime, certainty: int | None = None
) -> Receipt:
    """`save_response` where the slot is known already."""
    refuse_late(slot, now)
    if not _receive(slot, answer, key, language, now, certainty):
        return _known(slot, answer, key, certainty)
    return Receipt(now, accepted=_take_place(slot, answer, key, language, now, certainty))


def refuse_late(slot: AnswerSlot, now: datetime) -> None:
    """Raise where nothing goes into the slot any more."""
    if slot.state != AttemptState.OPEN:
        raise AttemptClosed(_("You have submitted this attempt; its answers stand."))
    if slot.checked_at is not None:
        raise AttemptClosed(_("You had this answer judged; it stands."))
    if slot.closes_at is not None and now > slot.closes_at:
        raise TimeIsUp(_("The time is up. This answer came too late; those saved before it count."))


def _receive(
    slot: AnswerSlot, answer: Answer | None, key: ClientKey, language: str, now: datetime, certainty: int | None
) -> bool:
    """Store what came; False where this key came before.

    On PostgreSQL the row's foreign key locks the attempt until the commit, so that it is not graded in between.
    """
    row = received_row(slot, answer, key, language, now, certainty)
    connection = the_connection()
    return connection.execute(INSERT[connection.dialect.name], row, execution_options=COUNTED).rowcount == 1


def received_row(
    slot: AnswerSlot, answer: Answer | None, key: ClientKey, language: str, now: datetime, certainty: int | None
) -> dict[str, Any]:
    """What `INSERT` takes."""
    return {
        "attempt_id": slot.attempt_id,
        "attempt_question_id": slot.question_id,
        "client_uid": key.uid,
        "sequence": key.sequence,
        "answer": answer,
        "certainty": certainty,
        "language": language,
        "device": key.device,
        "occurred_at": now,
        "recorded_at": now,
        "source": Source.ONLINE,
    }


def _take_place(
    slot: AnswerSlot, answer: Answer | None, key: ClientKey, language: str, now: datetime, certainty: int | None
) -> bool:
    """Make it the answer that stands, unless its client has sent a newer one. Raises AttemptClosed."""
    values = standing_values(slot, answer, key, language, now, certainty)
    connection = the_connection()
    if connection.execute(UPDATE, values).rowcount == 1:
        return True
    if connection.scalar(select(_IS_OPEN), values):
        return False
    raise AttemptClosed(_("You have submitted this attempt; its answers stand."))


def standing_values(
    slot: AnswerSlot, answer: Answer | None, key: ClientKey, language: str, now: datetime, certainty: int | None
) -> dict[str, Any]:
    """What `UPDATE` takes."""
    return {
        "question": slot.question_id,
        "attempt": slot.attempt_id,
        "client": key.uid,
        "number": key.sequence,
        "given": answer,
        "sure": certainty,
        "code": language,
        "now": now,
    }


def _known(slot: AnswerSlot, answer: Answer | None, key: ClientKey, certainty: int | None) -> Receipt:
    """The receipt of a key that came before. Raises KeyReused where it came with something else."""
    found = db.session.execute(
        select(
            Response.attempt_question_id,
            Response.answer,
            Response.certainty,
            Response.recorded_at,
            AttemptQuestion.saved_at,
        )
        .join(AttemptQuestion, AttemptQuestion.id == Response.attempt_question_id)
        .where(
            Response.attempt_id == slot.attempt_id, Response.client_uid == key.uid, Response.sequence == key.sequence
        )
    ).one()
    if (found.attempt_question_id, found.answer, found.certainty) != (slot.question_id, answer, certainty):
        raise KeyReused(_("This answer came with the key of another one. Load the page again."))
    return Receipt(found.recorded_at, accepted=found.recorded_at == found.saved_at)


def set_flag(attempt: Attempt, position: int, *, flagged: bool) -> None:
    """Mark a question for later review, or take the mark away. Raises AttemptClosed."""
    if attempt.state != AttemptState.OPEN:
        raise AttemptClosed(_("You have submitted this attempt; its answers stand."))
    db.session.execute(
        update(AttemptQuestion)
        .where(AttemptQuestion.attempt_id == attempt.id, AttemptQuestion.position == position)
        .values(flagged=flagged)
    )
