"""Counters follow whatever happens: after each step of a random history a recount finds nothing to mend."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, func, select, update

from lms.accounts.models import Person
from lms.accounts.services.erasing import erase_person
from lms.certification.queries import local_day
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import DomainError
from lms.events import emit
from lms.jobs.worker import run_due
from lms.organizations.models import Invitation, Membership, Network, NetworkMembership, Organization
from lms.organizations.services import (
    Invited,
    NetworkFacts,
    admit_organization,
    change_network,
    end_membership,
    end_network_membership,
    invite,
    join,
    return_member,
)
from lms.organizations.services.members import confirm
from lms.organizations.services.memberships import last_membership, open_membership
from lms.progress.events import ModuleCompleted
from lms.progress.models import Gain, ModuleCompletion
from lms.progress.services import enrol
from lms.reports.counters import counting, differences, recount, repair, settle_counters
from lms.reports.counters.models import COUNTER, SHARED_PERSON, WAIT_COUNTER
from lms.training.models import Module, ModuleVersion, VersionKind
from tests.certification import make_module
from tests.factories import add, make_member, make_network, make_organization, make_person
from tests.gains import gain
from tests.histories import History
from tests.reporting import ask, completed_in, naive_completed, naive_people

START = datetime(2026, 3, 1, 21, tzinfo=UTC)
PEOPLE, ORGANIZATIONS = 4, 3
people, organizations, modules = st.integers(0, PEOPLE - 1), st.integers(0, ORGANIZATIONS - 1), st.integers(0, 1)


class Counters(RuleBasedStateMachine):
    """People come, learn, move and go; organizations join networks of three time zones and leave them."""

    #: Each history begins after those before it: in one database time never goes back.
    began = count()

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(START + timedelta(days=300 * next(self.began)), tick=False)
        self.traveller = self.clock.start()

    def teardown(self) -> None:
        self.clock.stop()

    @initialize()
    def begin(self) -> None:
        zones = ("UTC", "Asia/Tehran", "America/Los_Angeles")
        self.networks = [make_network(time_zone=zone, threshold=2).id for zone in zones]
        self.modules = [make_module().id for _ in range(2)]
        self.editions = {module: [_current(module), _second(module)] for module in self.modules}
        self.organizations = [make_organization().id for _ in range(ORGANIZATIONS)]
        self.people = [make_person().id for _ in range(PEOPLE)]
        self.links: list[int] = []
        for number in range(PEOPLE):
            self.comes(number, number % 2, waits=False)
            self.joins_a_network(number % 3, number % ORGANIZATIONS)

    @rule(hours=st.sampled_from((1, 5, 11, 30, 80)))
    def time_passes(self, hours: int) -> None:
        self.traveller.shift(timedelta(hours=hours))

    @rule(person=people, organization=organizations, waits=st.booleans())
    def comes(self, person: int, organization: int, waits: bool) -> None:
        with write_unit() as session:
            if session.get_one(Person, self.people[person]).erased_at is None:
                membership = open_membership(self.organizations[organization], self.people[person], now())
                if not waits:
                    confirm(membership, actor_id=None, now=now())

    @rule(organization=organizations)
    def is_invited(self, organization: int) -> None:
        with write_unit() as session:
            home = session.get_one(Organization, self.organizations[organization])
            self.links.append(invite(home, Invited(), actor_id=self.people[0], now=now()).id)

    @rule(person=people, which=st.integers(0, 5))
    def follows_a_link(self, person: int, which: int) -> None:
        if self.links:
            with write_unit() as session:
                link = session.get_one(Invitation, self.links[which % len(self.links)])
                her = session.get_one(Person, self.people[person])
                if link.is_open(now()) and her.erased_at is None:
                    join(link, her, now=now())

    @rule(person=people, organization=organizations)
    def leaves(self, person: int, organization: int) -> None:
        with write_unit():
            membership = last_membership(self.organizations[organization], self.people[person])
            if membership is not None:
                end_membership(membership, actor_id=self.people[0], now=now())

    @rule(person=people, organization=organizations)
    def is_taken_back(self, person: int, organization: int) -> None:
        try:
            with write_unit():
                membership = last_membership(self.organizations[organization], self.people[person])
                if membership is not None and membership.person.erased_at is None:
                    return_member(membership, actor_id=self.people[0], now=now())
        except DomainError:
            pass

    @rule(network=st.integers(0, 2), organization=organizations)
    def joins_a_network(self, network: int, organization: int) -> None:
        with write_unit() as session:
            found = session.get_one(Organization, self.organizations[organization])
            home = session.get_one(Network, self.networks[network])
            admit_organization(home, found, actor_id=self.people[0], now=now())

    @rule(network=st.integers(0, 2), organization=organizations)
    def leaves_a_network(self, network: int, organization: int) -> None:
        with write_unit() as session:
            link = session.scalars(
                select(NetworkMembership)
                .where(
                    NetworkMembership.network_id == self.networks[network],
                    NetworkMembership.organization_id == self.organizations[organization],
                )
                .order_by(NetworkMembership.id.desc())
            ).first()
            if link is not None:
                end_network_membership(link, actor_id=self.people[0], now=now())

    @rule(person=people, module=modules)
    def begins(self, person: int, module: int) -> None:
        with write_unit() as session:
            enrol(self.people[person], session.get_one(Module, self.modules[module]), now())

    @rule(person=people, module=modules, edition=st.integers(0, 1), language=st.sampled_from(("fa", "ar")))
    def completes(self, person: int, module: int, edition: int, language: str) -> None:
        module_id, edition_id = self.modules[module], self.editions[self.modules[module]][edition]
        known = select(ModuleCompletion.id).where(
            ModuleCompletion.person_id == self.people[person], ModuleCompletion.edition_id == edition_id
        )
        with write_unit() as session:
            if session.scalar(known) is None:
                enrol(self.people[person], session.get_one(Module, module_id), now())
                _complete(self.people[person], module_id, edition_id, language)

    @rule(person=people, module=modules, before=st.integers(0, 1000), after=st.integers(0, 1000))
    def gains(self, person: int, module: int, before: int, after: int) -> None:
        with write_unit():
            gain(self.people[person], self.modules[module], before, after)

    @rule(person=people)
    def is_erased(self, person: int) -> None:
        with write_unit() as session:
            erase_person(session.get_one(Person, self.people[person]), now())

    @rule()
    def night_comes(self) -> None:
        settle_counters({})

    @invariant()
    def a_recount_finds_nothing(self) -> None:
        assert not list(differences())

    @invariant()
    def the_report_is_what_counting_by_hand_gives(self) -> None:
        for network_id in getattr(self, "networks", ()):
            network = db.session.get_one(Network, network_id)
            by_hand = naive_people(network_id, local_day(network, now()))
            everybody = set().union(*by_hand.values()) if by_hand else set()
            made = ask(network)
            assert made.people == len(everybody)
            assert {row.id: row.people for row in made.page.items} == {id_: len(of) for id_, of in by_hand.items()}
            for row in made.page.items:
                hers = [naive_completed(by_hand[row.id], module.id) for module in made.modules]
                assert [cell.completed for cell in row.cells] == hers
            whole = [naive_completed(everybody, module.id) for module in made.modules]
            assert [cell.completed for cell in made.totals] == whole
            assert {each: gained(network_id, each) for each in self.modules} == {
                each: naive_gained(everybody, each) for each in self.modules
            }
            # All of them, chosen: summed over organizations, people of several counted once.
            chosen = ask(network, name="انجمن")
            assert (chosen.people, chosen.totals) == (made.people, made.totals)


def gained(network_id: int, module_id: int) -> tuple[int, int, int]:
    """How many people of a network were asked before and after, and their sums, by the counters."""
    day = local_day(db.session.get_one(Network, network_id), now())
    of_it = [COUNTER.c.network_id == network_id, COUNTER.c.organization_id == 0, COUNTER.c.module_id == module_id]
    query = select(COUNTER.c.kind, func.sum(COUNTER.c.change)).where(*of_it, COUNTER.c.day <= day)
    found = {kind: number for kind, number in db.session.execute(query.group_by(COUNTER.c.kind))}  # noqa: C416
    return found.get("compared", 0), found.get("before", 0), found.get("after", 0)


def naive_gained(people: set[int], module_id: int) -> tuple[int, int, int]:
    """The same, by looking at every row."""
    hers = [each for each in db.session.scalars(select(Gain)) if each.module_id == module_id]
    of_them = [each for each in hers if each.person_id in people]
    return len(of_them), sum(each.before for each in of_them), sum(each.after for each in of_them)


def _current(module_id: int) -> int:
    return db.session.get_one(Module, module_id).current_version_id or 0


def _second(module_id: int) -> int:
    version = ModuleVersion(
        module_id=module_id,
        number=2,
        kind=VersionKind.EDITION,
        manifest={},
        content_hash="1" * 64,
        tree={},
        published_at=now(),
    )
    return int(add(version).id)


def _complete(person_id: int, module_id: int, edition_id: int, language: str) -> None:
    """As progress does it."""
    completion = ModuleCompletion(
        person_id=person_id,
        module_id=module_id,
        version_id=edition_id,
        edition_id=edition_id,
        language=language,
        score=None,
        occurred_at=now(),
    )
    db.session.add(completion)
    db.session.flush()
    emit(ModuleCompleted(now(), person_id, person_id, module_id, edition_id, edition_id, language, completion.id))


def test_counters_follow_whatever_happens(app: Flask) -> None:
    profile = settings(
        max_examples=5,
        stateful_step_count=20,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Counters, settings=profile)


def everything() -> list[Any]:
    """All counters, as they are kept."""
    tables = (COUNTER, WAIT_COUNTER)
    return [row for table in tables for row in db.session.execute(select(table).order_by(*table.primary_key))]


def test_what_is_counted_in_bulk_is_what_single_deeds_count(app: Flask) -> None:
    network, module = make_network(), make_module()
    first, second = make_organization(network), make_organization(network)
    person = make_member(first)
    make_member(second, person, starts_on=date(2026, 1, 1), ends_on=date(2099, 1, 1))
    completed_in(person, module, "ar")
    one_by_one = everything()
    assert one_by_one
    recount()
    assert everything() == one_by_one


def test_a_block_is_counted_with_those_whom_it_makes(app: Flask) -> None:
    organization = make_organization(make_network())
    with write_unit() as session, counting([]) as counted:
        person = Person(display_name="ن", sign_in_name="n", sign_in_key="n", sort_key="n")
        session.add(person)
        session.flush()
        session.add(
            Membership(person_id=person.id, organization_id=organization.id, confirmed_at=now(), starts_on=date.min)
        )
        counted.add(person.id)
    assert not list(differences())
    assert db.session.scalar(select(func.count()).select_from(COUNTER)) == 2


def test_a_wrong_counter_is_named_and_mended(app: Flask) -> None:
    History(Random(3)).happen(60)
    with write_unit() as session:
        session.execute(update(COUNTER).where(COUNTER.c.kind == "member").values(change=COUNTER.c.change + 1))
        session.execute(update(WAIT_COUNTER).values(change=WAIT_COUNTER.c.change + 1))
    wrong = list(differences())
    assert {"member", "wait"} <= {word for each in wrong for word in each.replace(",", "").split()}
    assert all("the facts say" in each for each in wrong)
    with write_unit():
        assert repair() == len(wrong)
    assert not list(differences())


def test_whom_sums_count_twice_is_noted(app: Flask) -> None:
    network = make_network()
    person = make_member(make_organization(network))
    make_member(make_organization(network), person)
    assert not list(differences())
    with write_unit() as session:
        session.execute(delete(SHARED_PERSON))
    assert [each for each in differences() if f"person {person.id} " in each]
    with write_unit():
        assert repair() == 1
    assert not list(differences())


@pytest.mark.parametrize("days", [1, 40])
def test_settling_changes_no_number(app: Flask, days: int) -> None:
    history = History(Random(5)).happen(80)
    with time_machine.travel(now() + timedelta(days=days)):
        before = [ask(network) for network in history.networks]
        kept = len(everything())
        settle_counters({})
        assert len(everything()) <= kept
        after = [ask(network) for network in history.networks]
        assert [each.page.items for each in after] == [each.page.items for each in before]
        assert not list(differences())


# In the evening, when it is tomorrow already on the other side of the world.
@time_machine.travel(START, tick=False)
def test_in_another_time_zone_things_happened_on_other_days(app: Flask) -> None:
    history = History(Random(9)).happen(80)
    network, actor = history.networks[0], make_person()
    facts = NetworkFacts(network.names, network.form, network.reach, network.basis, None, "Pacific/Kiritimati")
    with write_unit() as session:
        change_network(session.get_one(Network, network.id), facts, actor_id=actor.id, now=now())
    assert list(differences())
    db.session.rollback()
    assert run_due(app, only={"count_network_again"}) == 1
    assert not list(differences())
