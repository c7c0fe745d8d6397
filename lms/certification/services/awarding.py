"""Verdicts: what is handed in, returned and awarded."""

from datetime import datetime
from typing import Any

from lms.certification.events import OrganizationAwarded
from lms.certification.models import OPEN, Award, Cycle, LevelRule, Revision, StepKind
from lms.certification.queries.cases import case_of, local_day
from lms.certification.queries.cycles import renewable
from lms.certification.queries.schemes import Rules, rules_of
from lms.certification.queries.standing import examine
from lms.certification.requirement_types import Case, Finding
from lms.certification.services.credentials import issue_for_award
from lms.certification.services.deciding import refuse_own
from lms.certification.services.standings import keep_standing
from lms.certification.services.steps import hold, take_step, write_step
from lms.certification.validity import validity
from lms.db import db
from lms.errors import NotAllowed
from lms.events import emit
from lms.i18n import gettext as _


def submit(cycle: Cycle, *, actor_id: int, now: datetime) -> None:
    """Ask the network for its verdict. Raises NotAllowed where something is missing still."""
    hold(cycle)
    _found_met(cycle, now)
    take_step(cycle, StepKind.SUBMITTED, actor_id=actor_id, now=now)


def return_to(cycle: Cycle, reason: str, *, actor_id: int, now: datetime) -> None:
    """Give what was handed in back, saying what is to be done. Raises DomainError."""
    refuse_own(cycle, actor_id)
    hold(cycle)
    take_step(cycle, StepKind.RETURNED, actor_id=actor_id, now=now, reason=reason)


def award(cycle: Cycle, *, actor_id: int, now: datetime) -> Award | None:
    """A network admin's verdict; None where a second admin has to agree first.

    Raises NotAllowed where the cycle is not open, a requirement is not met, or it is not for this admin to say.
    """
    refuse_own(cycle, actor_id)
    hold(cycle)
    rule, findings = _found_met(cycle, now)
    if rule.four_eyes and cycle.proposed_by_id is None:
        take_step(cycle, StepKind.PROPOSED, actor_id=actor_id, now=now)
        cycle.proposed_by_id = actor_id
        return None
    if rule.four_eyes and cycle.proposed_by_id == actor_id:
        raise NotAllowed(_("You have proposed this award; another admin has to agree."))
    made = _award(cycle, rule, findings, actor_id, now)
    keep_standing(cycle.organization_id, cycle.network_id, now)
    return made


def award_if_met(cycle: Cycle, rules: Rules, case: Case, now: datetime) -> Award | None:
    """The award of an open cycle, where its rule gives it of itself and is met."""
    rule = rules.of(cycle, case.day)
    if not rule.automatic or not rule.requirements or cycle.state not in OPEN:
        return None
    findings = _findings(rule, case)
    return _award(cycle, rule, findings, None, now) if all(each.met for each in findings) else None


def _found_met(cycle: Cycle, now: datetime) -> tuple[LevelRule, list[Finding]]:
    rules = rules_of(cycle.network_id)
    assert rules is not None
    day = local_day(cycle.network, now)
    rule = rules.of(cycle, day)
    findings = _findings(rule, case_of(cycle.organization_id, cycle.network, day))
    if not findings or not all(each.met for each in findings):
        raise NotAllowed(_("Not every requirement of this level is met."))
    return rule, findings


def _findings(rule: LevelRule, case: Case) -> list[Finding]:
    return [found[case.organization_id] for found in examine(rule, [case])]


def _award(cycle: Cycle, rule: LevelRule, findings: list[Finding], actor_id: int | None, now: datetime) -> Award:
    day = max(local_day(cycle.network, now), cycle.started_on)
    # Before anything of the cycle changes: asking writes what has changed, and half an award is refused.
    found = validity(rule, day, renewable(cycle, day))
    cycle.take(StepKind.AWARDED)
    cycle.awarded_on, cycle.proposed_by_id = day, None
    if found is not None:
        cycle.window_opens_on, cycle.due_on = found.window_opens_on, found.due_on
        cycle.expires_on, cycle.grace_ends_on = found.due_on, found.grace_ends_on
    made = Award(cycle=cycle, rule=copy_of(rule), facts=_facts(rule, findings), awarded_at=now, awarded_by_id=actor_id)
    db.session.add(made)
    db.session.flush()
    write_step(cycle, StepKind.AWARDED, actor_id=actor_id, now=now)
    issue_for_award(made, now)
    emit(OrganizationAwarded(now, actor_id, cycle.organization_id, cycle.network_id, rule.level_id, cycle.id, made.id))
    return made


def copy_of(rule: LevelRule) -> dict[str, Any]:
    """A rule as it stands: names are the level's and the scheme's, never a person's."""
    revision: Revision = rule.revision
    return {
        "scheme": {"id": revision.scheme_id, "revision": revision.number, "names": revision.names},
        "level": {
            "id": rule.level_id,
            "position": rule.position,
            "names": rule.names,
            "months_valid": rule.months_valid,
            "expiry": rule.expiry,
        },
        "requirements": rule.requirements,
    }


def _facts(rule: LevelRule, findings: list[Finding]) -> dict[str, Any]:
    found = zip(rule.requirements, findings, strict=True)
    return {
        "requirements": [{"type": each["type"], "have": of.have, "need": of.need, **of.facts} for each, of in found]
    }
