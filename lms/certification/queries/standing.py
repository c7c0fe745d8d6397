"""How far organizations are with a network's levels: what boards show, and what the nightly recount goes through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from lms.accounts.models import Person
from lms.certification.models import Cycle, LevelRule
from lms.certification.phases import HELD, Phase, phase_of
from lms.certification.queries.cases import case_of
from lms.certification.queries.cycles import LevelCycles, level_cycles
from lms.certification.queries.schemes import Rules, rules_of, titles_of
from lms.certification.requirement_types import Case, Finding, Titles, requirement_type
from lms.db import Texts, db
from lms.organizations.models import Network, Organization
from lms.security.actor import Actor, Role


@dataclass(frozen=True)
class RequirementStanding:
    """A requirement and how far the organization is with it."""

    type: str
    parameters: Mapping[str, Any]
    finding: Finding
    titles: Titles

    @property
    def text(self) -> str:
        """The requirement in words, in the reader's language."""
        return requirement_type(self.type).describe(self.parameters, self.titles)

    @property
    def progress(self) -> str:
        """What there is and what is needed, in words."""
        return requirement_type(self.type).progress(self.finding)

    @property
    def parts(self) -> "list[RequirementStanding]":
        """The requirements that it holds."""
        held = requirement_type(self.type).parts(self.parameters)
        return [
            RequirementStanding(part["type"], part["parameters"], finding, self.titles)
            for part, finding in zip(held, self.finding.parts, strict=True)
        ]


@dataclass(frozen=True)
class LevelStanding:
    """A level, and where the organization is with it on the day."""

    #: What is asked for now: of the cycle under way, else of the certificate, else of who begins today.
    rule: LevelRule
    #: In the order in which they are shown: returned, missing, in review, met.
    requirements: tuple[RequirementStanding, ...]
    #: The certificate that counts where there was one (a renewal under way leaves it in force), else the open cycle.
    cycle: Cycle | None
    #: The cycle under way, where there is one.
    open: Cycle | None
    #: None: not begun.
    phase: Phase | None
    #: Of the certificate: its code on paper.
    code: str | None
    #: What the certificate was awarded for and is not so any more.
    lost: tuple[RequirementStanding, ...]

    @property
    def held(self) -> bool:
        """Whether the organization has this level today, the days of grace included."""
        return self.phase in HELD

    @property
    def met(self) -> int:
        """How many requirements are fulfilled."""
        return sum(each.finding.met for each in self.requirements)

    @property
    def is_met(self) -> bool:
        """Whether all that the level asks for is there; a level that asks for nothing is for people to decide."""
        return bool(self.requirements) and self.met == len(self.requirements)

    @property
    def at_risk(self) -> bool:
        """Certified, while the facts would not be enough any more."""
        return self.held and bool(self.lost)

    @property
    def in_doubt(self) -> bool:
        """The same, also while the certificate is suspended: it would come back at risk."""
        return bool(self.lost)


@dataclass(frozen=True)
class Standing:
    """An organization's way through a network's scheme."""

    organization: Organization
    network: Network
    day: date
    names: Texts
    levels: tuple[LevelStanding, ...]

    @property
    def current(self) -> LevelStanding | None:
        """The level in work: the first that is not held, else the last."""
        return next((level for level in self.levels if not level.held), self.levels[-1] if self.levels else None)

    @property
    def highest(self) -> LevelStanding | None:
        """The highest level that is held."""
        return next((level for level in reversed(self.levels) if level.held), None)

    @property
    def at_risk(self) -> tuple[LevelStanding, ...]:
        """The levels whose certificates are at risk."""
        return tuple(level for level in self.levels if level.at_risk)


def standing(organization: Organization, network: Network, day: date) -> Standing | None:
    """How far the organization is on a day of the network's calendar; None where the network has no scheme.

    One statement a requirement and a few more, whatever the number of people and cycles.
    """
    return standings([organization], network, day).get(organization.id)


def standings(organizations: Sequence[Organization], network: Network, day: date) -> dict[int, Standing]:
    """How far each of them is, by id; nothing where the network has no scheme. No more statements than for one, but
    where their cycles are under different rules."""
    rules = rules_of(network.id)
    if rules is None or not organizations:
        return {}
    cases = [case_of(each.id, network, day) for each in organizations]
    cycles = level_cycles([each.id for each in organizations], network.id, day)
    examined = _Examined(rules, cases, cycles, day)
    return {
        each.id: Standing(each, network, day, rules.on(day).names, tuple(examined.levels(each.id)))
        for each in organizations
    }


class _Examined:
    """The findings of every requirement that somebody is under, each examined once for all whom it concerns."""

    def __init__(
        self, rules: Rules, cases: Sequence[Case], cycles: Mapping[int, Mapping[int, LevelCycles]], day: date
    ) -> None:
        self._rules, self._cycles, self._day = rules, cycles, day
        self._current = {rule.level_id: rule for rule in rules.levels(day)}
        self._plans = {case.organization_id: self._of(case.organization_id) for case in cases}
        concerned: dict[int, tuple[LevelRule, list[Case]]] = {}
        for case in cases:
            plan = self._plans[case.organization_id]
            for rule in {rule.id: rule for _level, *both in plan for rule in both}.values():
                concerned.setdefault(rule.id, (rule, []))[1].append(case)
        named = [
            (each["type"], each["parameters"]) for rule, _cases in concerned.values() for each in rule.requirements
        ]
        self._titles = titles_of(named, rules)
        self._findings = {id_: examine(rule, whom) for id_, (rule, whom) in concerned.items()}

    def _of(self, organization_id: int) -> list[tuple[int, LevelRule, LevelRule]]:
        """Level id, the rule in work, and the certificate's: of the levels that there are, and of older ones that the
        organization still holds."""
        mine = self._cycles.get(organization_id, {})
        kept = [id_ for id_, each in mine.items() if id_ not in self._current and self._is_held(each.counting)]
        found = []
        for level_id in (*self._current, *kept):
            cycles = mine.get(level_id, LevelCycles())
            counting = self._rules.of(cycles.counting, self._day) if cycles.counting else self._current[level_id]
            begun = counting if self._is_held(cycles.counting) else self._current[level_id]
            found.append((level_id, self._rules.of(cycles.open, self._day) if cycles.open else begun, counting))
        return found

    def _is_held(self, cycle: Cycle | None) -> bool:
        return cycle is not None and phase_of(cycle, self._day) in HELD

    def levels(self, organization_id: int) -> list[LevelStanding]:
        """Where one organization is with each level."""
        mine = self._cycles.get(organization_id, {})
        return [
            self._level(organization_id, mine.get(level_id, LevelCycles()), working, counting)
            for level_id, working, counting in self._plans[organization_id]
        ]

    def _level(self, id_: int, cycles: LevelCycles, working: LevelRule, counting: LevelRule) -> LevelStanding:
        shown = sorted(self._found(working, id_), key=lambda each: each.finding.state.order)
        lost = [each for each in self._found(counting, id_) if not each.finding.met]
        phase = phase_of(cycles.counting, self._day) if cycles.counting else None
        return LevelStanding(
            working,
            tuple(shown),
            cycles.counting,
            cycles.open,
            phase,
            cycles.code,
            tuple(lost if phase in HELD or phase is Phase.SUSPENDED else ()),
        )

    def _found(self, rule: LevelRule, organization_id: int) -> list[RequirementStanding]:
        return [
            RequirementStanding(each["type"], each["parameters"], found[organization_id], self._titles)
            for each, found in zip(rule.requirements, self._findings[rule.id], strict=True)
        ]


def examine(rule: LevelRule, cases: Sequence[Case]) -> list[dict[int, Finding]]:
    """For each requirement of a rule, in their order: organization id to what is found."""
    return [requirement_type(each["type"]).evaluate_many(cases, each["parameters"]) for each in rule.requirements]


def names_needed(found: Standing, actor: Actor) -> dict[int, str]:
    """Person id to display name of those who are still needed: all for who manages the organization, else only her own.

    A network's admin is told no names here; the reports name people where their organization consented.
    """
    manages = found.organization.id in actor.organizations_as(Role.MANAGER)
    asked = [each for level in found.levels for each in (*level.requirements, *level.lost)]
    ids = {person for each in asked for person in each.finding.missing}
    shown = ids if manages else ids & {actor.person_id}
    if not shown:
        return {}
    rows = db.session.execute(select(Person.id, Person.display_name).where(Person.id.in_(shown)))
    return dict(rows.all())
