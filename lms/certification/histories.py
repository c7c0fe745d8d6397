"""What certification itself tells on a timeline: steps of cycles, dates that came, rules that changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from lms.certification.marks import Mark
from lms.certification.models import Award, Credential, Cycle, CycleMark, CycleStep, LevelRule, Revision, Scheme
from lms.certification.queries import local_day
from lms.certification.timeline import TimelineSource, register_timeline_source
from lms.clock import now
from lms.db import db
from lms.organizations.models import Network


@dataclass(frozen=True)
class ToldStep:
    """A step, the rule that its cycle began under, and the code of the certificate that it brought."""

    step: CycleStep
    rule: LevelRule
    code: str | None


@dataclass(frozen=True)
class ToldMark:
    """A date that was told of, and the rule that its cycle began under."""

    mark: Mark
    told: CycleMark
    rule: LevelRule


def _cycles(organization_id: int, network_id: int) -> Select[int]:
    return select(Cycle.id).where(Cycle.organization_id == organization_id, Cycle.network_id == network_id)


def _steps(organization_id: int, network_id: int) -> Select[Any, Any]:
    return select(CycleStep.at, CycleStep.id).where(CycleStep.cycle_id.in_(_cycles(organization_id, network_id)))


def _load_steps(ids: Sequence[int]) -> Mapping[int, ToldStep]:
    query = (
        select(CycleStep, LevelRule, Credential.code)
        .join(Cycle, Cycle.id == CycleStep.cycle_id)
        .join(LevelRule, LevelRule.id == Cycle.rule_id)
        .outerjoin(Award, Award.cycle_id == Cycle.id)
        .outerjoin(Credential, Credential.award_id == Award.id)
        .where(CycleStep.id.in_(ids))
    )
    return {step.id: ToldStep(step, rule, code) for step, rule, code in db.session.execute(query)}


def _marks(organization_id: int, network_id: int) -> Select[Any, Any]:
    return select(CycleMark.told_at, CycleMark.id).where(CycleMark.cycle_id.in_(_cycles(organization_id, network_id)))


def _load_marks(ids: Sequence[int]) -> Mapping[int, ToldMark]:
    query = (
        select(CycleMark, LevelRule)
        .join(Cycle, Cycle.id == CycleMark.cycle_id)
        .join(LevelRule, LevelRule.id == Cycle.rule_id)
        .where(CycleMark.id.in_(ids))
    )
    return {told.id: ToldMark(Mark(told.kind), told, rule) for told, rule in db.session.execute(query)}


def _revisions(organization_id: int, network_id: int) -> Select[Any, Any]:
    """Those that reached a cycle of the organization which had begun before."""
    begun = exists().where(
        Cycle.organization_id == organization_id,
        Cycle.network_id == network_id,
        Cycle.started_on < Revision.starts_on,
    )
    return (
        select(Revision.starts_on, Revision.id)
        .join(Scheme, Scheme.id == Revision.scheme_id)
        .where(Scheme.network_id == network_id, Revision.cancelled_at.is_(None), Revision.reaches_running)
        .where(Revision.starts_on <= local_day(db.session.get_one(Network, network_id), now()), begun)
    )


def _load_revisions(ids: Sequence[int]) -> Mapping[int, Revision]:
    query = select(Revision).where(Revision.id.in_(ids)).options(joinedload(Revision.scheme))
    return {each.id: each for each in db.session.scalars(query)}


def register_histories() -> None:
    """Add all three."""
    steps, marks, revisions = (f"certification/timeline_{name}.html" for name in ("step", "mark", "revision"))
    register_timeline_source(
        TimelineSource("step", _steps, _load_steps, steps, people=lambda told: [told.step.actor_id])
    )
    register_timeline_source(TimelineSource("mark", _marks, _load_marks, marks))
    register_timeline_source(
        TimelineSource(
            "revision", _revisions, _load_revisions, revisions, people=lambda revision: [revision.made_by_id]
        )
    )
