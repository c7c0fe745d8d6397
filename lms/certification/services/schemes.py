"""Making a network's scheme."""

from datetime import datetime

from sqlalchemy import select

from lms.certification.defaults import DEFAULT_SCHEME, LevelPlan, RequirementPlan, SchemePlan, Shipped
from lms.certification.models import Level, Requirement, Scheme
from lms.certification.queries.schemes import scheme_of
from lms.certification.requirement_types import Kind, requirement_type
from lms.db import db
from lms.training.models import Kit, Module


def ensure_scheme(network_id: int, now: datetime, plan: SchemePlan = DEFAULT_SCHEME) -> Scheme:
    """The network's scheme, made from `plan` where it has none.

    A requirement whose module or kit is not installed is left out; a level that lost one is not automatic.
    """
    scheme = scheme_of(network_id)
    if scheme is None:
        scheme = Scheme(network_id=network_id, names=dict(plan.names), created_at=now)
        scheme.levels = [_level(position, each) for position, each in enumerate(plan.levels, 1)]
        db.session.add(scheme)
        db.session.flush()
    return scheme


def _level(position: int, plan: LevelPlan) -> Level:
    made = [_requirement(number, each) for number, each in enumerate(plan.requirements, 1)]
    whole = [each for each in made if each is not None]
    return Level(
        position=position,
        names=dict(plan.names),
        months_valid=plan.months_valid,
        automatic=plan.automatic and len(whole) == len(made),
        requirements=whole,
    )


def _requirement(position: int, plan: RequirementPlan) -> Requirement | None:
    kind = requirement_type(plan.type)
    kinds = {parameter.name: parameter.kind for parameter in kind.parameters}
    parameters = {name: _resolved(value, kinds[name]) for name, value in plan.parameters.items()}
    if None in parameters.values():
        return None
    kind.check(parameters)
    return Requirement(position=position, type=plan.type, parameters=parameters)


def _resolved(value: int | Shipped, kind: Kind) -> int | None:
    if not isinstance(value, Shipped):
        return value
    model = Module if kind is Kind.MODULE else Kit
    return db.session.scalar(select(model.id).where(model.plugin == value.plugin, model.key == value.key))
