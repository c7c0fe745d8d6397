"""Counting everything again from the facts: for `lms check`, its repair, and data that was stored in bulk.

Organization by organization, so that memory does not grow with the network; of the whole networks' counters, which
are few, all are held.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from lms.checks import register_check, register_repair
from lms.clock import today
from lms.db import db, read_snapshot, write_unit
from lms.jobs import job_kind
from lms.organizations.models import Membership, Network, NetworkMembership, Organization
from lms.reports.counters.applying import apply, difference, note_shared
from lms.reports.counters.contributions import SETTLED, Changes, Key, contributions, horizon
from lms.reports.counters.facts import Facts, facts_of, people_of
from lms.reports.counters.models import ANY, COUNTER, SHARED_PERSON, STOCK, WAIT_COUNTER
from lms.reports.counters.waits import WaitKey

LEASE = timedelta(hours=1)
TITLE = "counters of the reports"
BATCH = 500
Say = Callable[[int], None]
"""Told how many people were counted since it was told last."""


def _quietly(_people: int) -> None:
    """Tell nobody."""


def to_count() -> int:
    """How many people a recount will look at: each once for every organization that she ever belonged to."""
    pairs = select(Membership.organization_id, Membership.person_id).where(Membership.confirmed_at.is_not(None))
    return db.session.scalar(select(func.count()).select_from(pairs.distinct().subquery())) or 0


def counted(say: Say = _quietly) -> Iterator[Changes]:
    """What the facts say: of each organization in turn, then of all networks."""
    whole: Changes = Counter()
    for organization_id in db.session.scalars(select(Organization.id).order_by(Organization.id)).all():
        yield _of_organization(organization_id, whole, say)
    yield _told(whole)


def _of_organization(organization_id: int, whole: Changes, say: Say) -> Changes:
    """What its people count for in it; what they count for in its networks is added to `whole`."""
    own: Changes = Counter()
    settled, last = horizon(today()), 0
    while people := people_of(organization_id, last, BATCH):
        for facts in facts_of(people).values():
            of_her = contributions(facts.belonging, facts.learning, is_erased=facts.is_erased, settled=settled)
            for key, change in of_her.items():
                if key.organization_id == organization_id:
                    own[key] += change
                elif key.organization_id == ANY and _is_first(organization_id, key.network_id, facts):
                    whole[key] += change
        last = people[-1]
        say(len(people))
    return _told(own)


def _is_first(organization_id: int, network_id: int, facts: Facts) -> bool:
    """Whoever belongs to a network by several organizations is counted with the first of them."""
    belonging = facts.belonging
    return organization_id == min(organization for network, organization in belonging.linked if network == network_id)


def _told(counter: Changes) -> Changes:
    return Counter({key: change for key, change in counter.items() if change})


def kept() -> Iterator[Changes]:
    """What is kept, in the same order, with what was settled since it was written."""
    settled = horizon(today())
    for organization_id in db.session.scalars(select(Organization.id).order_by(Organization.id)).all():
        yield _kept(organization_id, settled)
    yield _kept(ANY, settled)


def _kept(organization_id: int, settled: date) -> Changes:
    columns = (*COUNTER.primary_key.columns, COUNTER.c.change)
    networks = [ANY, *db.session.scalars(select(Network.id))]
    query = select(*columns).where(COUNTER.c.network_id.in_(networks), COUNTER.c.organization_id == organization_id)
    found: Changes = Counter()
    for *key, change in db.session.execute(query):
        found[_settled(Key(*key), settled)] += change
    if organization_id == ANY:
        waits = select(WAIT_COUNTER).where(WAIT_COUNTER.c.network_id.in_(networks))
        found.update({WaitKey(*key): change for *key, change in db.session.execute(waits)})
    return _told(found)


def _settled(key: Key, settled: date) -> Key:
    return key._replace(day=SETTLED) if key.kind in STOCK and key.day <= settled else key


@register_check(TITLE)
def differences() -> Iterator[str]:
    """Every counter that is not what the facts say; both are read from one state of the database."""
    read_snapshot()
    for right, found in zip(counted(), kept(), strict=True):
        for key in sorted(difference(right, found), key=lambda key: key.in_words):
            yield f"{key.in_words}: {found[key]}, and the facts say {right[key]}"
    yield from (f"person {person} belonged to several organizations, and is not noted" for person in _unnoted())


@register_repair(TITLE)
def repair() -> int:
    """Make every counter what the facts say, and say how many were not. Nobody else may write meanwhile."""
    mended = 0
    for right, found in zip(counted(), kept(), strict=True):
        wrong = difference(right, found)
        apply(wrong)
        mended += len(wrong)
    unnoted = _unnoted()
    note_shared(unnoted)
    return mended + len(unnoted)


@job_kind("count_network_again", lease=LEASE)
def count_network_again(arguments: dict[str, Any]) -> None:
    """Make the counters of a network what the facts say: its days are other ones than they were."""
    network_id = arguments["network_id"]
    with write_unit() as session:
        whole: Changes = Counter()
        linked = select(NetworkMembership.organization_id).where(NetworkMembership.network_id == network_id).distinct()
        for organization_id in session.scalars(linked.order_by(NetworkMembership.organization_id)).all():
            own = _of_organization(organization_id, whole, _quietly)
            _set(own, organization_id, network_id)
        _set(whole, ANY, network_id)


def _set(right: Changes, organization_id: int, network_id: int) -> None:
    """Let the counters of an organization in a network be these; those of others are not looked at."""
    kept = _kept(organization_id, horizon(today()))
    of_it = [Counter({key: n for key, n in each.items() if key.network_id == network_id}) for each in (right, kept)]
    apply(difference(*of_it))


def recount(say: Say = _quietly) -> None:
    """Forget all counters and count the facts, each organization in a write unit of its own: for bulk data."""
    with write_unit() as session:
        session.execute(delete(COUNTER))
        session.execute(delete(WAIT_COUNTER))
    for right in counted(say):
        with write_unit():
            apply(right)
    with write_unit():
        note_shared(_unnoted())


def _unnoted() -> list[int]:
    """Ids of people who belonged to more than one organization and are not noted as such; one note too many is none
    the worse."""
    several = (
        select(Membership.person_id)
        .where(Membership.confirmed_at.is_not(None), Membership.person_id.not_in(select(SHARED_PERSON.c.person_id)))
        .group_by(Membership.person_id)
        .having(func.count(Membership.organization_id.distinct()) > 1)
    )
    return list(db.session.scalars(several.order_by(Membership.person_id)))
