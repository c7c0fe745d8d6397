"""Numbers of groups that cut through organizations: cohorts, languages, months. Small groups are left out."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, case, distinct, func, literal, select

from lms.accounts.models import Person
from lms.cohorts.models import CohortMember
from lms.db import db
from lms.formats import LANGUAGES
from lms.organizations.models import Membership, NetworkMembership
from lms.organizations.queries import in_force
from lms.organizations.queries.belonging import confirmed_on
from lms.progress.models import ModuleCompletion
from lms.reports.counters.models import ANY, COUNTER, Kind
from lms.reports.protection import is_small, protect, protect_groups
from lms.reports.queries import counts, stock
from lms.reports.queries.columns import Columns
from lms.reports.queries.counts import INSIDE, OUTSIDE, Counted, Parts, put
from lms.reports.queries.trends import flow
from lms.reports.steps import StepKind, Steps, protect_steps

_C = COUNTER.c


@dataclass
class CutGroups:
    """Groups in order, module id to group to its number (None: not shown), and totals of each module."""

    keys: list[str]
    completed: dict[int, dict[str, int | None]]
    totals: Mapping[int, int | None]
    #: Distinct people of the network, and of groups of people those that may be told.
    everybody: int
    people: dict[str, int | None] = field(default_factory=dict)
    #: Sizes of groups, for shares; a group that is not in it is compared with everybody.
    sizes: dict[str, int] = field(default_factory=dict)
    #: Whether numbers are parts of their column's total, not of people.
    of_totals: bool = False

    def share_of(self, key: str, module: int) -> int:
        """What a number is a share of; 0 where that is not told."""
        if self.of_totals:
            return self.totals.get(module) or 0
        return self.sizes.get(key, self.everybody)


def by_language(columns: Columns, threshold: int) -> CutGroups:
    """Who completed in which language: the totals of the report that is filtered by it."""
    whole, found = counts.by_language(columns)
    completed: dict[int, dict[str, int | None]] = {}
    for module, counted in whole.items():
        hidden = protect(counted, found[module], threshold).hides_total
        completed[module] = {code: None if hidden else found[module][code].total for code in LANGUAGES}
    return CutGroups(list(LANGUAGES), completed, _totals(whole), stock.people(columns))


def _totals(whole: Mapping[int, Counted]) -> dict[int, int]:
    return {module: counted.total for module, counted in whole.items()}


def by_cohort(columns: Columns, cohort_ids: Sequence[int], threshold: int) -> CutGroups:
    """What the people of each cohort completed, beside all other people."""
    whole = counts.everybody(columns)
    found: Parts = defaultdict(lambda: defaultdict(Counted))
    for module, cohort, *number in [
        *_cohorts(columns, cohort_ids, each=True),
        *_cohorts(columns, cohort_ids, each=False),
    ]:
        put(found[module][str(cohort)], *number)
    sizes = {str(id_): 0 for id_ in cohort_ids}
    sizes.update({str(id_): number for id_, number in _sizes(columns, cohort_ids)})
    completed = {module: _inside_each(whole[module], found[module], list(sizes), threshold, sizes) for module in whole}
    told = {key: None if 0 < size < threshold else size for key, size in sizes.items()}
    return CutGroups(list(sizes), completed, _totals(whole), stock.people(columns), told, sizes)


def _members(columns: Columns, cohort_ids: Sequence[int], *asked: Any) -> Select[Any]:
    """People of cohorts who are counted in the network."""
    return (
        select(*asked)
        .select_from(CohortMember)
        .join(Membership, Membership.person_id == CohortMember.person_id)
        .join(NetworkMembership, NetworkMembership.organization_id == Membership.organization_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            CohortMember.cohort_id.in_(cohort_ids),
            CohortMember.left_at.is_(None),
            NetworkMembership.network_id == columns.network_id,
            in_force(NetworkMembership, columns.day),
            confirmed_on(columns.day),
            Person.erased_at.is_(None),
        )
    )


def _sizes(columns: Columns, cohort_ids: Sequence[int]) -> list[Any]:
    people = func.count(distinct(Membership.person_id))
    query = _members(columns, cohort_ids, CohortMember.cohort_id, people).group_by(CohortMember.cohort_id)
    return list(db.session.execute(query))


def _cohorts(columns: Columns, cohort_ids: Sequence[int], *, each: bool) -> list[Any]:
    """(module, cohort, organization or 0, distinct people): one statement."""
    organization: Any = Membership.organization_id if each else literal(ANY)
    people = func.count(distinct(Membership.person_id))
    query = _members(columns, cohort_ids, ModuleCompletion.module_id, CohortMember.cohort_id, organization, people)
    query = query.join(ModuleCompletion, ModuleCompletion.person_id == Membership.person_id).where(
        ModuleCompletion.module_id.in_(columns.module_ids)
    )
    if columns.edition_id:
        query = query.where(ModuleCompletion.edition_id == columns.edition_id)
    by: list[Any] = [ModuleCompletion.module_id, CohortMember.cohort_id, *([organization] if each else [])]
    return list(db.session.execute(query.group_by(*by)))


def by_month(columns: Columns, months: Sequence[date], threshold: int, module_ids: Sequence[int]) -> CutGroups:
    """Completions of each month and (key "") of the time before, counted where and when they happened.

    Nothing is shown that "Over time" hides, not of an edition either, nor what would tell more of it; `module_ids`: all
    modules of that report.
    """
    found: Parts = defaultdict(lambda: defaultdict(Counted))
    for module, month, *number in _completions(columns, months):
        put(found[module][month], *number)
    keys = ["", *(month.isoformat() for month in months)]
    over_time = protect_steps(flow(columns.network_id, module_ids, StepKind.MONTH)[1], threshold)
    completed: dict[int, dict[str, int | None]] = {}
    totals: dict[int, int | None] = {}
    for module in columns.module_ids:
        of = found[module]
        whole = _together(of.values())
        also = _hidden_over_time(over_time, module, months)
        completed[module] = _inside_each(whole, of, keys, threshold, also=also)
        totals[module] = None if 0 < whole.total < threshold else whole.total
    return CutGroups(keys, completed, totals, stock.people(columns), of_totals=True)


def _hidden_over_time(steps: Steps, module: int, months: Sequence[date]) -> list[str]:
    """The months of a module that are hidden, and the time before them where it would part what is hidden in two."""
    recent = [month.isoformat() for month in months if steps.of(module, month) is None]
    earlier = {date.min, *steps.steps()}.difference(months)
    is_earlier = any(steps.of(module, step) is None for step in earlier)
    return [*recent, *([""] if recent and is_earlier else [])]


def _together(counted: Any) -> Counted:
    whole = Counted()
    for each in counted:
        whole.total += each.total
        for organization, number in each.by_organization.items():
            whole.by_organization[organization] = whole.by_organization.get(organization, 0) + number
    return whole


def _completions(columns: Columns, months: Sequence[date]) -> list[Any]:
    """(module, month, organization or 0, completions): one statement."""
    later = [(_C.day >= month, month.isoformat()) for month in reversed(months)]
    month: ColumnElement[str] = case(*later, else_="")
    query = (
        select(_C.module_id, month.label("month"), _C.organization_id, func.sum(_C.change).cast(Integer))
        .where(
            _C.network_id == columns.network_id,
            _C.module_id.in_(columns.module_ids),
            _C.kind == Kind.COMPLETIONS.value,
            _C.day <= columns.day,
        )
        .group_by(_C.module_id, month, _C.organization_id)
    )
    return list(db.session.execute(query.where(_C.edition_id == columns.edition_id) if columns.edition_id else query))


def _inside_each(
    whole: Counted,
    found: Mapping[str, Counted],
    keys: Sequence[str],
    threshold: int,
    sizes: Mapping[str, int] | None = None,
    also: Collection[str] = (),
) -> dict[str, int | None]:
    """The number of each group, where it can be told beside all others, beside the other groups and beside its size.

    `also`: groups that are hidden for another reason.
    """
    numbers = {key: found[key].total if key in found else 0 for key in keys}
    hidden = {
        key
        for key, number in numbers.items()
        if number and protect(whole, {INSIDE: found[key], OUTSIDE: _without(whole, found[key])}, threshold).hides_total
    }
    hidden |= {key for key, size in (sizes or {}).items() if is_small(numbers[key], size, threshold)}
    hidden = protect_groups(numbers, hidden.union(also), threshold)
    return {key: None if key in hidden else number for key, number in numbers.items()}


def _without(whole: Counted, part: Counted) -> Counted:
    rest = {
        organization: left
        for organization, number in whole.by_organization.items()
        if (left := number - part.by_organization.get(organization, 0))
    }
    return Counted(rest, whole.total - part.total)
