"""The feed of completions: a row a person and completion of a module; as much as her organization lets be seen.

Where it does not share names, a row says that she, by her number, completed the module, and nothing else: no day,
language, mark or edition. Nor does the order tell: rows follow one another by organization, person and module, never
by time, and of several editions one row is left.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import aliased

from lms.accounts.models import Person
from lms.api.cursors import GREATEST, Asked, Keys, Part, part_of
from lms.api.queries.members import Numbers, Place, counted, numbers_of
from lms.db import db
from lms.organizations.models import Membership, Network, Organization
from lms.progress.models import ModuleCompletion
from lms.reports.queries.modules import ReportModule
from lms.reports.queries.people import organizations_of
from lms.reports.queries.persons import Stage
from lms.training.models import ModuleVersion

AT_A_TIME = 1000


@dataclass(frozen=True)
class Whose:
    """Who completed it: her membership's id, her name or number."""

    id: str
    name: str | None
    number: int | None


@dataclass(frozen=True)
class Completion:
    """A row of the feed; what follows the state is told only where names are shared."""

    organization: Place
    person: Whose
    module: ReportModule
    state: Stage
    edition: int | None = None
    language: str | None = None
    score: float | None = None
    completed_at: datetime | None = None


def completions_of(
    network: Network, modules: Collection[ReportModule], day: date, asked: Asked, organization: str = ""
) -> Part[Completion]:
    """A part of the feed, of all organizations or of one (public id): two statements."""
    query = _feed(network, modules, day, organization).limit(asked.limit + 1)
    part = part_of(db.session.execute(_after(query, asked.after)).all(), asked, _keys)
    unnamed = {row.organization_id for row in part.items if not row.shares_names}
    return Part(list(_told(part.items, modules, numbers_of(unnamed))), part.after)


def all_completions(
    network: Network, modules: Collection[ReportModule], day: date, organization: str = ""
) -> Iterator[Completion]:
    """The whole feed, read as it is asked for: two statements, and as much memory as numbers take."""
    unnamed = select(Organization.id).where(
        Organization.shares_names.is_(False), Organization.id.in_(organizations_of(network.id, day))
    )
    numbers = numbers_of(unnamed)
    query = _feed(network, modules, day, organization).execution_options(yield_per=AT_A_TIME)
    for rows in db.session.execute(query).partitions():
        yield from _told(rows, modules, numbers)


def _feed(network: Network, modules: Collection[ReportModule], day: date, organization: str) -> Select[Any]:
    before: Any = aliased(ModuleCompletion)
    same = (before.person_id == ModuleCompletion.person_id) & (before.module_id == ModuleCompletion.module_id)
    earlier = exists().where(same & (before.edition_id < ModuleCompletion.edition_id))
    columns: list[Any] = [
        *(Membership.id, Membership.public_id, Membership.organization_id, Membership.person_id),
        *(Organization.public_id.label("organization"), Organization.names, Organization.shares_names),
        *(Person.display_name, ModuleVersion.number.label("edition")),
        *(ModuleCompletion.module_id, ModuleCompletion.edition_id, ModuleCompletion.language),
        *(ModuleCompletion.score, ModuleCompletion.occurred_at),
    ]
    query: Select[Any] = (
        select(*columns)
        .select_from(Membership)
        .join(Organization, Organization.id == Membership.organization_id)
        .join(Person, Person.id == Membership.person_id)
        .join(ModuleCompletion, ModuleCompletion.person_id == Membership.person_id)
        .join(ModuleVersion, ModuleVersion.id == ModuleCompletion.edition_id)
        .where(*counted(network, day), ModuleCompletion.module_id.in_([module.id for module in modules]))
        .where(Organization.shares_names.is_(True) | ~earlier)
        .order_by(Membership.organization_id, Membership.id, ModuleCompletion.module_id, ModuleCompletion.edition_id)
    )
    return query.where(Organization.public_id == organization) if organization else query


def _after(query: Select[Any], keys: Keys) -> Select[Any]:
    if not keys:
        return query
    organization_id, membership_id, module_id, edition_id = keys
    later = (ModuleCompletion.module_id > module_id) | (
        (ModuleCompletion.module_id == module_id) & (ModuleCompletion.edition_id > edition_id)
    )
    further = (Membership.id > membership_id) | ((Membership.id == membership_id) & later)
    return query.where(
        Membership.organization_id >= organization_id, (Membership.organization_id > organization_id) | further
    )


def _keys(row: Row[Any]) -> Keys:
    # A cursor tells no edition where the row does not: there is one row of the module.
    edition_id = row.edition_id if row.shares_names else GREATEST
    return row.organization_id, row.id, row.module_id, edition_id


def _told(rows: Sequence[Row[Any]], modules: Collection[ReportModule], numbers: Numbers) -> Iterator[Completion]:
    known = {module.id: module for module in modules}
    for row in rows:
        place, module = Place(row.organization, row.names), known[row.module_id]
        if row.shares_names:
            whose = Whose(row.public_id, row.display_name, None)
            details = (row.edition, row.language, row.score, row.occurred_at)
            yield Completion(place, whose, module, Stage.COMPLETED, *details)
        else:
            whose = Whose(row.public_id, None, numbers[row.organization_id, row.person_id])
            yield Completion(place, whose, module, Stage.COMPLETED)
