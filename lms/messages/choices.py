"""Reading and writing what people chose about messages."""

from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from lms.db import db
from lms.messages.kinds import Choice, message_kinds
from lms.messages.models import MORNING, DigestTime, MessageChoice

ONE_DAY = timedelta(days=1)


def choices_of(person_id: int) -> dict[str, Choice]:
    """Key of every kind to what holds for a person."""
    query = select(MessageChoice.kind, MessageChoice.choice).where(MessageChoice.person_id == person_id)
    chosen = {kind: Choice(choice) for kind, choice in db.session.execute(query)}
    return {key: chosen.get(key, kind.default) for key, kind in message_kinds().items()}


def choose(person_id: int, choices: Mapping[str, Choice]) -> None:
    """Store what a person chose of these kinds. Raises KeyError for an unknown kind, ValueError for what it has not."""
    for key, choice in choices.items():
        if choice not in message_kinds()[key].choices:
            raise ValueError(f"{key} does not come as {choice}")
    db.session.execute(
        delete(MessageChoice).where(MessageChoice.person_id == person_id, MessageChoice.kind.in_(choices))
    )
    db.session.add_all(MessageChoice(person_id=person_id, kind=key, choice=each) for key, each in choices.items())


def refusing(kind: str, person_ids: Collection[int]) -> set[int]:
    """Who of these people wants no mail of the kind; one statement."""
    query = select(MessageChoice.person_id).where(
        MessageChoice.kind == kind, MessageChoice.choice == Choice.NONE, MessageChoice.person_id.in_(person_ids)
    )
    return set(db.session.scalars(query))


def digest_time_of(person_id: int) -> DigestTime | None:
    """When a person's digest comes, where she chose it."""
    return db.session.scalars(select(DigestTime).where(DigestTime.person_id == person_id)).one_or_none()


def choose_digest_time(person_id: int, weekday: int | None, hour: int) -> None:
    """Store when a person's digest comes."""
    found = digest_time_of(person_id)
    if found is None:
        db.session.add(DigestTime(person_id=person_id, weekday=weekday, hour=hour))
    else:
        found.weekday, found.hour = weekday, hour


def next_digest(now: datetime, zone: str, weekday: int | None = None, hour: int = MORNING) -> datetime:
    """The first instant after `now` at which it is that hour (on that day of the week) in a time zone."""
    local = now.astimezone(ZoneInfo(zone))
    day = local.date()
    while True:
        found = datetime.combine(day, time(hour), ZoneInfo(zone))
        if found > local and weekday in (None, day.weekday()):
            return found.astimezone(now.tzinfo)
        day += ONE_DAY


def forget_choices(person_id: int) -> None:
    """Drop all that a person chose."""
    for model in (MessageChoice, DigestTime):
        db.session.execute(delete(model).where(model.person_id == person_id))
