"""Who of a network's people began or completed which module: a line a person and module, read as a stream.

A million lines are read in the memory of one organization: both statements give organizations in the order of their
ids, the names of organizations and modules are looked up once, and no model is made of a row.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import CompoundSelect, Select, String, false, null, select, type_coerce, union_all

from lms.accounts.models import Person
from lms.db import Texts, db, the_connection
from lms.organizations.models import Membership, Organization
from lms.organizations.queries.belonging import confirmed_on
from lms.progress.models import Enrolment, ModuleCompletion
from lms.reports.queries.details_query import DetailsQuery
from lms.reports.queries.persons import Stage

AT_ONCE = 2000
"""Rows that are fetched from the database together."""


Moment = str | datetime | None
"""An instant of UTC as the database's driver gives it."""
Detail = tuple[int, int | None, str | None, int, Moment, Moment, str | None, float | None]
"""A line: organization, the person's number or her name, module, begun, completed, language, score.

What an organization does not let be seen is None; of a completion that it does not date, the instant is NO_DAY.
"""
RawWay = tuple[Moment, Moment, str | None, float | None]
"""Begun, completed, language, score."""
NO_DAY = ""


def organizations(query: DetailsQuery) -> dict[int, tuple[str, Texts, bool]]:
    """Id of each organization that counts to its public id, its names, and whether it shares those of its people."""
    rows = db.session.execute(
        select(Organization.id, Organization.public_id, Organization.names, Organization.shares_names).where(
            Organization.id.in_(query.organizations())
        )
    )
    return {id_: (public_id, names, shares) for id_, public_id, names, shares in rows}


def details(query: DetailsQuery, shares: Mapping[int, bool], most: int | None = None) -> Iterator[Detail]:
    """The lines (`most`: so many first ones), organization by organization; `shares` says which share names."""
    return islice(_details(query, shares, most if most is None else AT_ONCE), most)


def _details(query: DetailsQuery, shares: Mapping[int, bool], read: int | None) -> Iterator[Detail]:
    numbers = _Numbers(query)
    known = {module.id for module in query.modules}
    last: tuple[int, int, int] | None = None
    for organization, person, module, started, completed, language, score, name in _stream(facts_of(query), read):
        key = organization, person, module
        # Of two memberships at once, and of several editions completed, the first in order stands for all.
        if key == last or module not in known:
            continue
        last = key
        if shares[organization]:
            yield organization, None, name, module, started, completed, language, score
        else:
            done = None if completed is None else NO_DAY
            yield organization, numbers.of(organization, person), None, module, None, done, None, None


def ways_in(query: DetailsQuery) -> dict[tuple[int, int], RawWay]:
    """(Person id, module id) to how far she is; of several editions completed, the first stands. One statement."""
    found: dict[tuple[int, int], RawWay] = {}
    for _organization, person, module, started, completed, language, score, _name in _stream(facts_of(query)):
        found.setdefault((person, module), (started, completed, language, score))
    return found


def facts_of(query: DetailsQuery) -> CompoundSelect[Any]:
    """What was begun, with its completion, and what was completed without: in the order organization, person, module.

    Both parts go along the index of memberships, so that nothing but an organization's own lines is sorted.
    """
    begun = _of_members(query, Enrolment, _raw(Enrolment.occurred_at)).outerjoin(
        ModuleCompletion,
        (ModuleCompletion.person_id == Enrolment.person_id) & (ModuleCompletion.module_id == Enrolment.module_id),
    )
    without = _of_members(query, ModuleCompletion, type_coerce(null(), String)).where(
        ~select(Enrolment.id)
        .where(Enrolment.person_id == ModuleCompletion.person_id, Enrolment.module_id == ModuleCompletion.module_id)
        .exists()
    )
    if query.stage is Stage.STARTED:
        begun, without = begun.where(ModuleCompletion.id.is_(None)), without.where(false())
    elif query.stage is Stage.COMPLETED:
        begun = begun.where(ModuleCompletion.id.is_not(None))
    both = union_all(begun, without)
    return both.order_by("organization", "person", "module", "completed")


def _of_members(query: DetailsQuery, fact: type[Enrolment | ModuleCompletion], started: Any) -> Select[Any]:
    found: Select[Any] = (
        select(
            Membership.organization_id.label("organization"),
            Membership.person_id.label("person"),
            fact.module_id.label("module"),
            started.label("started"),
            _raw(ModuleCompletion.occurred_at).label("completed"),
            ModuleCompletion.language,
            ModuleCompletion.score,
            Person.display_name,
        )
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .join(fact, fact.person_id == Membership.person_id)
        .where(
            Membership.organization_id.in_(query.organizations()),
            confirmed_on(query.day),
            Person.erased_at.is_(None),
        )
    )
    # All modules of the report are nearly all that there are: to look for each of them would cost more.
    return found.where(fact.module_id == query.modules[0].id) if len(query.modules) == 1 else found


def _raw(instant: Any) -> Any:
    """An instant past its type: to read a million of them into objects costs more than to fetch them."""
    return type_coerce(instant, String)


class _Numbers:
    """The numbers of people who are not named, read beside the lines: of one organization at a time."""

    def __init__(self, query: DetailsQuery) -> None:
        unnamed = select(Organization.id).where(Organization.id.in_(query.organizations()), ~Organization.shares_names)
        self._statement: Any = (
            select(Membership.organization_id, Membership.person_id)
            .where(Membership.organization_id.in_(unnamed))
            .order_by(Membership.organization_id, Membership.id)
        )
        self._rows: Iterator[Sequence[Any]] | None = None
        self._next: Sequence[Any] | None = None
        self._organization = 0
        self._known: dict[int, int] = {}

    def of(self, organization: int, person: int) -> int:
        """The number of a person: in the order in which the organization's people came, whoever left meanwhile."""
        if organization != self._organization:
            self._go_to(organization)
        return self._known[person]

    def _go_to(self, organization: int) -> None:
        if self._rows is None:
            self._rows = _stream(self._statement)
            self._next = next(self._rows, None)
        self._organization, self._known = organization, {}
        while self._next is not None and self._next[0] <= organization:
            if self._next[0] == organization:
                self._known.setdefault(self._next[1], len(self._known) + 1)
            self._next = next(self._rows, None)


def _stream(statement: Select[Any] | CompoundSelect[Any], most: int | None = None) -> Iterator[Sequence[Any]]:
    """Rows as they come, by a cursor of the server where the database has one."""
    limited = statement if most is None else statement.limit(most)
    with the_connection().execute(limited, execution_options={"yield_per": AT_ONCE}) as result:
        for some in result.partitions():
            yield from some
