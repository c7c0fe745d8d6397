"""Numbers of groups of organizations: sums of what stands for each organization, each person once in a group."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, func, literal, or_, select, union_all

from lms.accounts.models import Person
from lms.db import db
from lms.organizations.models import Membership
from lms.organizations.queries.belonging import confirmed_on
from lms.progress.models import ModuleCompletion
from lms.reports.counters.models import ANY, ANY_LANGUAGE, COUNTER, SHARED_PERSON, Kind
from lms.reports.queries.columns import Columns

_C = COUNTER.c


@dataclass
class Group:
    """Distinct people of a group, and module id to how many of them completed it."""

    people: int = 0
    completed: dict[int, int] = field(default_factory=lambda: defaultdict(int))


Groups = dict[Any, Group]


def groups_of(places: Select[Any], columns: Columns) -> Groups:
    """Key to the numbers of its organizations. Two statements.

    `places` gives (key, organization_id), each pair once. Keys without organizations are left out.
    """
    found: Groups = defaultdict(Group)
    for key, module, number in [*_sums(places, columns), *_counted_again(places, columns)]:
        if module == ANY:
            found[key].people += number
        else:
            found[key].completed[module] += number
    return found


def _sums(places: Select[Any], columns: Columns) -> Any:
    place = places.subquery()
    people = and_(_C.kind == Kind.MEMBER.value, _C.module_id == ANY, _C.edition_id == ANY)
    done = and_(
        _C.kind == Kind.COMPLETED.value,
        _C.module_id.in_(columns.module_ids),
        _C.edition_id == columns.edition_id,
    )
    return db.session.execute(
        select(place.c.key, func.coalesce(_C.module_id, ANY), func.coalesce(func.sum(_C.change), 0))
        .select_from(place)
        .outerjoin(
            COUNTER,
            and_(
                _C.network_id == ANY,
                _C.organization_id == place.c.organization_id,
                _C.language == ANY_LANGUAGE,
                _C.day <= columns.day,
                or_(people, done),
            ),
        )
        .group_by(place.c.key, _C.module_id)
    ).all()


def _counted_again(places: Select[Any], columns: Columns) -> Any:
    """What the sums have too many, as negative numbers: people of several organizations of a group."""
    place = places.subquery()
    number = func.count(Membership.organization_id.distinct())
    several = (
        select(Membership.person_id, place.c.key, (number - 1).label("extra"))
        .join(place, place.c.organization_id == Membership.organization_id)
        .join(SHARED_PERSON, SHARED_PERSON.c.person_id == Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(confirmed_on(columns.day), Person.erased_at.is_(None))
        .group_by(Membership.person_id, place.c.key)
        .having(number > 1)
        .cte("several")
    )
    completions = select(ModuleCompletion.person_id, ModuleCompletion.module_id, several.c.key, several.c.extra).join(
        several, several.c.person_id == ModuleCompletion.person_id
    )
    completions = completions.where(ModuleCompletion.module_id.in_(columns.module_ids)).distinct()
    if columns.edition_id:
        completions = completions.where(ModuleCompletion.edition_id == columns.edition_id)
    done = completions.subquery()
    return db.session.execute(
        union_all(
            select(several.c.key, literal(ANY).label("module"), _less(several.c.extra)).group_by(several.c.key),
            select(done.c.key, done.c.module_id, _less(done.c.extra)).group_by(done.c.key, done.c.module_id),
        )
    ).all()


def _less(counted: ColumnElement[int]) -> ColumnElement[int]:
    """SQL: the negative sum; PostgreSQL would make a decimal number of it."""
    return cast(-func.sum(counted), Integer)
