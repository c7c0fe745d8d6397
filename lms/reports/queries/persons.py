"""An organization's people by modules, and one person's way through them: as much as the organization lets be seen.

Where it does not share names, people are numbered in the order in which they came, whoever has left meanwhile: the
numbers stay. And nothing is told of them but how far each is: no day, no language, no mark.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.engine import Row

from lms.accounts.models import Person
from lms.db import Texts, db
from lms.organizations.models import Membership, Organization
from lms.organizations.queries.belonging import confirmed_on
from lms.paging import Page, part_of
from lms.progress.models import Enrolment, ModuleCompletion
from lms.quizzes.models import Attempt, AttemptState, QuizVersion
from lms.reports.queries.modules import ReportModule
from lms.text import fold_key, search_terms
from lms.training.models import ModuleVersion

PER_PAGE = 50


class Stage(StrEnum):
    """How far a person is with a module."""

    NOT_STARTED = "not-started"
    STARTED = "started"
    COMPLETED = "completed"


@dataclass(frozen=True)
class Member:
    """One of an organization's people, by name or else by number."""

    person_id: int
    membership_id: str
    number: int
    name: str | None


@dataclass(frozen=True)
class Way:
    """A person's way through a module; when, in which language and how well only where names are shared."""

    stage: Stage
    started_at: datetime | None = None
    completed_at: datetime | None = None
    language: str | None = None
    score: float | None = None


@dataclass(frozen=True)
class MemberRow:
    """A person and her ways, in the order of the modules."""

    member: Member
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Try:
    """An attempt at a quiz; None where names are not shared."""

    module_id: int
    quiz: Texts
    number: int
    passed: bool
    submitted_at: datetime | None
    mark: float | None
    max_mark: float | None


def members_of(organization: Organization, day: date, *, skipped: int = 0, most: int | None = None) -> list[Member]:
    """The people who count on a day (`most` of them), by name where the organization shares names, else by number.

    One statement.
    """
    return _asked(organization, _members(organization, day).offset(skipped).limit(most))


def member_of(organization: Organization, day: date, membership_id: str) -> Member | None:
    """One of those people, by the public id of a membership. One statement."""
    return next(
        iter(_asked(organization, _members(organization, day).where(Membership.public_id == membership_id))), None
    )


def _asked(organization: Organization, query: Select[Any]) -> list[Member]:
    named = organization.shares_names
    return [
        Member(person_id, public_id, number, name if named else None)
        for person_id, public_id, number, name in db.session.execute(query)
    ]


def _members(organization: Organization, day: date) -> Select[Any]:
    """In their order: person, membership (of two at once the older one), number (0 where they are named), name."""
    own, first = Membership.organization_id == organization.id, func.min(Membership.id)
    present = (
        select(first.label("membership_id")).where(own, confirmed_on(day)).group_by(Membership.person_id).subquery()
    )
    columns: list[Any] = [Person.id, Membership.public_id, literal(0), Person.display_name]
    query = (
        select(*columns)
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.id.in_(select(present.c.membership_id)), Person.erased_at.is_(None))
    )
    if organization.shares_names:
        return query.order_by(Person.sort_key, Person.id)
    number = func.row_number().over(order_by=first).label("number")
    numbered = select(Membership.person_id, number).where(own).group_by(Membership.person_id).subquery()
    columns[2] = numbered.c.number
    return (
        query.with_only_columns(*columns)
        .join(numbered, numbered.c.person_id == Membership.person_id)
        .order_by(numbered.c.number)
    )


def named(members: Sequence[Member], search: str) -> list[Member]:
    """Those whose name holds every word of `search`, in any spelling; whom only a number tells is not found by it."""
    terms = search_terms(search)
    return [each for each in members if not terms or all(term in fold_key(each.name or "") for term in terms)]


def page_of_members(
    place: Organization, day: date, modules: Sequence[ReportModule], page: int, *, people: int, search: str = ""
) -> Page[MemberRow]:
    """A page of an organization's people (there are `people`), or of those who are found, with their ways.

    Three statements. Names are folded here, not in the database: who searches has them all read.
    """
    if search:
        shown = part_of(named(members_of(place, day), search), page, size=PER_PAGE)
    else:
        number = min(page, max(1, -(-people // PER_PAGE)))
        window = members_of(place, day, skipped=(number - 1) * PER_PAGE, most=PER_PAGE)
        shown = Page(window, number, people, PER_PAGE)
    ways = ways_of([member.person_id for member in shown.items], modules, details=place.shares_names)
    rows = [MemberRow(each, tuple(ways[each.person_id, module.id] for module in modules)) for each in shown.items]
    return Page(rows, shown.number, shown.total, shown.size)


def ways_of(person_ids: Sequence[int], modules: Sequence[ReportModule], *, details: bool) -> dict[tuple[int, int], Way]:
    """(Person id, module id) to how far she is."""
    module_ids = [module.id for module in modules]
    begun = _first(_facts(Enrolment, person_ids, module_ids, Enrolment.occurred_at))
    columns = (ModuleCompletion.occurred_at, ModuleCompletion.language, ModuleCompletion.score)
    done = _first(_facts(ModuleCompletion, person_ids, module_ids, *columns))
    pairs = ((person_id, module_id) for person_id in person_ids for module_id in module_ids)
    return {pair: _way(begun.get(pair), done.get(pair), details=details) for pair in pairs}


def _facts(
    model: type[Enrolment | ModuleCompletion], person_ids: Sequence[int], module_ids: Sequence[int], *columns: Any
) -> Select[Any]:
    return (
        select(model.person_id, model.module_id, *columns)
        .where(model.person_id.in_(person_ids), model.module_id.in_(module_ids))
        .order_by(model.occurred_at, model.id)
    )


def _first(query: Select[Any]) -> dict[tuple[int, int], Row[Any]]:
    """The first fact of each person and module."""
    found: dict[tuple[int, int], Row[Any]] = {}
    for row in db.session.execute(query):
        found.setdefault((row.person_id, row.module_id), row)
    return found


def _way(begun: Row[Any] | None, done: Row[Any] | None, *, details: bool) -> Way:
    stage = Stage.COMPLETED if done else Stage.STARTED if begun else Stage.NOT_STARTED
    if not details:
        return Way(stage)
    started_at = begun.occurred_at if begun else None
    return Way(stage, started_at, done.occurred_at, done.language, done.score) if done else Way(stage, started_at)


def tries_of(person_id: int, module_ids: Iterable[int], *, details: bool) -> list[Try]:
    """Her graded attempts at the quizzes of the modules, in order."""
    rows = db.session.execute(
        select(ModuleVersion.module_id, QuizVersion.titles, Attempt)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .join(ModuleVersion, ModuleVersion.id == QuizVersion.module_version_id)
        .where(
            Attempt.person_id == person_id,
            Attempt.state == AttemptState.GRADED,
            # What was asked before the lessons is nobody's to read but hers.
            QuizVersion.before.is_(None),
            ModuleVersion.module_id.in_(list(module_ids)),
        )
        .order_by(Attempt.submitted_at, Attempt.id)
    )
    return [
        Try(module_id, titles, each.number, bool(each.passed), each.submitted_at, each.mark, each.max_mark)
        if details
        else Try(module_id, titles, each.number, bool(each.passed), None, None, None)
        for module_id, titles, each in rows
    ]
