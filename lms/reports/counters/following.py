"""Keeping counters with the facts, in the transaction that stores them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from lms.accounts.events import AccountErased
from lms.batches import batched
from lms.clock import today
from lms.db import db
from lms.jobs import enqueue
from lms.organizations.events import MemberJoined, MemberLeft, NetworkChanged, OrganizationAdded, OrganizationLeft
from lms.organizations.holding import hold_people, hold_with_organizations
from lms.progress.events import Enrolled, GainNoted, ModuleCompleted
from lms.reports.counters import days as sets
from lms.reports.counters.applying import apply, difference, note_shared, total
from lms.reports.counters.contributions import Changes, contributions, horizon
from lms.reports.counters.days import Days
from lms.reports.counters.facts import Facts, facts_beside, facts_of, learning_of, people_of
from lms.reports.counters.known import Belonging, Gained, Learning

BATCH = 500


@contextmanager
def counting(person_ids: Iterable[int]) -> Iterator[set[int]]:
    """Count what the block changes about people, in its write unit: for deeds that change many rows past the services.

    Gives the set of the people's ids; the block adds those whom it makes. What it does must not be told by events
    that counters listen to: that would count twice.
    """
    people = set(person_ids)
    hold_with_organizations(people)
    before = _counted(people)
    yield people
    db.session.flush()
    changed = difference(_counted(people), before)
    apply(changed)


def _counted(people: Iterable[int]) -> Changes:
    settled = horizon(today())
    found: Changes = Counter()
    for some in batched(sorted(people), BATCH):
        facts = facts_of(some)
        note_shared([person for person, each in facts.items() if len(each.belonging.member) > 1])
        found.update(total(_of(each, settled) for each in facts.values()))
    return found


def _of(facts: Facts, settled: date) -> Changes:
    return contributions(facts.belonging, facts.learning, is_erased=facts.is_erased, settled=settled)


def on_enrolled(_sender: Any, event: Enrolled) -> None:
    """One more has begun a module."""
    hold_with_organizations([event.person_id])
    learning = learning_of(event.person_id, event.module_id)
    _learned(event.person_id, replace(learning, begun={}), learning)


def on_module_completed(_sender: Any, event: ModuleCompleted) -> None:
    """One more has completed a module, or another edition of it."""
    hold_with_organizations([event.person_id])
    learning = learning_of(event.person_id, event.module_id)
    known = [each for each in learning.completions if each.edition_id != event.edition_id]
    _learned(event.person_id, replace(learning, completions=known), learning)


def on_gain_noted(_sender: Any, event: GainNoted) -> None:
    """Somebody was asked before the lessons and after them, or is worth something else than was noted."""
    hold_with_organizations([event.person_id])
    earlier = None if event.was is None else Gained(*event.was)
    before = Learning() if earlier is None else Learning(gains={event.module_id: earlier})
    _learned(event.person_id, before, Learning(gains={event.module_id: Gained(event.before, event.after)}))


def _learned(person_id: int, before: Learning, after: Learning) -> None:
    facts, settled = facts_beside(person_id, after), horizon(today())
    earlier = replace(facts, learning=before)
    apply(difference(_of(facts, settled), _of(earlier, settled)))


def on_member_joined(_sender: Any, event: MemberJoined) -> None:
    """What she learned counts for the organization from now on."""
    day = event.at.date()
    _moved(event.person_id, event.organization_id, day, lambda days: sets.before(days, day))


def on_member_left(_sender: Any, event: MemberLeft) -> None:
    """It counts there no more; what happened stays where it happened."""
    day = event.at.date()
    _moved(event.person_id, event.organization_id, day, lambda days: _resumed(days, day, event.instead_of))


def _resumed(days: Days, day: date, until: str) -> Days:
    """The days as they were before what they belong to was ended on `day`."""
    return sets.union((days, sets.interval(day, date.fromisoformat(until) if until else None)))


def _moved(person_id: int, organization_id: int, day: date, undo: Callable[[Days], Days]) -> None:
    hold_people([person_id])
    facts = facts_of([person_id])[person_id]
    if len(facts.belonging.member) > 1:
        note_shared([person_id])
    before = replace(facts, belonging=facts.belonging.changed_member(organization_id, undo))
    settled = horizon(today())
    apply(difference(_of(facts, settled), _of(before, settled)))


def on_organization_added(_sender: Any, event: OrganizationAdded) -> None:
    """Its people count for the network from now on."""
    day = event.at.date()
    _linked(event.network_id, event.organization_id, day, lambda days: sets.before(days, day))


def on_organization_left(_sender: Any, event: OrganizationLeft) -> None:
    """Its people count for the network no more."""
    day = event.at.date()
    _linked(event.network_id, event.organization_id, day, lambda days: _resumed(days, day, event.instead_of))


def _linked(network_id: int, organization_id: int, day: date, undo: Callable[[Days], Days]) -> None:
    settled, last = horizon(today()), 0
    changed: Changes = Counter()

    def earlier(belonging: Belonging) -> Belonging:
        return belonging.changed_link(network_id, organization_id, undo)

    while people := people_of(organization_id, last, BATCH):
        for facts in facts_of(people).values():
            before = replace(facts, belonging=earlier(facts.belonging))
            changed.update(difference(_of(facts, settled), _of(before, settled)))
        last = people[-1]
    apply(changed)


def on_account_erased(_sender: Any, event: AccountErased) -> None:
    """Whoever was erased is in no stock."""
    hold_people([event.person_id])
    facts, settled = facts_of([event.person_id])[event.person_id], horizon(today())
    apply(difference(_of(facts, settled), _of(replace(facts, is_erased=False), settled)))


def on_network_changed(_sender: Any, event: NetworkChanged) -> None:
    """In another time zone things happened on other days: the worker counts them."""
    if event.moves_days:
        enqueue("count_network_again", {"network_id": event.network_id})


def listen() -> None:
    """Connect; connecting again changes nothing."""
    Enrolled.signal.connect(on_enrolled)
    ModuleCompleted.signal.connect(on_module_completed)
    GainNoted.signal.connect(on_gain_noted)
    MemberJoined.signal.connect(on_member_joined)
    MemberLeft.signal.connect(on_member_left)
    OrganizationAdded.signal.connect(on_organization_added)
    OrganizationLeft.signal.connect(on_organization_left)
    AccountErased.signal.connect(on_account_erased)
    NetworkChanged.signal.connect(on_network_changed)
