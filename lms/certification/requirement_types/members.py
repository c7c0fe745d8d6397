"""Who counts as an organization's staff, and who of them have done something."""

from bisect import bisect
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, case, exists, func, select

from lms.certification.phases import months_later
from lms.certification.requirement_types.base import Case, Parameters
from lms.db import Json, db
from lms.organizations.models import Membership
from lms.organizations.queries import in_force
from lms.progress.models import ModuleCompletion
from lms.training.models import KitModule, Module


class Split(NamedTuple):
    """Ids of an organization's people who have done something, and of those who have not, each in their order."""

    done: list[int]
    missing: list[int]

    @property
    def people(self) -> int:
        """How many there are."""
        return len(self.done) + len(self.missing)


def current_staff(cases: Sequence[Case]) -> Select[int, int]:
    """Organization and person of each confirmed membership in force on the day of the cases."""
    return select(Membership.organization_id, Membership.person_id).where(
        Membership.organization_id.in_([each.organization_id for each in cases]),
        Membership.confirmed_at.is_not(None),
        in_force(Membership, cases[0].day),
    )


def counts(cases: Sequence[Case], parameters: Parameters) -> ColumnElement[bool]:
    """Whether a completion is neither of later than the day nor older than the months that a requirement names."""
    case_, months = cases[0], parameters.get("months")
    until = ModuleCompletion.occurred_at < case_.until
    if months is None:
        return until
    since = datetime.combine(months_later(case_.day, -months), time(), case_.until.tzinfo or ZoneInfo("UTC"))
    return until & (ModuleCompletion.occurred_at >= since)


def completed_module(cases: Sequence[Case], people: Any, parameters: Parameters) -> ColumnElement[bool]:
    """Of a subquery of people: whether each has completed the module that a requirement names."""
    return exists().where(
        ModuleCompletion.person_id == people.c.person_id,
        ModuleCompletion.module_id == parameters["module_id"],
        counts(cases, parameters),
    )


def completed_kit(cases: Sequence[Case], people: Any, parameters: Parameters) -> ColumnElement[bool]:
    """Of a subquery of people: whether each has completed all modules of the kit that can be taken today.

    Where the kit is empty, nobody has.
    """
    modules = (
        select(KitModule.module_id)
        .join(Module, Module.id == KitModule.module_id)
        .where(KitModule.kit_id == parameters["kit_id"])
        .where(Module.current_version_id.is_not(None), Module.archived_at.is_(None))
    )
    completed = (
        select(func.count(ModuleCompletion.module_id.distinct()))
        .where(
            ModuleCompletion.person_id == people.c.person_id,
            ModuleCompletion.module_id.in_(modules),
            counts(cases, parameters),
        )
        .scalar_subquery()
    )
    wanted = len(list(db.session.scalars(modules)))
    return completed == (wanted or -1)


def split(cases: Sequence[Case], people: Any, done: ColumnElement[bool]) -> dict[int, Split]:
    """Organization id to its people by whether `done` holds of them; `people` is a subquery of organization and person.

    One row an organization, however many people it has: the ids come as a list, negative where it does not hold.
    """
    signed = case((done, people.c.person_id), else_=-people.c.person_id)
    listed = func.json_group_array if db.engine.dialect.name == "sqlite" else func.jsonb_agg
    rows = db.session.execute(
        select(people.c.organization_id, listed(signed, type_=Json)).group_by(people.c.organization_id)
    )
    found = {organization_id: _split(set(ids)) for organization_id, ids in rows}
    return {each.organization_id: found.get(each.organization_id, Split([], [])) for each in cases}


def _split(signed: set[int]) -> Split:
    ordered = sorted(signed)
    first = bisect(ordered, 0)
    return Split(ordered[first:], [-id_ for id_ in reversed(ordered[:first])])
