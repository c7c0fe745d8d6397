"""People of several organizations: sums over organizations count them more than once."""

from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute

from lms.accounts.models import Person
from lms.organizations.models import Membership
from lms.organizations.queries.belonging import confirmed_on
from lms.progress.models import ModuleCompletion
from lms.reports.counters.models import SHARED_PERSON
from lms.reports.queries.columns import Columns, Organizations


def shared_people(day: date, organizations: Organizations) -> CTE:
    """People who belong to several of the organizations: (person_id, extra), extra how many beyond the first."""
    assert organizations is not None
    places = func.count(Membership.organization_id.distinct())
    here = and_(
        Membership.person_id == SHARED_PERSON.c.person_id,
        confirmed_on(day),
        unindexed(Membership.organization_id).in_(organizations),
    )
    known = select(Person.id).where(Person.id == SHARED_PERSON.c.person_id, Person.erased_at.is_(None))
    # An outer join is done in the order in which it stands: from the few people to where they belong.
    return (
        select(SHARED_PERSON.c.person_id, (places - 1).label("extra"))
        .outerjoin(Membership, here)
        .group_by(SHARED_PERSON.c.person_id)
        # Of the few who are left it is asked whether they were erased.
        .having(and_(places > 1, known.exists()))
        .cte("several")
    )


def unindexed(column: InstrumentedAttribute[int]) -> ColumnElement[int]:
    """A column as no index knows it: a database shall come to its row from the other side, where there are few."""
    return column + 0


def completers(people: CTE, columns: Columns) -> Select[Any]:
    """Who of some people completed which module (None: none), each once: (person_id, module_id, extra)."""
    done = and_(
        ModuleCompletion.person_id == people.c.person_id,
        unindexed(ModuleCompletion.module_id).in_(columns.module_ids),
    )
    if columns.edition_id:
        done = and_(done, ModuleCompletion.edition_id == columns.edition_id)
    # In the order in which it stands here, too.
    return (
        select(people.c.person_id, ModuleCompletion.module_id, people.c.extra)
        .select_from(people)
        .outerjoin(ModuleCompletion, done)
        .distinct()
    )
