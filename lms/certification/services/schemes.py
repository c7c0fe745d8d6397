"""Making a network's scheme, and changing it by revisions."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from lms.certification.defaults import DEFAULT_SCHEME, LevelAt, LevelPlan, Planned, RequirementPlan, SchemePlan, Shipped
from lms.certification.events import SchemeRevised
from lms.certification.models import Cycle, Level, LevelRule, Revision, Scheme
from lms.certification.queries.cases import local_day
from lms.certification.queries.revisions import scheme_of
from lms.certification.requirement_types import Kind, requirement_type
from lms.certification.services.scheme_checks import check_scheme
from lms.db import db
from lms.errors import DomainError, NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.organizations.models import Network
from lms.training.models import Kit, Module


def ensure_scheme(network_id: int, now: datetime, plan: SchemePlan = DEFAULT_SCHEME) -> Scheme:
    """The network's scheme, made from `plan` where it has none.

    A requirement whose module, kit or type is not installed is left out; a level that lost one is not automatic.
    """
    scheme = scheme_of(network_id)
    if scheme is None:
        scheme = Scheme(network_id=network_id, created_at=now)
        db.session.add(scheme)
        db.session.flush()
        day = local_day(db.session.get_one(Network, network_id), now)
        _revision(scheme, 1, plan, starts_on=day, reaches_running=False, note="", actor_id=None, now=now)
    return scheme


def revise(
    network: Network,
    plan: SchemePlan,
    *,
    starts_on: date,
    reaches_running: bool,
    note: str,
    actor_id: int,
    now: datetime,
) -> Revision:
    """Let a scheme say something else from a day on, today or later; what comes later than that day is superseded.

    Cycles under way keep their rule, unless the revision reaches them: then from that day on. Raises DomainError
    (starts_on, or a path into the plan such as `levels.0.requirements.1.people`) for what nobody could meet.
    """
    scheme = ensure_scheme(network.id, now)
    db.session.execute(select(Scheme.id).where(Scheme.id == scheme.id).with_for_update())
    check_scheme(network, scheme, plan, starts_on, local_day(network, now))
    newest = db.session.scalar(select(func.max(Revision.number)).where(Revision.scheme_id == scheme.id)) or 0
    made = _revision(
        scheme,
        newest + 1,
        plan,
        starts_on=starts_on,
        reaches_running=reaches_running,
        note=note,
        actor_id=actor_id,
        now=now,
    )
    emit(SchemeRevised(now, actor_id, network.id, made.id, cancelled=False))
    return made


def cancel_revision(network: Network, revision: Revision, *, actor_id: int, now: datetime) -> None:
    """Take a change back that has not begun. Raises NotAllowed for one that has."""
    begun = select(Cycle.id).join(LevelRule, LevelRule.id == Cycle.rule_id).where(LevelRule.revision_id == revision.id)
    # Where the network has moved to another time zone, what began today may begin tomorrow once more.
    has_begun = revision.starts_on <= local_day(network, now) or db.session.scalar(select(begun.exists()))
    if revision.cancelled_at is not None or has_begun or revision.number == 1:
        raise NotAllowed(_("This change has begun already; make another one instead."))
    revision.cancelled_at = now
    emit(SchemeRevised(now, actor_id, network.id, revision.id, cancelled=True))


def _revision(
    scheme: Scheme,
    number: int,
    plan: SchemePlan,
    *,
    starts_on: date,
    reaches_running: bool,
    note: str,
    actor_id: int | None,
    now: datetime,
) -> Revision:
    made = Revision(
        scheme_id=scheme.id,
        number=number,
        names=dict(plan.names),
        starts_on=starts_on,
        reaches_running=reaches_running,
        note=note,
        made_at=now,
        made_by_id=actor_id,
    )
    db.session.add(made)
    db.session.flush()
    ids: list[int] = []
    for position, each in enumerate(plan.levels, 1):
        ids.append(each.level_id or _new_level(scheme))
        db.session.add(rule_of(each, made.id, position, ids))
    db.session.flush()
    db.session.refresh(made, ["levels"])
    return made


def _new_level(scheme: Scheme) -> int:
    level = Level(scheme_id=scheme.id)
    db.session.add(level)
    db.session.flush()
    return level.id


def rule_of(plan: LevelPlan, revision_id: int, position: int, ids: Sequence[int]) -> LevelRule:
    """What a revision says of a level; `ids` are those of the levels up to this one, in their order."""
    made = [requirement_of(each, ids) for each in plan.requirements]
    whole = [each for each in made if each is not None]
    calendar, month, day = plan.fixed or (None, None, None)
    return LevelRule(
        revision_id=revision_id,
        level_id=ids[-1],
        position=position,
        names=dict(plan.names),
        months_valid=plan.months_valid,
        expiry=plan.expiry,
        fixed_calendar=calendar,
        fixed_month=month,
        fixed_day=day,
        window_days=plan.window_days,
        grace_days=plan.grace_days,
        automatic=plan.automatic and len(whole) == len(made),
        four_eyes=plan.four_eyes,
        requirements=whole,
    )


def requirement_of(plan: RequirementPlan, ids: Sequence[int]) -> dict[str, Any] | None:
    """A requirement as a rule holds it; None where something that it names is not installed."""
    kind = requirement_type(plan.type)
    kinds = {parameter.name: parameter.kind for parameter in kind.parameters}
    if plan.type != kind.key or not set(plan.parameters) <= set(kinds):
        return None
    parameters = {name: _resolved(value, kinds[name], ids) for name, value in plan.parameters.items()}
    parameters = {name: value for name, value in parameters.items() if value is not None or kinds[name] != Kind.MONTHS}
    if None in parameters.values():
        return None
    try:
        kind.check(parameters)
    except DomainError:  # a choice that no enabled plugin offers
        return None
    return {"type": plan.type, "parameters": parameters}


def _resolved(value: Planned, kind: Kind, ids: Sequence[int]) -> object:
    if isinstance(value, LevelAt):
        return ids[value.position - 1] if value.position < len(ids) else None
    if isinstance(value, Shipped):
        model = Module if kind is Kind.MODULE else Kit
        return db.session.scalar(select(model.id).where(model.plugin == value.plugin, model.key == value.key))
    if kind is Kind.RULES:
        assert isinstance(value, Sequence)
        made = [requirement_of(each, ids) for each in value if isinstance(each, RequirementPlan)]
        return None if None in made else made
    return value
