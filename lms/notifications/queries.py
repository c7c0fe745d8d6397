"""Who is told, and what a message is about."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select

from lms.accounts.models import Person
from lms.certification.models import CycleStep, LevelRule, StepKind
from lms.certification.queries import local_day
from lms.clock import today
from lms.db import Texts, db, text_of
from lms.i18n import language, reader
from lms.messages.kinds import Audience
from lms.messages.models import DigestTime, MessageChoice
from lms.notifications.models import Message
from lms.notifications.wording import BY_KIND, Wording
from lms.organizations.models import Grant, Network, NetworkMembership, Organization
from lms.organizations.queries import actor_of, in_force
from lms.security.actor import Actor, Role
from lms.setup import current_settings
from lms.text import isolate

#: What asks its receivers for a verdict, and the steps that are one (or leave none to give).
AWAITING = ("submitted", "proposed")
VERDICTS = frozenset({StepKind.RETURNED, StepKind.PROPOSED, StepKind.AWARDED, StepKind.WITHDRAWN})


@dataclass(frozen=True)
class Told:
    """A message with what it is about, ready to be put in words for a reader."""

    message: Message
    organization: Organization
    network: Network
    level: Texts
    #: What whoever decided said.
    reason: str

    @property
    def wording(self) -> Wording:
        """The words of its kind."""
        return BY_KIND[self.message.kind]

    @property
    def sentence(self) -> str:
        """What happened, in the reader's language: plain text."""
        return self.said(self.wording.sentence)

    @property
    def advice(self) -> str:
        """What a mail adds; empty where there is nothing to add."""
        text, days = self.wording.advice, {"ends": self.message.ends_on, "grace": self.message.grace_ends_on}
        named = [day for name, day in days.items() if f"%({name})s" in str(text)]
        return self.said(text) if all(day and day >= local_day(self.network, self.message.at) for day in named) else ""

    def said(self, text: str) -> str:
        """A text of the wording with its names and dates filled in."""
        return str(text) % {
            "organization": isolate(text_of(self.organization.names, language())),
            "level": isolate(text_of(self.level, language())),
            "ends": isolate(_day(self.message.ends_on)),
            "grace": isolate(_day(self.message.grace_ends_on)),
        }

    def is_for(self, actor: Actor) -> bool:
        """Whether it still concerns who was told: she may have left since."""
        if self.wording.kind.audience is Audience.MANAGERS:
            return self.organization.id in actor.organizations_as(Role.MANAGER)
        return self.network.id in actor.networks_as(Role.NETWORK_ADMIN)


def _day(day: date | None) -> str:
    return reader().day(day) if day else ""


def receivers(message: Message, day: date, but: int | None) -> list[Any]:
    """Who is to be told on a day, except person `but`, who did it; with what each chose. One statement."""
    kind = BY_KIND[message.kind].kind
    holds = _manages(message) if kind.audience is Audience.MANAGERS else _oversees(message, day)
    granted = select(Grant.person_id).where(holds, in_force(Grant, day))
    query = (
        select(
            *(Person.id, Person.email, Person.email_key, Person.country, Person.time_zone),
            *(MessageChoice.choice, DigestTime.weekday, DigestTime.hour),
        )
        .outerjoin(MessageChoice, (MessageChoice.person_id == Person.id) & (MessageChoice.kind == kind.key))
        .outerjoin(DigestTime, DigestTime.person_id == Person.id)
        .where(Person.id.in_(granted), Person.erased_at.is_(None))
        .order_by(Person.id)
    )
    return list(db.session.execute(query if but is None else query.where(Person.id != but)))


def _manages(message: Message) -> ColumnElement[bool]:
    return (Grant.role == Role.MANAGER) & (Grant.organization_id == message.organization_id)


def _oversees(message: Message, day: date) -> ColumnElement[bool]:
    """A network is told of its organizations as long as they are its members."""
    member = exists().where(
        NetworkMembership.organization_id == message.organization_id,
        NetworkMembership.network_id == message.network_id,
        in_force(NetworkMembership, day),
    )
    return (Grant.role == Role.NETWORK_ADMIN) & (Grant.network_id == message.network_id) & member


def told(message_ids: Collection[int]) -> dict[int, Told]:
    """Messages by their ids, with what they are about, in their order; one statement."""
    return _told(_about().where(Message.id.in_(message_ids)))


def is_answered(message: Message) -> bool:
    """Whether the verdict that a message asks for was given after it."""
    if message.kind not in AWAITING or message.step_id is None:
        return False
    later = (CycleStep.cycle_id == message.cycle_id, CycleStep.id > message.step_id, CycleStep.kind.in_(VERDICTS))
    return bool(db.session.scalar(select(exists().where(*later))))


def told_to(person_id: int, found: Iterable[Told]) -> list[Told]:
    """Those that still concern a person."""
    actor = actor_of(person_id)
    return [each for each in found if each.is_for(actor)]


def _about() -> Select[Any]:
    newest = (
        select(LevelRule.names)
        .where(LevelRule.level_id == Message.level_id)
        .order_by(LevelRule.id.desc())
        .limit(1)
        .correlate(Message)
        .scalar_subquery()
    )
    return (
        select(Message, Organization, Network, newest, CycleStep.reason)
        .join(Organization, Organization.id == Message.organization_id)
        .join(Network, Network.id == Message.network_id)
        .outerjoin(CycleStep, CycleStep.id == Message.step_id)
        .order_by(Message.id)
    )


def _told(query: Select[Any]) -> dict[int, Told]:
    rows = db.session.execute(query)
    return {
        message.id: Told(message, organization, network, level or {}, reason or "")
        for message, organization, network, level, reason in rows
        if message.kind in BY_KIND
    }


def person_by_public_id(public_id: str) -> Person | None:
    """A person who is there still, by her public id."""
    return db.session.scalars(select(Person).where(Person.public_id == public_id, Person.erased_at.is_(None))).first()


def time_zone_of(person: Person) -> str:
    """A person's time zone: hers, else her network's, else the site's."""
    return person.zone_or("") or _network_zone(person.id) or current_settings().time_zone


def _network_zone(person_id: int) -> str | None:
    """Of the network that she has a role in, or whose organization she manages; the oldest where there are several."""
    mine = (Grant.person_id == person_id) & in_force(Grant, today())
    query = (
        select(Network.time_zone)
        .join(NetworkMembership, NetworkMembership.network_id == Network.id, isouter=True)
        .join(
            Grant,
            (Grant.network_id == Network.id)
            | ((Grant.organization_id == NetworkMembership.organization_id) & in_force(NetworkMembership, today())),
        )
        .where(mine)
        .order_by(Network.id)
        .limit(1)
    )
    return db.session.scalar(query)
