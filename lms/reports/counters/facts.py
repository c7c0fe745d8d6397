"""The facts that are counted, read for some people at a time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, and_, bindparam, select

from lms.accounts.models import Person
from lms.db import db, read
from lms.organizations.models import Membership, Network, NetworkMembership
from lms.progress.models import Enrolment, Gain, ModuleCompletion
from lms.reports.counters import days as sets
from lms.reports.counters.days import Days, interval
from lms.reports.counters.known import Arrival, Belonging, Done, Gained, Learning
from lms.training.models import Module, ModuleVersion

_SEATS: Any = (
    select(
        Membership.person_id,
        Membership.organization_id,
        Membership.starts_on,
        Membership.ends_on,
        Membership.confirmed_at,
        Membership.invited_at,
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
_ENROLMENTS = select(Enrolment.person_id, Enrolment.module_id, Enrolment.occurred_at)
_PUBLISHED: Any = select(ModuleVersion.module_id, ModuleVersion.published_at).where(ModuleVersion.number == 1)
_PERSON, _MODULE = bindparam("person", type_=Integer()), bindparam("module", type_=Integer())
#: A module's publication, with when she began it and each of her completions, nothing where there is none.
_HER_LEARNING: Any = (
    select(
        ModuleVersion.published_at,
        Enrolment.occurred_at.label("begun_at"),
        ModuleCompletion.edition_id,
        ModuleCompletion.language,
        ModuleCompletion.occurred_at.label("done_at"),
    )
    .select_from(Module)
    .outerjoin(ModuleVersion, and_(ModuleVersion.module_id == Module.id, ModuleVersion.number == 1))
    .outerjoin(Enrolment, and_(Enrolment.module_id == Module.id, Enrolment.person_id == _PERSON))
    .outerjoin(ModuleCompletion, and_(ModuleCompletion.module_id == Module.id, ModuleCompletion.person_id == _PERSON))
    .where(Module.id == _MODULE)
)
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


def learning_of(person_id: int, module_id: int) -> Learning:
    """What a person did with a module: one statement."""
    begun: dict[int, datetime] = {}
    published: dict[int, datetime] = {}
    done: list[Done] = []
    for row in read(_HER_LEARNING, person=person_id, module=module_id):
        if row.published_at is not None:
            published[module_id] = row.published_at
        if row.begun_at is not None:
            begun[module_id] = row.begun_at
        if row.done_at is not None:
            done.append(Done(module_id, row.edition_id, row.language, row.done_at))
    return Learning(begun, done, published)


def facts_of(person_ids: Sequence[int]) -> dict[int, Facts]:
    """Person id to the facts about her: five statements, however many people."""
    seats: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(_SEATS.where(Membership.person_id.in_(person_ids))):
        seats[row.person_id].append(row)
    done: dict[int, list[Done]] = defaultdict(list)
    for row in db.session.execute(_COMPLETIONS.where(ModuleCompletion.person_id.in_(person_ids))):
        done[row.person_id].append(Done(*row[1:]))
    begun: dict[int, dict[int, Any]] = defaultdict(dict)
    for person, module, at in db.session.execute(_ENROLMENTS.where(Enrolment.person_id.in_(person_ids))):
        begun[person][module] = at
    modules = {each.module_id for hers in done.values() for each in hers}
    published = dict(db.session.execute(_PUBLISHED.where(ModuleVersion.module_id.in_(modules))).all())
    gains: dict[int, dict[int, Gained]] = defaultdict(dict)
    for person, module, *gained in db.session.execute(_GAINS.where(Gain.person_id.in_(person_ids))):
        gains[person][module] = Gained(*gained)
    return {
        person: _facts(seats[person], Learning(begun[person], done[person], published, gains[person]))
        for person in person_ids
    }


def _facts(rows: Any, learning: Learning) -> Facts:
    member: dict[int, Days] = {}
    linked: dict[tuple[int, int], Days] = {}
    zones: dict[int, str] = {}
    arrivals: dict[int, frozenset[Arrival]] = {}
    is_erased = False
    for row in rows:
        is_erased = row.erased_at is not None
        organization, came = row.organization_id, Arrival(row.starts_on, row.confirmed_at, row.invited_at)
        _add(member, organization, row.starts_on, row.ends_on)
        arrivals[organization] = arrivals.get(organization, frozenset()) | {came}
        if row.network_id is not None:
            _add(linked, (row.network_id, organization), row.linked_on, row.linked_until)
            zones[row.network_id] = row.time_zone
    return Facts(Belonging(member, linked, zones, arrivals), learning, is_erased)


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
