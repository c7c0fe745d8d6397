"""What the counters say of a day: people, and how many of them completed modules."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from lms.db import db, read
from lms.formats import LANGUAGES
from lms.reports.counters.models import ANY, ANY_LANGUAGE, COUNTER, Kind
from lms.reports.queries.columns import Columns, Organizations
from lms.reports.queries.shared import completers, shared_people

_C = COUNTER.c
# Statements are built once: building one costs more than asking it.
_NETWORK, _EDITION = bindparam("network", type_=Integer()), bindparam("edition", type_=Integer())
_DAY, _LANGUAGE = bindparam("day", type_=Date()), bindparam("language", type_=String())
_MODULES = bindparam("modules", expanding=True, type_=Integer())
_LISTED = bindparam("organizations", expanding=True, type_=Integer())
_CHANGED = func.sum(_C.change)


def standing(
    organization_id: ColumnElement[int] | InstrumentedAttribute[int],
    columns: Columns,
    kind: Kind,
    modules: Sequence[int] = (ANY,),
) -> ScalarSelect[int]:
    """SQL: a stock of an organization, summed over modules."""
    edition = columns.edition_id if kind == Kind.COMPLETED else ANY
    return (
        select(func.coalesce(_CHANGED, 0))
        .where(
            _C.network_id == ANY,
            _C.organization_id == organization_id,
            _C.module_id.in_(modules),
            _C.kind == kind.value,
            _C.edition_id == edition,
            _C.language == ANY_LANGUAGE,
            _C.day <= columns.day,
        )
        .scalar_subquery()
    )


def _people(network: Any) -> ColumnElement[bool]:
    """Counters of people, of a network or (0) of organizations."""
    return and_(
        _C.network_id == network,
        _C.module_id == ANY,
        _C.kind == Kind.MEMBER.value,
        _C.edition_id == ANY,
        _C.language == ANY_LANGUAGE,
        _C.day <= _DAY,
    )


def _completed(network: Any, language: Any = ANY_LANGUAGE) -> ColumnElement[bool]:
    """Counters of people who completed the modules, of a network or (0) of organizations."""
    return and_(
        _C.network_id == network,
        _C.module_id.in_(_MODULES),
        _C.kind == Kind.COMPLETED.value,
        _C.edition_id == _EDITION,
        _C.language == language,
        _C.day <= _DAY,
    )


def _ask(statement: Any, columns: Columns, organizations: Organizations, **values: Any) -> list[Any]:
    """Rows of a statement that was built for listed organizations or for a query of them."""
    if organizations is not None and not isinstance(organizations, Select):
        values["organizations"] = list(organizations)
    return list(read(statement, **columns.values(), **values).all())


def _sizes(organizations: Any) -> Select[Any]:
    return (
        select(_C.organization_id, _CHANGED)
        .where(_C.organization_id.in_(organizations), _people(ANY))
        .group_by(_C.organization_id)
        .having(_CHANGED > 0)
    )


_SIZES = _sizes(_LISTED)


def sizes(columns: Columns, organizations: Organizations) -> dict[int, int]:
    """Organization id to the number of its people; one without people is left out. One statement."""
    statement = _sizes(organizations) if isinstance(organizations, Select) else _SIZES
    return dict(tuple(row) for row in _ask(statement, columns, organizations))


def _cells(organizations: Any) -> Select[Any]:
    return (
        select(_C.module_id, _C.organization_id, _CHANGED)
        .where(_C.organization_id.in_(organizations), _completed(ANY, _LANGUAGE))
        .group_by(_C.organization_id, _C.module_id)
    )


_CELLS = _cells(_LISTED)


def cells(columns: Columns, organizations: Organizations, language: str = ANY_LANGUAGE) -> dict[int, dict[int, int]]:
    """Module id to organization id to the number of people who completed it (in a language). One statement."""
    statement = _cells(organizations) if isinstance(organizations, Select) else _CELLS
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for module, organization, count in _ask(statement, columns, organizations, language=language):
        if count:
            found[module][organization] = count
    return found


def sizes_and_cells(
    columns: Columns, organizations: Collection[int]
) -> tuple[dict[int, int], dict[int, dict[int, int]]]:
    """`sizes` and `cells` of some organizations. One statement."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for module, organization, count in _ask(_SIZES_AND_CELLS, columns, organizations, language=ANY_LANGUAGE):
        if count:
            found[module][organization] = count
    return found.pop(ANY, {}), found


_SIZES_AND_CELLS = union_all(
    select(literal(ANY).label("module_id"), _C.organization_id, _CHANGED)
    .where(_C.organization_id.in_(_LISTED), _people(ANY))
    .group_by(_C.organization_id),
    _CELLS,
)


def people_and_totals(columns: Columns, organizations: Organizations) -> tuple[int, dict[int, int]]:
    """How many people the organizations have together, and module id to how many of them completed it, each once.

    One statement for the whole network, two for some of its organizations.
    """
    if organizations is None:
        found = defaultdict(int, dict(_ask(_OF_NETWORK, columns, None)))
        return found.pop(ANY, 0), found
    counted = _summed(columns, organizations)
    for module, extra in _counted_again(columns, organizations).items():
        counted[module] -= extra
    return counted.pop(ANY, 0), counted


_PEOPLE_OF_NETWORK = select(_CHANGED).where(_people(_NETWORK), _C.organization_id == ANY)
_OF_NETWORK = union_all(
    select(literal(ANY).label("module"), func.coalesce(_CHANGED, 0)).where(
        _people(_NETWORK), _C.organization_id == ANY
    ),
    select(_C.module_id, _CHANGED).where(_completed(_NETWORK), _C.organization_id == ANY).group_by(_C.module_id),
)


def people(columns: Columns) -> int:
    """How many people the network has. One statement."""
    found: int = read(_PEOPLE_OF_NETWORK, **columns.values()).scalar() or 0
    return found


def _summed(columns: Columns, organizations: Organizations) -> dict[int, int]:
    """The sums over the organizations, people under no module."""
    within = _C.organization_id.in_(organizations if isinstance(organizations, Select) else _LISTED)
    statement = union_all(
        select(literal(ANY).label("module"), func.coalesce(_CHANGED, 0)).where(_people(ANY), within),
        select(_C.module_id, _CHANGED).where(_completed(ANY), within).group_by(_C.module_id),
    )
    return defaultdict(int, dict(_ask(statement, columns, organizations)))


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


def by_language(columns: Columns, organizations: Organizations) -> list[tuple[int, ...]]:
    """(module, organization, people, people of each of `LANGUAGES`) of who completed a module, in any language and in
    each; organization 0: the network."""
    assert organizations is not None
    # Two parts, grouped as they lie in their table: asked together, both were sorted, at twice the cost.
    both = union_all(
        _languages(_C.network_id == ANY, _C.organization_id.in_(organizations)),
        _languages(_C.network_id == _NETWORK, _C.organization_id == ANY),
    )
    return _ask(both, columns, organizations)


def _languages(*whose: ColumnElement[bool]) -> Select[Any]:
    """A column a language: a row for each took twice as long."""
    spoken = [_whole(case((_C.language == code, _C.change), else_=0)) for code in (ANY_LANGUAGE, *LANGUAGES)]
    return (
        select(_C.module_id, _C.organization_id, *spoken)
        .where(
            *whose,
            _C.module_id.in_(_MODULES),
            _C.kind == Kind.COMPLETED.value,
            _C.edition_id == _EDITION,
            _C.day <= _DAY,
        )
        .group_by(_C.organization_id, _C.module_id)
    )
