"""Telling people, in the transaction of what happened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from lms.accounts.locking import lock_person
from lms.accounts.services import note_settled, notify_all
from lms.certification.models import Cycle
from lms.certification.queries import local_day
from lms.db import db
from lms.formats.countries import zone_of
from lms.jobs import enqueue_all, insert_of
from lms.messages.choices import choices_of, choose, choose_digest_time, next_digest
from lms.messages.kinds import Choice
from lms.messages.models import MORNING
from lms.messages.services import mail_is_on
from lms.notifications.models import DigestEntry, Message
from lms.notifications.queries import AWAITING, receivers
from lms.notifications.wording import BY_KIND
from lms.organizations.models import Grant, Network
from lms.text import uuid7

NOTICE, MAIL = "certification", "message"


def tell(message: Message, actor_id: int | None, now: datetime) -> None:
    """Tell everybody whom a message concerns, in the product and as each chose by mail; the same event once.

    A fixed number of statements, however many they are.
    """
    network = db.session.get_one(Network, message.network_id)
    found = receivers(message, local_day(network, now), actor_id)
    message_id = _written(message) if found else None
    if message_id is None:
        return
    notify_all([row.id for row in found], NOTICE, message_id, now)
    by_mail = [(row, _choice(message, row)) for row in found if row.email and row.email_key and mail_is_on()]
    at_once = [row.id for row, choice in by_mail if choice is Choice.AT_ONCE]
    enqueue_all(MAIL, {f"message:{message_id}:{id_}": {"message": message_id, "person": id_} for id_ in at_once})
    _keep_for_digests(message_id, [row for row, choice in by_mail if choice is Choice.DIGEST], network, now)


def settle(cycle: Cycle, now: datetime) -> None:
    """The verdict that a network's admins were asked for on a cycle is given: nobody is told any more that it waits."""
    asked = select(Message.id).where(
        Message.organization_id == cycle.organization_id, Message.cycle_id == cycle.id, Message.kind.in_(AWAITING)
    )
    admins = select(Grant.person_id).where(Grant.network_id == cycle.network_id)
    note_settled(admins, NOTICE, asked, now)
    db.session.execute(delete(DigestEntry).where(DigestEntry.message_id.in_(asked)))


def _choice(message: Message, row: Any) -> Choice:
    return Choice(row.choice) if row.choice else BY_KIND[message.kind].kind.default


def _written(message: Message) -> int | None:
    """The id of the message's new row; None where the event was told before."""
    columns = ("kind", "key", "at", "organization_id", "network_id", "level_id", "cycle_id", "step_id")
    values = {name: getattr(message, name) for name in (*columns, "ends_on", "grace_ends_on")}
    uid: UUID = uuid7()
    insert = insert_of(Message).values(uid=uid, **values).on_conflict_do_nothing(index_elements=[Message.key])
    found: int | None = db.session.scalar(insert.returning(Message.id))
    return found


def _keep_for_digests(message_id: int, rows: list[Any], network: Network, now: datetime) -> None:
    waiting = [
        {"person_id": row.id, "message_id": message_id, "due_at": _due(row, network.time_zone, now)} for row in rows
    ]
    if waiting:
        db.session.execute(insert_of(DigestEntry).values(waiting))


def _due(row: Any, zone: str, now: datetime) -> datetime:
    hour = MORNING if row.hour is None else row.hour
    return next_digest(now, row.time_zone or zone_of(row.country) or zone, row.weekday, hour)


def change_choices(
    person_id: int, choices: dict[str, Choice], weekday: int | None, hour: int, zone: str, now: datetime
) -> None:
    """Store what a person chose; what waits for her digest comes at its new time, and what she refuses not at all."""
    lock_person(person_id)
    choose(person_id, choices)
    choose_digest_time(person_id, weekday, hour)
    _drop_from_digest(person_id, choices)
    waiting = update(DigestEntry).where(DigestEntry.person_id == person_id, DigestEntry.asked_at.is_(None))
    db.session.execute(waiting.values(due_at=next_digest(now, zone, weekday, hour)))


def end_mails(person_id: int, kind: str | None) -> None:
    """No more mails of a kind come to a person; None: none of all that now comes in her digest."""
    kinds = [kind] if kind else [key for key, each in choices_of(person_id).items() if each is Choice.DIGEST]
    refused = dict.fromkeys(kinds, Choice.NONE)
    lock_person(person_id)
    choose(person_id, refused)
    _drop_from_digest(person_id, refused)


def _drop_from_digest(person_id: int, choices: Mapping[str, Choice]) -> None:
    refused = [key for key, each in choices.items() if each is Choice.NONE]
    of_kinds = select(Message.id).where(Message.kind.in_(refused))
    db.session.execute(
        delete(DigestEntry).where(DigestEntry.person_id == person_id, DigestEntry.message_id.in_(of_kinds))
    )
