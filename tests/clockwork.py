"""The clock of certification, driven by chance: years in which people come, learn and leave, admins decide, rules
change, and the worker runs or does not. After each step the invariants hold that the product promises."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import delete, func, select

from lms.accounts.models import Person
from lms.certification.defaults import LevelAt, LevelPlan, RequirementPlan, SchemePlan
from lms.certification.jobs import follow_cycles
from lms.certification.models import (
    Award,
    Credential,
    Cycle,
    CycleMark,
    CycleState,
    CycleStep,
    Expiry,
    FixedCalendar,
    KeptStanding,
)
from lms.certification.phases import HELD, phase_expression, phase_of
from lms.certification.queries import held_levels, rules_of
from lms.certification.services import (
    award,
    differing_cycles,
    ensure_scheme,
    extend,
    resume,
    return_to,
    revise,
    revoke,
    start_again,
    submit,
    suspend,
)
from lms.certification.services.standings import differing_standings
from lms.db import Texts, db, write_unit
from lms.errors import DomainError
from lms.events import emit
from lms.organizations.models import Membership, Network, NetworkMembership, Organization
from lms.organizations.services import admit_organization, end_membership, end_network_membership
from lms.organizations.services.members import confirm
from lms.progress.events import ModuleCompleted
from lms.progress.models import ModuleCompletion
from lms.training.models import Module
from tests.certification import complete, make_module
from tests.factories import add, make_network, make_organization, make_person

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
YEARS = timedelta(days=3653)
OPEN = (CycleState.IN_PROGRESS, CycleState.SUBMITTED)
AWARDED = (CycleState.CERTIFIED, CycleState.SUSPENDED, CycleState.REVOKED)
PEOPLE = 5
NAMES: Texts = {"fa": "سطح", "ar": "مستوى", "en": "Level"}
CHOICE = st.integers(0, 1_000_000)


def planned(people: int, months: int, expiry: Expiry, module_id: int, ids: tuple[int | None, ...]) -> SchemePlan:
    """Two levels: one that the rule awards, and one above it that two admins do."""
    fixed = (FixedCalendar.JALALI, 1, 1) if expiry is Expiry.FIXED else None
    terms: dict[str, Any] = {"expiry": expiry, "fixed": fixed, "months_valid": months}
    needed = RequirementPlan("members_completed", {"people": people, "module_id": module_id, "months": 36})
    below = RequirementPlan("level_held", {"level_id": LevelAt(1)})
    few = RequirementPlan("any_of", {"of": (needed, RequirementPlan("level_held", {"level_id": LevelAt(1)}))})
    first = LevelPlan(NAMES, automatic=True, requirements=(needed,), level_id=ids[0], **terms)
    second = LevelPlan(
        NAMES, automatic=False, four_eyes=True, requirements=(below, few), level_id=ids[1], grace_days=20, **terms
    )
    return SchemePlan(NAMES, (first, second))


class Clockwork(RuleBasedStateMachine):
    """One organization in one network, for ten years at most."""

    def __init__(self) -> None:
        super().__init__()
        self.at = START
        self.seen: dict[int, dict[str, Any]] = {}
        self.awarded: dict[int, tuple[date | None, date | None]] = {}
        self.completions = 0

    @initialize(expiry=st.sampled_from(Expiry))
    def found(self, expiry: Expiry) -> None:
        """The network, its scheme and its people."""
        self.people = [make_person().id for _ in range(PEOPLE)]
        self.admins = [make_person().id for _ in range(2)]
        module = make_module()
        self.module_id, network = module.id, make_network()
        self.network_id = network.id
        with self.clock():
            with write_unit():
                ensure_scheme(network.id, self.at, planned(1, 24, expiry, module.id, (None, None)))
            organization = make_organization()
            with write_unit():
                admit_organization(self.network, organization, actor_id=self.admins[0], now=self.at)
        self.organization_id = organization.id
        for who in range(2):
            self.join(who)
            self.learn(who)

    def teardown(self) -> None:
        """Leave nothing that the next history, which begins in the same year, could meet."""
        db.session.rollback()
        with write_unit() as session:
            for model in (CycleMark, CycleStep, Credential, Award, Cycle, KeptStanding, NetworkMembership):
                session.execute(delete(model))

    # What rules stand on

    def clock(self) -> time_machine.travel:
        """The present instant of this machine."""
        return time_machine.travel(self.at, tick=False)

    @property
    def day(self) -> date:
        """Today."""
        return self.at.date()

    @property
    def network(self) -> Network:
        """The network as it is."""
        return db.session.get_one(Network, self.network_id)

    def cycles(self, *states: CycleState) -> list[Cycle]:
        """The organization's cycles in such states, or all."""
        query = select(Cycle).where(Cycle.organization_id == self.organization_id).order_by(Cycle.id)
        return list(db.session.scalars(query.where(Cycle.state.in_(states)) if states else query))

    def held(self) -> set[int]:
        """The levels that it has today."""
        return held_levels(self.organization_id, self.network_id, self.day)

    def a_cycle(self, which: int, *states: CycleState) -> Cycle | None:
        """One of its cycles in such states."""
        found = self.cycles(*states)
        return found[which % len(found)] if found else None

    def decide(self, deed: Any, *states: CycleState, which: int = 0, **values: Any) -> None:
        """Do something to a cycle; what is refused changes nothing."""
        with self.clock():
            before = len(self.steps())
            db.session.rollback()
            try:
                with write_unit():
                    cycle = self.a_cycle(which, *states)
                    if cycle is not None:
                        deed(cycle, now=self.at, **values)
            except DomainError:
                db.session.rollback()
                assert len(self.steps()) == before
            db.session.rollback()

    def steps(self) -> list[CycleStep]:
        """All that has happened."""
        query = select(CycleStep).join(Cycle).where(Cycle.organization_id == self.organization_id)
        return list(db.session.scalars(query.order_by(CycleStep.id)))

    def membership(self, person_id: int) -> Membership | None:
        """Hers that is in force."""
        query = select(Membership).where(
            Membership.person_id == person_id,
            Membership.organization_id == self.organization_id,
            Membership.ends_on.is_(None),
        )
        return db.session.scalars(query).one_or_none()

    def link(self) -> NetworkMembership | None:
        """The organization's membership of the network that is in force."""
        query = select(NetworkMembership).where(
            NetworkMembership.organization_id == self.organization_id, NetworkMembership.ends_on.is_(None)
        )
        return db.session.scalars(query).one_or_none()

    # What happens

    @precondition(lambda self: self.at < START + YEARS)
    @rule(days=st.sampled_from((1, 6, 29, 61, 150, 400)), worker=st.booleans())
    def wait(self, days: int, worker: bool) -> None:
        """Time goes on; the worker runs each week and on the last of the days, or stands still."""
        for gone in (*[7] * (days // 7), days % 7):
            self.at += timedelta(days=gone)
            if worker:
                with self.clock():
                    follow_cycles({})
        if worker:
            self.ends_are_told(*self.cycles())

    @rule(who=CHOICE)
    def join(self, who: int) -> None:
        """Somebody comes."""
        person_id = self.people[who % PEOPLE]
        if self.membership(person_id) is None:
            with self.clock():
                made = Membership(person_id=person_id, organization_id=self.organization_id, starts_on=self.day)
                membership_id = add(made).id
                with write_unit() as session:
                    confirm(session.get_one(Membership, membership_id), actor_id=self.admins[0], now=self.at)

    @rule(who=CHOICE)
    def leave(self, who: int) -> None:
        """Somebody goes; what the organization holds, it keeps."""
        with self.clock():
            before = self.held()
            with write_unit():
                membership = self.membership(self.people[who % PEOPLE])
                if membership is not None:
                    end_membership(membership, actor_id=self.admins[0], now=self.at)
            assert self.held() >= before

    @rule(who=CHOICE)
    def learn(self, who: int) -> None:
        """Somebody completes the module, or a new edition of it."""
        with self.clock():
            person = db.session.get_one(Person, self.people[who % PEOPLE])
            module = db.session.get_one(Module, self.module_id)
            query = select(ModuleCompletion).where(ModuleCompletion.person_id == person.id)
            if db.session.scalars(query).first() is not None:
                return
            completion = complete(person, module, self.at)
            ids = (completion.version_id, completion.edition_id, "fa", completion.id)
            with write_unit():
                emit(ModuleCompleted(self.at, person.id, person.id, module.id, *ids))

    @rule(which=CHOICE)
    def hand_in(self, which: int) -> None:
        """Its manager asks for the verdict."""
        self.decide(submit, *OPEN, which=which, actor_id=self.people[0])

    @rule(which=CHOICE, who=st.integers(0, 1))
    def give_back(self, which: int, who: int) -> None:
        """An admin wants something more."""
        self.decide(return_to, *OPEN, which=which, reason="More is needed.", actor_id=self.admins[who])

    @rule(which=CHOICE, who=st.integers(0, 1))
    def decide_award(self, which: int, who: int) -> None:
        """An admin awards, or proposes to."""
        self.decide(award, *OPEN, which=which, actor_id=self.admins[who])

    @rule(which=CHOICE, days=st.integers(-30, 500), reason=st.sampled_from(("The office is closed.", " ")))
    def extend_one(self, which: int, days: int, reason: str) -> None:
        """A certificate is to be valid longer."""
        cycle = self.a_cycle(which, *AWARDED)
        until = (cycle.expires_on if cycle and cycle.expires_on else self.day) + timedelta(days=days)
        self.decide(extend, *AWARDED, which=which, until=until, reason=reason, actor_id=self.admins[0])

    @rule(which=CHOICE)
    def suspend_one(self, which: int) -> None:
        """A certificate does not count for the time being."""
        self.decide(suspend, *AWARDED, which=which, reason="A complaint.", actor_id=self.admins[0])

    @rule(which=CHOICE)
    def resume_one(self, which: int) -> None:
        """It counts again."""
        self.decide(resume, *AWARDED, which=which, reason="Settled.", actor_id=self.admins[1])

    @rule(which=CHOICE, chance=st.integers(0, 3))
    def revoke_one(self, which: int, chance: int) -> None:
        """A certificate is taken back, which is rare."""
        if chance:
            return

        def deed(cycle: Cycle, **values: Any) -> None:
            query = select(Credential).join(Award).where(Award.cycle_id == cycle.id)
            revoke(db.session.scalars(query).one(), "Not true.", **values)

        cycle = self.a_cycle(which, *AWARDED)
        stood = cycle is not None and cycle.state != CycleState.REVOKED
        self.decide(deed, *AWARDED, which=which, actor_id=self.admins[0])
        if cycle is not None and stood and cycle.state == CycleState.REVOKED:
            self.ends_are_told(*(each for each in self.cycles() if each.level_id == cycle.level_id))

    def ends_are_told(self, *cycles: Cycle) -> None:
        """Of each certificate that has ended, and that no later one renews; a suspended one does."""
        query = select(CycleMark.cycle_id, CycleMark.kind, CycleMark.day)
        marks = {tuple(row) for row in db.session.execute(query)}
        awarded = [each for each in cycles if each.state in (CycleState.CERTIFIED, CycleState.SUSPENDED)]
        for cycle in (each for each in awarded if each.state == CycleState.CERTIFIED):
            renewed = any(each.level_id == cycle.level_id and each.id > cycle.id for each in awarded)
            for kind, day in (("expired", cycle.expires_on), ("lapsed", cycle.grace_ends_on)):
                assert renewed or day is None or day >= self.day or (cycle.id, kind, day) in marks

    @rule(which=CHOICE)
    def begin_anew(self, which: int) -> None:
        """After that, a level begins again."""
        self.decide(start_again, CycleState.REVOKED, which=which, actor_id=self.admins[0])

    @rule(chance=st.integers(0, 5))
    def change_network(self, chance: int) -> None:
        """The organization leaves the network, which is rare, or comes back."""
        if chance and self.link() is not None:
            return
        with self.clock(), write_unit() as session:
            link = self.link()
            if link is not None:
                end_network_membership(link, actor_id=self.admins[0], now=self.at)
            else:
                organization = session.get_one(Organization, self.organization_id)
                admit_organization(self.network, organization, actor_id=self.admins[0], now=self.at)

    @rule(
        people=st.integers(1, 3),
        months=st.sampled_from((6, 12, 30)),
        expiry=st.sampled_from(Expiry),
        later=st.sampled_from((0, 45)),
        reaches=st.booleans(),
    )
    def change_rules(self, people: int, months: int, expiry: Expiry, later: int, reaches: bool) -> None:
        """The network asks for something else; what is held stays."""
        with self.clock():
            before = self.held()
            with write_unit():
                rules = rules_of(self.network_id)
                assert rules is not None
                ids = tuple(each.level_id for each in rules.revisions[-1].levels)
                revise(
                    self.network,
                    planned(people, months, expiry, self.module_id, ids),
                    starts_on=self.day + timedelta(days=later),
                    reaches_running=reaches,
                    note="",
                    actor_id=self.admins[0],
                    now=self.at,
                )
            assert self.held() >= before
            # As the worker does at once: it was asked to.
            follow_cycles({})

    # What always holds

    @invariant()
    def dates_are_in_their_order(self) -> None:
        """Started, awarded, renewal opens, due, end, end of grace; a certificate has all of them or none."""
        for cycle in self.cycles():
            days = [cycle.window_opens_on, cycle.due_on, cycle.expires_on, cycle.grace_ends_on]
            known = [day for day in days if day is not None]
            assert len(known) in (0, len(days))
            assert (cycle.awarded_on is not None) == (cycle.state in AWARDED)
            line = [cycle.started_on, *([cycle.awarded_on] if cycle.awarded_on else []), *known]
            assert line == sorted(line)

    @invariant()
    def one_way_at_a_time(self) -> None:
        """No level has two open cycles."""
        levels = [cycle.level_id for cycle in self.cycles(*OPEN)]
        assert len(set(levels)) == len(levels)

    @invariant()
    def the_phase_is_the_same_twice(self) -> None:
        """In Python and in the database."""
        query = select(Cycle, phase_expression(self.day)).where(Cycle.organization_id == self.organization_id)
        for cycle, phase in db.session.execute(query):
            assert phase_of(cycle, self.day).value == phase
        held = {cycle.level_id for cycle in self.cycles() if phase_of(cycle, self.day) in HELD}
        assert held == self.held()

    @invariant()
    def history_only_grows(self) -> None:
        """What was written down stays as it was, numbered without gaps; reasons stand where they have to."""
        steps = self.steps()
        assert [step.id for step in steps][: len(self.seen)] == list(self.seen)
        for step in steps:
            said = {name: getattr(step, name) for name in ("kind", "at", "actor_id", "reason", "state", "expires_on")}
            assert self.seen.setdefault(step.id, said) == said
        for cycle in self.cycles():
            assert [step.number for step in cycle.steps] == list(range(1, len(cycle.steps) + 1))

    @invariant()
    def what_was_awarded_stays(self) -> None:
        """The day of the award and the end as awarded never move; the end only goes on; what met the rule is kept."""
        for cycle in self.cycles(*AWARDED):
            days = (cycle.awarded_on, cycle.due_on)
            assert self.awarded.setdefault(cycle.id, days) == days
            ends = [step.expires_on for step in cycle.steps if step.expires_on is not None]
            assert ends == sorted(ends)
            [made] = db.session.scalars(select(Award).where(Award.cycle_id == cycle.id))
            assert all(each["have"] >= each["need"] for each in made.facts["requirements"])
            assert len(made.facts["requirements"]) == len(made.rule["requirements"])

    @invariant()
    def no_renewal_ends_before_what_it_renews(self) -> None:
        """A later certificate of a level, counted from the end of an earlier one or from a fixed day, ends later."""
        by_level: dict[int, list[Cycle]] = {}
        for cycle in self.cycles(CycleState.CERTIFIED):
            by_level.setdefault(cycle.level_id, []).append(cycle)
        for cycles in by_level.values():
            for earlier, later in pairwise(cycles):
                assert later.awarded_on is not None
                assert earlier.awarded_on is not None
                assert later.awarded_on >= earlier.awarded_on

    @invariant()
    def certificates_say_what_cycles_say(self) -> None:
        """Each cycle is where its last step left it, and its certificate says the same."""
        assert list(differing_cycles()) == []

    @invariant()
    def what_is_kept_is_what_is_found(self) -> None:
        """A recount finds what is kept, as of the day on which it was kept."""
        assert list(differing_standings()) == []

    @invariant()
    def no_date_is_told_too_early(self) -> None:
        """Nothing is told before its time, nor of what was never awarded. (Once, a constraint sees to.)"""
        query = select(CycleMark, Cycle).join(Cycle).where(Cycle.organization_id == self.organization_id)
        for mark, cycle in db.session.execute(query):
            early = {"window": 0, "due_30": 30, "due_7": 7, "expired": -1, "lapsed": -1}[mark.kind]
            assert mark.told_at.date() >= mark.day - timedelta(days=early)
            assert cycle.awarded_on is not None

    @invariant()
    def nothing_learned_is_lost(self) -> None:
        """A completion stays."""
        db.session.rollback()
        now_there = db.session.scalar(
            select(func.count()).select_from(ModuleCompletion).where(ModuleCompletion.module_id == self.module_id)
        )
        self.completions = max(self.completions, now_there or 0)
        assert now_there == self.completions
        db.session.rollback()
