"""The parts of a cut: people who completed modules in each language, or inside and outside of some days or a cohort."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, distinct, func, literal, select, true
from sqlalchemy.orm import aliased

from lms.accounts.models import Person
from lms.cohorts.models import CohortMember
from lms.db import db
from lms.formats import LANGUAGES
from lms.organizations.models import Membership, NetworkMembership
from lms.organizations.queries import in_force
from lms.organizations.queries.belonging import confirmed_on
from lms.progress.models import ModuleCompletion
from lms.reports.counters.models import ANY
from lms.reports.queries import stock
from lms.reports.queries.columns import Columns
from lms.reports.queries.people import organizations_of
from lms.reports.queries.shared import shared_people, unindexed
from lms.reports.query import Cut

#: Parts of the completions under a cut by dates or by a cohort.
INSIDE, OUTSIDE = "inside", "outside"


@dataclass
class Counted:
    """People who completed a module: of each organization, and distinct over all of them."""

    by_organization: dict[int, int] = field(default_factory=dict)
    total: int = 0


Parts = dict[int, dict[str, Counted]]
"""Module id to part to the people counted in it."""


def counted(columns: Columns, cut: Cut) -> tuple[dict[int, Counted], Parts]:
    """Everybody who completed each module, and every part that a cut divides them into, over the whole network.

    A cut by language is read from the counters. One by days or by a cohort is counted from the completions that lie in
    it, so that it costs what happened there and not all that ever happened.
    """
    if not cut.is_dated and cut.cohort_id is None:
        return by_language(columns)
    whole = everybody(columns)
    found: Parts = defaultdict(lambda: defaultdict(Counted))
    again = _again(columns, cut)
    _add(found, columns, _inside(columns, cut), _part(cut))
    _add_outside(found, columns, _inside(columns, cut).where(~again), whole)
    return whole, found


def everybody(columns: Columns) -> dict[int, Counted]:
    """Module id to everybody in the network who completed it."""
    cells = stock.cells(columns, organizations_of(columns.network_id, columns.day))
    _people, totals = stock.people_and_totals(columns, None)
    return {module: Counted(cells.get(module, {}), totals.get(module, 0)) for module in columns.module_ids}


def by_language(columns: Columns) -> tuple[dict[int, Counted], Parts]:
    """The same, and those of each language."""
    whole = {module: Counted() for module in columns.module_ids}
    found: Parts = {module: {code: Counted() for code in LANGUAGES} for module in columns.module_ids}
    of = {module: [whole[module], *found[module].values()] for module in columns.module_ids}
    places = {module: [each.by_organization for each in counted] for module, counted in of.items()}
    for module, organization, *numbers in stock.by_language(columns, organizations_of(columns.network_id, columns.day)):
        if organization == ANY:
            for each, number in zip(of[module], numbers, strict=True):
                each.total = number
            continue
        for place, number in zip(places[module], numbers, strict=True):
            if number:
                place[organization] = number
    return whole, found


def put(counted: Counted, organization: int, people: int) -> None:
    """Note the people of an organization, or (0) of the network."""
    if organization == ANY:
        counted.total = people
    else:
        counted.by_organization[organization] = people


def _days(cut: Cut, fact: Any) -> ColumnElement[bool]:
    since = fact.occurred_at >= cut.since if cut.since else true()
    until = fact.occurred_at < cut.until if cut.until else true()
    return and_(since, until)


def _part(cut: Cut) -> ColumnElement[str]:
    """The part that a completion inside of the days falls into."""
    return ModuleCompletion.language.expression if cut.language else literal(INSIDE)


def _inside(columns: Columns, cut: Cut) -> Select[Any]:
    """Completions inside of the days and the cohort by people who are counted; its columns are to be chosen."""
    query: Select[Any] = (
        select(ModuleCompletion.module_id)
        .join(Membership, Membership.person_id == ModuleCompletion.person_id)
        # From what was completed in the days to the network, and not from all of its people.
        .join(NetworkMembership, NetworkMembership.organization_id == unindexed(Membership.organization_id))
        .join(Person, Person.id == Membership.person_id)
        .where(
            _days(cut, ModuleCompletion),
            NetworkMembership.network_id == columns.network_id,
            in_force(NetworkMembership, columns.day),
            confirmed_on(columns.day),
            Person.erased_at.is_(None),
        )
    )
    if cut.cohort_id is not None:
        there = and_(CohortMember.person_id == ModuleCompletion.person_id, CohortMember.left_at.is_(None))
        query = query.join(CohortMember, there).where(CohortMember.cohort_id == cut.cohort_id)
    return query.where(ModuleCompletion.edition_id == columns.edition_id) if columns.edition_id else query


def _again(columns: Columns, cut: Cut) -> ColumnElement[bool]:
    """SQL: whoever completed the module inside of the days did so outside of them as well."""
    other = aliased(ModuleCompletion)
    elsewhere = select(other.id).where(
        other.person_id == ModuleCompletion.person_id,
        other.module_id == ModuleCompletion.module_id,
        ~_days(cut, other),
    )
    if columns.edition_id:
        elsewhere = elsewhere.where(other.edition_id == columns.edition_id)
    return elsewhere.correlate(ModuleCompletion).exists()


def _add(found: Parts, columns: Columns, facts: Select[Any], part: ColumnElement[str]) -> None:
    """Put distinct people of facts into their parts: of each organization by one statement, of all of them by the sum,
    less what people of several organizations add twice, by another."""
    module, person = ModuleCompletion.module_id, ModuleCompletion.person_id
    each = (
        facts.with_only_columns(module, part.label("part"), Membership.organization_id, person)
        .where(module.in_(columns.module_ids))
        .subquery()
    )
    key = (each.c.module_id, each.c.part, each.c.organization_id)
    for module_id, of, *rest in db.session.execute(select(*key, func.count(distinct(each.c.person_id))).group_by(*key)):
        put(found[module_id][of], *rest)
        found[module_id][of].total += rest[1]
    several = shared_people(columns.day, organizations_of(columns.network_id, columns.day))
    again = (
        facts.with_only_columns(module, part.label("part"), person, several.c.extra)
        .join(several, several.c.person_id == person)
        .where(unindexed(module).in_(columns.module_ids))
        .distinct()
        .subquery()
    )
    extra = cast(func.sum(again.c.extra), Integer)
    counted_again = select(again.c.module_id, again.c.part, extra).group_by(again.c.module_id, again.c.part)
    for module_id, of, more in db.session.execute(counted_again):
        found[module_id][of].total -= more


def _add_outside(found: Parts, columns: Columns, alone: Select[Any], whole: dict[int, Counted]) -> None:
    """Who completed outside of the days or is not of the cohort: all, without those who did so inside alone."""
    only_inside: Parts = defaultdict(lambda: defaultdict(Counted))
    _add(only_inside, columns, alone, literal(OUTSIDE))
    for module, counted in whole.items():
        less = only_inside[module][OUTSIDE]
        rest = {id_: n for id_, of in counted.by_organization.items() if (n := of - less.by_organization.get(id_, 0))}
        if counted.total - less.total:
            found[module][OUTSIDE] = Counted(rest, counted.total - less.total)
