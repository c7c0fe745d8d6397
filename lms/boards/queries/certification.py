"""A network's organizations by level and state, and what waits for its decision."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from lms.certification.models import Cycle, CycleState, CycleStep, KeptStanding, LevelRule, StepKind
from lms.certification.phases import Phase, phase_expression
from lms.certification.queries.cycles import LevelCycles, level_cycles
from lms.certification.queries.telling import SOON, ends_between, is_at_risk_in, telling_cycles
from lms.db import db
from lms.organizations.models import NetworkMembership, Organization
from lms.organizations.queries import in_force
from lms.organizations.queries.search import matching, sort_column
from lms.paging import Page, page_of

AT_RISK = "at_risk"


@dataclass(frozen=True)
class Wanted:
    """Which organizations of a network to list."""

    level_id: int | None = None
    #: A `Phase`, or AT_RISK.
    state: str = ""
    #: Whether a certificate has to end within 90 days.
    soon: bool = False
    country: str = ""
    search: str = ""


@dataclass(frozen=True)
class Listed:
    """An organization with its cycles that matter, by level, and what is kept of where it stands."""

    organization: Organization
    cycles: dict[int, LevelCycles]
    kept: KeptStanding | None

    def is_at_risk(self, level_id: int) -> bool:
        """Whether the certificate of the level is; a suspended one will be, once it counts again."""
        cycles = self.cycles.get(level_id)
        counts = cycles is not None and cycles.counting is not None and cycles.counting.state == CycleState.CERTIFIED
        return counts and self.kept is not None and level_id in self.kept.at_risk


def organizations_by_state(network_id: int, wanted: Wanted, *, day: date, language: str, page: int = 1) -> Page[Listed]:
    """A page of a network's organizations; four statements, however many they are."""
    query = (
        select(NetworkMembership)
        .join(NetworkMembership.organization)
        .options(contains_eager(NetworkMembership.organization))
        .where(NetworkMembership.network_id == network_id, in_force(NetworkMembership, day))
        .order_by(sort_column(Organization, language), Organization.id)
    )
    if wanted.country:
        query = query.where(Organization.country == wanted.country)
    if wanted.level_id or wanted.state or wanted.soon:
        query = query.where(Organization.id.in_(_with_cycle(network_id, wanted, day)))
    found = page_of(matching(query, Organization.folded, wanted.search), page)
    organizations = [row[0].organization for row in found.items]
    ids = [each.id for each in organizations]
    cycles = level_cycles(ids, network_id, day)
    kept = _kept(ids, network_id)
    listed = [Listed(each, cycles.get(each.id, {}), kept.get(each.id)) for each in organizations]
    return Page(listed, found.number, found.total, found.size)


def _kept(ids: list[int], network_id: int) -> dict[int, KeptStanding]:
    query = select(KeptStanding).where(KeptStanding.network_id == network_id, KeptStanding.organization_id.in_(ids))
    return {each.organization_id: each for each in db.session.scalars(query)}


def _with_cycle(network_id: int, wanted: Wanted, day: date) -> Select[Any]:
    query = select(Cycle.organization_id).where(Cycle.id.in_(telling_cycles(network_id, day)))
    if wanted.level_id:
        query = query.where(Cycle.level_id == wanted.level_id)
    if wanted.state == AT_RISK:
        query = query.where(is_at_risk_in(Cycle.level_id, network_id), Cycle.state == CycleState.CERTIFIED)
    elif wanted.state:
        query = query.where(phase_expression(day) == wanted.state)
    if wanted.soon:
        query = query.where(ends_between(day, day + SOON))
    return query


@dataclass(frozen=True)
class Totals:
    """How many organizations of a network are where: by level id and state."""

    by_state: dict[tuple[int, str], int]
    #: By level id.
    at_risk: dict[int, int]

    def of(self, level_id: int, state: str) -> int:
        """How many there are."""
        return self.at_risk.get(level_id, 0) if state == AT_RISK else self.by_state.get((level_id, state), 0)


def totals(network_id: int, day: date) -> Totals:
    """Two statements for the whole network."""
    members = select(NetworkMembership.organization_id).where(
        NetworkMembership.network_id == network_id, in_force(NetworkMembership, day)
    )
    phase = phase_expression(day)
    seen = (Cycle.id.in_(telling_cycles(network_id, day)), Cycle.organization_id.in_(members))
    rows = db.session.execute(
        select(Cycle.level_id, phase.label("phase"), func.count()).where(*seen).group_by(Cycle.level_id, phase)
    )
    risky = db.session.execute(
        select(Cycle.level_id, func.count())
        .where(*seen, Cycle.state == CycleState.CERTIFIED, is_at_risk_in(Cycle.level_id, network_id))
        .group_by(Cycle.level_id)
    )
    return Totals({(level, state): count for level, state, count in rows}, dict(risky.all()))


@dataclass(frozen=True)
class Waiting:
    """Something that was handed in and waits for the network."""

    cycle: Cycle
    organization: Organization
    rule: LevelRule
    submitted_at: datetime


def _submitted(network_id: int) -> Select[Any]:
    return select(Cycle).where(Cycle.network_id == network_id, Cycle.state == CycleState.SUBMITTED)


def waiting_count(network_id: int) -> int:
    """How many wait."""
    return db.session.scalar(select(func.count()).select_from(_submitted(network_id).subquery())) or 0


def waiting_for_decision(network_id: int, page: int = 1) -> Page[Waiting]:
    """What waits, the longest first; two statements."""
    since = (
        select(func.max(CycleStep.at))
        .where(CycleStep.cycle_id == Cycle.id, CycleStep.kind.in_((StepKind.SUBMITTED, StepKind.PROPOSED)))
        .correlate(Cycle)
        .scalar_subquery()
        .label("since")
    )
    query = (
        _submitted(network_id)
        .add_columns(Organization, LevelRule, since)
        .join(Organization, Organization.id == Cycle.organization_id)
        .join(LevelRule, LevelRule.id == Cycle.rule_id)
        .order_by(since, Cycle.id)
    )
    found: Page[Any] = page_of(query, page)
    return Page(
        [Waiting(row[0], row[1], row[2], row[3]) for row in found.items],
        found.number,
        found.total,
        found.size,
    )


#: In the order in which they are shown; what was withdrawn is past.
STATES = (*(each.value for each in Phase if each is not Phase.WITHDRAWN), AT_RISK)
