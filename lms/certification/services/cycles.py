"""Organizations' ways: starting, following the facts, and ending."""

from datetime import date, datetime

from lms.certification.models import OPEN, Award, Cycle, CycleState, StepKind
from lms.certification.queries.cases import case_of, local_day
from lms.certification.queries.cycles import LevelCycles, held_levels, latest_cycles, level_cycles
from lms.certification.queries.schemes import Rules, rules_of
from lms.certification.queries.seats import seats_of_organization
from lms.certification.queries.standing import Standing
from lms.certification.services.awarding import award_if_met
from lms.certification.services.deciding import refuse_own
from lms.certification.services.schemes import ensure_scheme
from lms.certification.services.standings import forget_standing, keep_standing
from lms.certification.services.steps import begin, hold, lock_organization, take_step
from lms.db import db
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.organizations.models import Network


def start_again(cycle: Cycle, *, actor_id: int | None, now: datetime) -> None:
    """After a revocation, let the organization begin the level anew. Raises NotAllowed in every other case, and where
    it has left the network."""
    if actor_id is not None:
        refuse_own(cycle, actor_id)
    hold(cycle)
    latest = latest_cycles(cycle.organization_id, cycle.network_id)[cycle.level_id]
    rules = rules_of(cycle.network_id)
    day = local_day(cycle.network, now)
    current = {rule.level_id: rule for rule in rules.levels(day)} if rules else {}
    if cycle.state != CycleState.REVOKED or latest.id != cycle.id or cycle.level_id not in current:
        raise NotAllowed(_("Only after a revocation does a level begin anew by hand."))
    if (cycle.organization_id, cycle.network_id) not in seats_of_organization(cycle.organization_id, day):
        raise NotAllowed(_("The organization has left the network."))
    begin(cycle.organization_id, cycle.network_id, current[cycle.level_id], actor_id=actor_id, now=now)
    follow(cycle.organization_id, cycle.network_id, now)


def withdraw(organization_id: int, network_id: int, *, actor_id: int | None, now: datetime) -> None:
    """End an organization's open ways in a network that it has left."""
    lock_organization(organization_id)
    for cycle in latest_cycles(organization_id, network_id).values():
        if cycle.state in OPEN:
            take_step(cycle, StepKind.WITHDRAWN, actor_id=actor_id, now=now)
    forget_standing(organization_id, network_id)


def follow(organization_id: int, network_id: int, now: datetime) -> list[Award]:
    """Bring an organization's cycles in step with the facts: start the next one, award what the rule gives of itself.

    Gives the awards made. Called when something happened that a requirement may count.
    """
    lock_organization(organization_id)
    network = db.session.get_one(Network, network_id)
    day = local_day(network, now)
    ensure_scheme(network_id, now)
    rules = rules_of(network_id)
    assert rules is not None
    awards = _followed(rules, organization_id, network, day, now)
    keep_standing(organization_id, network_id, now)
    return awards


def _followed(rules: Rules, organization_id: int, network: Network, day: date, now: datetime) -> list[Award]:
    cycles = level_cycles([organization_id], network.id, day).get(organization_id, {})
    held = held_levels(organization_id, network.id, day)
    case, awards = case_of(organization_id, network, day), []
    for rule in rules.levels(day):
        mine = cycles.get(rule.level_id, LevelCycles())
        if mine.may_begin(day):
            mine.open = begin(organization_id, network.id, rule, actor_id=None, now=now)
        made = mine.open and award_if_met(mine.open, rules, case, now)
        if made:
            awards.append(made)
        elif rule.level_id not in held:
            break
    return awards


def is_behind(found: Standing) -> bool:
    """Whether `follow` would begin a cycle or award one."""
    for level in found.levels:
        cycles = LevelCycles()
        cycles.counting, cycles.open = level.cycle, level.open
        if cycles.may_begin(found.day) or (level.open is not None and level.rule.automatic and level.is_met):
            return True
        if not level.held:
            return False
    return False
