"""The parts of a cut: people who completed modules in each language, or inside and outside of some days."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, distinct, func, literal, select, true
from sqlalchemy.orm import aliased

from lms.accounts.models import Person
from lms.db import db
from lms.organizations.models import Membership, NetworkMembership
from lms.organizations.queries import in_force
from lms.organizations.queries.belonging import confirmed_on
from lms.progress.models import ModuleCompletion
from lms.reports.counters.models import ANY
from lms.reports.queries.stock import Columns, Organizations, by_language
from lms.reports.query import Cut

#: Parts of the completions under a cut by dates.
INSIDE, OUTSIDE = "inside", "outside"


@dataclass
class Counted:
    """People who completed a module: of each organization, and distinct over all of them."""

    by_organization: dict[int, int] = field(default_factory=dict)
    total: int = 0


Parts = dict[int, dict[str, Counted]]
"""Module id to part to the people counted in it."""


def parts(columns: Columns, cut: Cut, organizations: Organizations, whole: dict[int, Counted]) -> Parts:
    """Every part that a cut divides the completions into, over the whole network; `whole` counts all of them.

    A cut by language is read from the counters. One by days is counted from the completions that lie in them, so that
    it costs what happened then and not all that ever happened.
    """
    found: Parts = defaultdict(lambda: defaultdict(Counted))
    if not cut.is_dated:
        for row in by_language(columns, organizations):
            _put(found, *row)
        return found
    inside = _inside(columns, cut)
    for row in _grouped(inside, inside.c.part):
        _put(found, *row)
    _add_outside(found, inside, columns, cut, whole)
    return found


def _put(found: Parts, module: int, part: str, organization: int, people: int) -> None:
    counted = found[module][part]
    if organization == ANY:
        counted.total = people
    else:
        counted.by_organization[organization] = people


def _days(cut: Cut, fact: Any) -> ColumnElement[bool]:
    since = fact.occurred_at >= cut.since if cut.since else true()
    until = fact.occurred_at < cut.until if cut.until else true()
    return and_(since, until)


def _inside(columns: Columns, cut: Cut) -> Subquery:
    """Completions inside of the days by people who are counted: (organization, person, module, part)."""
    query: Any = (
        select(
            Membership.organization_id,
            Membership.person_id,
            ModuleCompletion.module_id,
            (ModuleCompletion.language if cut.language else literal(INSIDE)).label("part"),
        )
        .select_from(ModuleCompletion)
        .join(Membership, Membership.person_id == ModuleCompletion.person_id)
        .join(NetworkMembership, NetworkMembership.organization_id == Membership.organization_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            ModuleCompletion.module_id.in_(columns.module_ids),
            _days(cut, ModuleCompletion),
            NetworkMembership.network_id == columns.network_id,
            in_force(NetworkMembership, columns.day),
            confirmed_on(columns.day),
            Person.erased_at.is_(None),
        )
    )
    if columns.edition_id:
        query = query.where(ModuleCompletion.edition_id == columns.edition_id)
    subquery: Subquery = query.subquery()
    return subquery


def _grouped(facts: Subquery, part: ColumnElement[str]) -> list[Any]:
    """(module, part, organization or 0, distinct people), of each organization and of all: two statements."""
    people = func.count(distinct(facts.c.person_id))
    each = select(facts.c.module_id, part, facts.c.organization_id, people).group_by(
        facts.c.module_id, part, facts.c.organization_id
    )
    both = select(facts.c.module_id, part, literal(ANY), people).group_by(facts.c.module_id, part)
    return [*db.session.execute(each), *db.session.execute(both)]


def _add_outside(found: Parts, inside: Subquery, columns: Columns, cut: Cut, whole: dict[int, Counted]) -> None:
    """Who completed outside of the days: all, without those who did so inside alone."""
    other = aliased(ModuleCompletion)
    elsewhere = select(other.id).where(
        other.person_id == inside.c.person_id, other.module_id == inside.c.module_id, ~_days(cut, other)
    )
    if columns.edition_id:
        elsewhere = elsewhere.where(other.edition_id == columns.edition_id)
    facts = select(inside, elsewhere.exists().label("again")).subquery()
    only_inside: Parts = defaultdict(lambda: defaultdict(Counted))
    alone = select(facts).where(~facts.c.again).subquery()
    for row in _grouped(alone, literal(OUTSIDE)):
        _put(only_inside, *row)
    for module, counted in whole.items():
        less = only_inside[module][OUTSIDE]
        rest = {id_: n for id_, of in counted.by_organization.items() if (n := of - less.by_organization.get(id_, 0))}
        if counted.total - less.total:
            found[module][OUTSIDE] = Counted(rest, counted.total - less.total)
