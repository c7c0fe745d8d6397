"""What the counters say of a day: people, and how many of them completed modules."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from lms.accounts.models import Person
from lms.db import db
from lms.organizations.models import Membership
from lms.organizations.queries.belonging import confirmed_on
from lms.progress.models import ModuleCompletion
from lms.reports.counters.models import ANY, ANY_LANGUAGE, COUNTER, SHARED_PERSON, Kind

#: Organizations: their ids, or a query of these; None for the whole network.
Organizations = Collection[int] | Select[int] | None
_C = COUNTER.c


@dataclass(frozen=True)
class Columns:
    """What is counted: modules, one edition of theirs or any, on a day of the network."""

    network_id: int
    day: date
    module_ids: Sequence[int]
    edition_id: int = ANY


def standing(
    organization_id: ColumnElement[int] | InstrumentedAttribute[int],
    columns: Columns,
    kind: Kind,
    modules: Sequence[int] = (ANY,),
) -> ScalarSelect[int]:
    """SQL: a stock of an organization, summed over modules."""
    return (
        select(func.coalesce(func.sum(_C.change), 0))
        .where(_C.organization_id == organization_id, _stock(ANY, columns, kind, modules))
        .scalar_subquery()
    )


def _stock(
    network: int, columns: Columns, kind: Kind, modules: Sequence[int], language: str = ANY_LANGUAGE
) -> ColumnElement[bool]:
    edition = columns.edition_id if kind == Kind.COMPLETED else ANY
    return and_(
        _C.network_id == network,
        _C.module_id.in_(modules),
        _C.kind == kind.value,
        _C.edition_id == edition,
        _C.language == language,
        _C.day <= columns.day,
    )


def sizes(columns: Columns, organizations: Organizations) -> dict[int, int]:
    """Organization id to the number of its people; one without people is left out."""
    rows = db.session.execute(
        select(_C.organization_id, func.sum(_C.change))
        .where(_within(organizations), _stock(ANY, columns, Kind.MEMBER, (ANY,)))
        .group_by(_C.organization_id)
        .having(func.sum(_C.change) > 0)
    )
    return dict(rows.all())


def _within(organizations: Organizations) -> ColumnElement[bool]:
    assert organizations is not None
    return _C.organization_id.in_(organizations)


def cells(columns: Columns, organizations: Organizations, language: str = ANY_LANGUAGE) -> dict[int, dict[int, int]]:
    """Module id to organization id to the number of people who completed it (in a language)."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    rows = db.session.execute(
        select(_C.module_id, _C.organization_id, func.sum(_C.change))
        .where(_within(organizations), _stock(ANY, columns, Kind.COMPLETED, columns.module_ids, language))
        .group_by(_C.module_id, _C.organization_id)
    )
    for module, organization, count in rows:
        if count:
            found[module][organization] = count
    return found


def people_and_totals(columns: Columns, organizations: Organizations) -> tuple[int, dict[int, int]]:
    """How many people the organizations have together, and module id to how many of them completed it, each once.

    One statement for the whole network, two for some of its organizations.
    """
    if organizations is None:
        return _of_network(columns)
    counted = _summed(columns, organizations)
    for module, extra in _counted_again(columns, organizations).items():
        counted[module] -= extra
    return counted.pop(ANY, 0), counted


def _of_network(columns: Columns) -> tuple[int, dict[int, int]]:
    people = and_(_stock(columns.network_id, columns, Kind.MEMBER, (ANY,)), _C.organization_id == ANY)
    done = _stock(columns.network_id, columns, Kind.COMPLETED, columns.module_ids)
    rows = db.session.execute(
        union_all(
            select(literal(ANY).label("module"), func.coalesce(func.sum(_C.change), 0)).where(people),
            select(_C.module_id, func.sum(_C.change)).where(done, _C.organization_id == ANY).group_by(_C.module_id),
        )
    )
    found: dict[int, int] = defaultdict(int, dict(rows.all()))
    return found.pop(ANY, 0), found


def _summed(columns: Columns, organizations: Organizations) -> dict[int, int]:
    """The sums over the organizations, people under no module."""
    kinds = or_(_stock(ANY, columns, Kind.MEMBER, (ANY,)), _stock(ANY, columns, Kind.COMPLETED, columns.module_ids))
    rows = db.session.execute(
        select(_C.module_id, func.sum(_C.change))
        .where(_C.network_id == ANY, _within(organizations), kinds)
        .group_by(_C.module_id)
    )
    return defaultdict(int, dict(rows.all()))


def _counted_again(columns: Columns, organizations: Organizations) -> dict[int, int]:
    """How many too many the sums have: people of several of the organizations, beyond the first of each."""
    several = shared_people(columns.day, organizations)
    done = completers(several, columns).subquery()
    rows = db.session.execute(
        union_all(
            select(literal(ANY).label("module"), func.coalesce(_whole(several.c.extra), 0)),
            select(done.c.module_id, _whole(done.c.extra)).group_by(done.c.module_id),
        )
    )
    return dict(rows.all())


def _whole(counted: ColumnElement[int]) -> ColumnElement[int]:
    """SQL: the sum of what was counted; PostgreSQL would make a decimal number of it."""
    return cast(func.sum(counted), Integer)


def shared_people(day: date, organizations: Organizations) -> CTE:
    """People who belong to several of the organizations: (person_id, extra), extra how many beyond the first."""
    assert organizations is not None
    places = func.count(Membership.organization_id.distinct())
    return (
        select(Membership.person_id, (places - 1).label("extra"))
        .join(SHARED_PERSON, SHARED_PERSON.c.person_id == Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(confirmed_on(day), Person.erased_at.is_(None), Membership.organization_id.in_(organizations))
        .group_by(Membership.person_id)
        .having(places > 1)
        .cte("several")
    )


def completers(people: CTE, columns: Columns) -> Select[int, int, int]:
    """Who of some people completed which module, each once: (person_id, module_id, extra)."""
    query = (
        select(ModuleCompletion.person_id, ModuleCompletion.module_id, people.c.extra)
        .join(people, people.c.person_id == ModuleCompletion.person_id)
        .where(ModuleCompletion.module_id.in_(columns.module_ids))
        .distinct()
    )
    return query.where(ModuleCompletion.edition_id == columns.edition_id) if columns.edition_id else query


def by_language(columns: Columns, organizations: Organizations) -> list[tuple[int, str, int, int]]:
    """(module, language, organization, people) of who completed a module in a language; organization 0: the network."""
    of_organizations = and_(_C.network_id == ANY, _within(organizations))
    of_network = and_(_C.network_id == columns.network_id, _C.organization_id == ANY)
    rows = db.session.execute(
        select(_C.module_id, _C.language, _C.organization_id, func.sum(_C.change))
        .where(
            or_(of_organizations, of_network),
            _C.module_id.in_(columns.module_ids),
            _C.kind == Kind.COMPLETED.value,
            _C.edition_id == columns.edition_id,
            _C.language != ANY_LANGUAGE,
            _C.day <= columns.day,
        )
        .group_by(_C.module_id, _C.language, _C.organization_id)
    )
    return [tuple(row) for row in rows if row[3]]
