"""Counts of people who completed modules, by organization and over all: one statement each, however much there is."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import CTE, ColumnElement, and_, case, distinct, func, literal, select, true

from lms.db import db
from lms.progress.models import ModuleCompletion
from lms.reports.query import Cut

#: Parts of the completions under a cut by dates.
INSIDE, OUTSIDE = "inside", "outside"
#: Ids of organizations, or None for all whose people are counted.
Organizations = Collection[int] | None


@dataclass(frozen=True)
class Counted:
    """People who completed a module: of each organization, and distinct over all of them."""

    by_organization: dict[int, int]
    total: int


def _within(people: CTE, organizations: Organizations) -> ColumnElement[bool]:
    return true() if organizations is None else people.c.organization_id.in_(organizations)


def sizes(people: CTE) -> dict[int, int]:
    """Organization id to the number of its people; one without people is left out."""
    rows = db.session.execute(select(people.c.organization_id, func.count()).group_by(people.c.organization_id))
    return dict(rows.all())


def distinct_people(people: CTE, organizations: Organizations) -> int:
    """How many people the organizations have together, each counted once."""
    counted = select(func.count(distinct(people.c.person_id))).where(_within(people, organizations))
    return db.session.scalar(counted) or 0


def cells(people: CTE, organizations: Organizations, module_ids: Sequence[int]) -> dict[int, dict[int, int]]:
    """Module id to organization id to the number of people who completed it."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for module, organization, count in db.session.execute(
        select(ModuleCompletion.module_id, people.c.organization_id, func.count(distinct(people.c.person_id)))
        .join(ModuleCompletion, ModuleCompletion.person_id == people.c.person_id)
        .where(_within(people, organizations), ModuleCompletion.module_id.in_(module_ids))
        .group_by(ModuleCompletion.module_id, people.c.organization_id)
    ):
        found[module][organization] = count
    return found


def totals(people: CTE, organizations: Organizations, module_ids: Sequence[int]) -> dict[int, int]:
    """Module id to the number of distinct people who completed it."""
    rows = db.session.execute(
        select(ModuleCompletion.module_id, func.count(distinct(people.c.person_id)))
        .join(ModuleCompletion, ModuleCompletion.person_id == people.c.person_id)
        .where(_within(people, organizations), ModuleCompletion.module_id.in_(module_ids))
        .group_by(ModuleCompletion.module_id)
    )
    return dict(rows.all())


def part_of(cut: Cut) -> ColumnElement[str]:
    """The part that a completion falls into: each cut divides all completions, and shows one of the parts."""
    if not cut.is_dated:
        return ModuleCompletion.language.expression
    since = ModuleCompletion.occurred_at >= cut.since if cut.since else true()
    until = ModuleCompletion.occurred_at < cut.until if cut.until else true()
    return case(
        (and_(since, until), ModuleCompletion.language if cut.language else literal(INSIDE)), else_=literal(OUTSIDE)
    )


def parts(people: CTE, cut: Cut, module_ids: Sequence[int]) -> dict[int, dict[str, Counted]]:
    """Module id to part to the people counted in it, over the whole network: two statements."""
    facts = (
        select(people.c.organization_id, people.c.person_id, ModuleCompletion.module_id, part_of(cut).label("part"))
        .join(ModuleCompletion, ModuleCompletion.person_id == people.c.person_id)
        .where(ModuleCompletion.module_id.in_(module_ids))
        .subquery()
    )
    count = func.count(distinct(facts.c.person_id))
    over_all = db.session.execute(
        select(facts.c.module_id, facts.c.part, count).group_by(facts.c.module_id, facts.c.part)
    )
    found: dict[int, dict[str, Counted]] = defaultdict(dict)
    for module, part, total in over_all:
        found[module][part] = Counted({}, total)
    for module, part, organization, counted in db.session.execute(
        select(facts.c.module_id, facts.c.part, facts.c.organization_id, count).group_by(
            facts.c.module_id, facts.c.part, facts.c.organization_id
        )
    ):
        found[module][part].by_organization[organization] = counted
    return found
