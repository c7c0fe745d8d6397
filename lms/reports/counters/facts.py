"""The facts that are counted, read for some people at a time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, bindparam, select

from lms.accounts.models import Person
from lms.db import db, read
from lms.organizations.models import Membership, Network, NetworkMembership
from lms.progress.models import Enrolment, Gain, ModuleCompletion
from lms.reports.counters import days as sets
from lms.reports.counters.contributions import Belonging, Done, Gained, Learning
from lms.reports.counters.days import Days, interval

_SEATS: Any = (
    select(
        Membership.person_id,
        Membership.organization_id,
        Membership.starts_on,
        Membership.ends_on,
        NetworkMembership.network_id,
        NetworkMembership.starts_on.label("linked_on"),
        NetworkMembership.ends_on.label("linked_until"),
        Network.time_zone,
        Person.erased_at,
    )
    .join(Person, Person.id == Membership.person_id)
    .outerjoin(NetworkMembership, NetworkMembership.organization_id == Membership.organization_id)
    .outerjoin(Network, Network.id == NetworkMembership.network_id)
    .where(Membership.confirmed_at.is_not(None))
)
_HER_SEATS: Any = _SEATS.where(Membership.person_id == bindparam("person", type_=Integer()))
_COMPLETIONS: Any = select(
    ModuleCompletion.person_id,
    ModuleCompletion.module_id,
    ModuleCompletion.edition_id,
    ModuleCompletion.language,
    ModuleCompletion.occurred_at,
)
_HER_COMPLETIONS: Any = _COMPLETIONS.where(
    ModuleCompletion.person_id == bindparam("person", type_=Integer()),
    ModuleCompletion.module_id == bindparam("module", type_=Integer()),
)
_ENROLMENTS = select(Enrolment.person_id, Enrolment.module_id, Enrolment.occurred_at)
_GAINS = select(Gain.person_id, Gain.module_id, Gain.before, Gain.after)


@dataclass(frozen=True)
class Facts:
    """What is known of a person that counts."""

    belonging: Belonging
    learning: Learning
    is_erased: bool


def facts_beside(person_id: int, learning: Learning) -> Facts:
    """The facts about a person whose learning is known: one statement."""
    return _facts(read(_HER_SEATS, person=person_id), learning)


def completions_of(person_id: int, module_id: int) -> list[Done]:
    """A person's completions of a module: one statement."""
    return [Done._make(row[1:]) for row in read(_HER_COMPLETIONS, person=person_id, module=module_id)]


def facts_of(person_ids: Sequence[int]) -> dict[int, Facts]:
    """Person id to the facts about her: four statements, however many people."""
    seats: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(_SEATS.where(Membership.person_id.in_(person_ids))):
        seats[row.person_id].append(row)
    done: dict[int, list[Done]] = defaultdict(list)
    for row in db.session.execute(_COMPLETIONS.where(ModuleCompletion.person_id.in_(person_ids))):
        done[row.person_id].append(Done(*row[1:]))
    begun: dict[int, dict[int, Any]] = defaultdict(dict)
    for person, module, at in db.session.execute(_ENROLMENTS.where(Enrolment.person_id.in_(person_ids))):
        begun[person][module] = at
    gains: dict[int, dict[int, Gained]] = defaultdict(dict)
    for person, module, *gained in db.session.execute(_GAINS.where(Gain.person_id.in_(person_ids))):
        gains[person][module] = Gained(*gained)
    return {
        person: _facts(seats[person], Learning(begun[person], done[person], gains[person])) for person in person_ids
    }


def _facts(rows: Any, learning: Learning) -> Facts:
    member: dict[int, Days] = {}
    linked: dict[tuple[int, int], Days] = {}
    zones: dict[int, str] = {}
    is_erased = False
    for _person, organization, first, until, network, linked_on, linked_until, zone, erased_at in rows:
        is_erased = erased_at is not None
        _add(member, organization, first, until)
        if network is not None:
            _add(linked, (network, organization), linked_on, linked_until)
            zones[network] = zone
    return Facts(Belonging(member, linked, zones), learning, is_erased)


def _add(known: dict[Any, Days], key: Any, first: date, until: date | None) -> None:
    days = interval(first, until)
    known[key] = sets.union((known[key], days)) if key in known else days


def people_of(organization_id: int, after: int = 0, most: int = 500) -> list[int]:
    """Ids of people who have ever belonged to an organization, in order, from behind one of them."""
    return list(
        db.session.scalars(
            select(Membership.person_id)
            .where(
                Membership.organization_id == organization_id,
                Membership.confirmed_at.is_not(None),
                Membership.person_id > after,
            )
            .distinct()
            .order_by(Membership.person_id)
            .limit(most)
        )
    )
