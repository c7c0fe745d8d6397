"""Organizations' ways: starting, following the facts, awarding."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from lms.certification.events import OrganizationAwarded
from lms.certification.models import OPEN, Award, Cycle, CycleState, Level
from lms.certification.phases import Phase, months_later, phase_of
from lms.certification.queries.cases import case_of, local_day
from lms.certification.queries.cycles import held_levels, latest_cycles
from lms.certification.requirement_types import Case, Finding, requirement_type
from lms.certification.services.credentials import issue_for_award
from lms.certification.services.schemes import ensure_scheme
from lms.certification.services.standings import forget_standing, keep_standing
from lms.db import db
from lms.errors import NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.organizations.models import Network, Organization

#: What a new cycle may follow of itself. After a suspension or revocation, people decide.
_RENEWABLE = frozenset({Phase.DUE, Phase.GRACE, Phase.EXPIRED, Phase.WITHDRAWN})


def start_cycle(organization_id: int, network_id: int, level: Level, day: date) -> Cycle:
    """A new way through a level. Raises NotAllowed while one is open."""
    latest = latest_cycles(organization_id, network_id).get(level.id)
    if latest is not None and latest.state in OPEN:
        raise NotAllowed(_("The organization is on its way to this level already."))
    cycle = Cycle(organization_id=organization_id, network_id=network_id, level_id=level.id, started_on=day)
    db.session.add(cycle)
    db.session.flush()
    return cycle


def start_again(cycle: Cycle, now: datetime) -> None:
    """After a revocation, let the organization begin the level anew. Raises NotAllowed in every other case."""
    latest = latest_cycles(cycle.organization_id, cycle.network_id)[cycle.level_id]
    if cycle.state != CycleState.REVOKED or latest.id != cycle.id:
        raise NotAllowed(_("Only after a revocation does a level begin anew by hand."))
    start_cycle(cycle.organization_id, cycle.network_id, cycle.level, local_day(cycle.network, now))
    follow(cycle.organization_id, cycle.network_id, now)


def withdraw(organization_id: int, network_id: int) -> None:
    """End an organization's open ways in a network that it has left."""
    for cycle in latest_cycles(organization_id, network_id).values():
        if cycle.state in OPEN:
            cycle.move_to(CycleState.WITHDRAWN)
    forget_standing(organization_id, network_id)


def follow(organization_id: int, network_id: int, now: datetime) -> list[Award]:
    """Bring an organization's cycles in step with the facts: start the next one, award what the rule gives of itself.

    Gives the awards made. Called when something happened that a requirement may count.
    """
    # Two events at once must not start the same cycle twice.
    db.session.execute(select(Organization.id).where(Organization.id == organization_id).with_for_update())
    network = db.session.get_one(Network, network_id)
    day = local_day(network, now)
    latest = latest_cycles(organization_id, network_id)
    held = held_levels(organization_id, network_id, day)
    awards = []
    for level in ensure_scheme(network_id, now).levels:
        cycle = _cycle_in_work(organization_id, network, level, latest.get(level.id), day)
        made = cycle and _award_if_met(cycle, level, case_of(organization_id, network, day), now)
        if made:
            awards.append(made)
        elif level.id not in held:
            break
    keep_standing(organization_id, network_id, now)
    return awards


def _cycle_in_work(
    organization_id: int, network: Network, level: Level, latest: Cycle | None, day: date
) -> Cycle | None:
    """The open cycle of a level, started where it may start of itself; None where there is nothing to do."""
    if latest is not None and latest.state in OPEN:
        return latest
    if latest is not None and phase_of(latest.state, latest.expires_on, day) not in _RENEWABLE:
        return None
    return start_cycle(organization_id, network.id, level, day)


def _award_if_met(cycle: Cycle, level: Level, case: Case, now: datetime) -> Award | None:
    if not level.automatic or not level.requirements:
        return None
    findings = examine(level, case)
    return _award(cycle, level, findings, case.day, None, now) if all(each.met for each in findings) else None


def examine(level: Level, case: Case) -> list[Finding]:
    """A finding for each requirement of the level, in their order."""
    return [requirement_type(each.type).evaluate(case, each.parameters) for each in level.requirements]


def award(cycle: Cycle, *, actor_id: int, now: datetime) -> Award:
    """A network admin's verdict. Raises NotAllowed where the cycle is not open or a requirement is not met."""
    day = local_day(cycle.network, now)
    findings = examine(cycle.level, case_of(cycle.organization_id, cycle.network, day))
    if not findings or not all(each.met for each in findings):
        raise NotAllowed(_("Not every requirement of this level is met."))
    made = _award(cycle, cycle.level, findings, day, actor_id, now)
    keep_standing(cycle.organization_id, cycle.network_id, now)
    return made


def _award(
    cycle: Cycle, level: Level, findings: list[Finding], day: date, actor_id: int | None, now: datetime
) -> Award:
    cycle.certify(day, _valid_until(cycle, level, day))
    made = Award(cycle=cycle, rule=_rule(level), facts=_facts(level, findings), awarded_at=now, awarded_by_id=actor_id)
    db.session.add(made)
    db.session.flush()
    issue_for_award(made, now)
    emit(OrganizationAwarded(now, actor_id, cycle.organization_id, cycle.network_id, level.id, cycle.id, made.id))
    return made


def _valid_until(cycle: Cycle, level: Level, day: date) -> date | None:
    """Last valid day: a renewal in time continues where the certificate before it ends."""
    if level.months_valid is None:
        return None
    ends = db.session.scalars(
        select(Cycle.expires_on)
        .where(Cycle.organization_id == cycle.organization_id, Cycle.network_id == cycle.network_id)
        .where(Cycle.level_id == level.id, Cycle.state == CycleState.CERTIFIED, Cycle.expires_on >= day)
        .order_by(Cycle.expires_on.desc())
    ).first()
    begins = ends + timedelta(days=1) if ends else day
    return months_later(begins, level.months_valid) - timedelta(days=1)


def _rule(level: Level) -> dict[str, object]:
    """The rule as it stands: names are the level's and the scheme's, never a person's."""
    return {
        "scheme": {"id": level.scheme_id, "names": level.scheme.names},
        "level": {"id": level.id, "position": level.position, "names": level.names, "months_valid": level.months_valid},
        "requirements": [{"id": r.id, "type": r.type, "parameters": r.parameters} for r in level.requirements],
    }


def _facts(level: Level, findings: list[Finding]) -> dict[str, object]:
    found = zip(level.requirements, findings, strict=True)
    return {
        "requirements": [{"id": r.id, "have": each.have, "need": each.need, **each.facts} for r, each in found],
    }
