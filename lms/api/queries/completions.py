"""The feed of completions: a row a person and completion of a module; as much as her organization lets be seen.

Where it does not share names, a row says that she, by her number, completed the module, and nothing else: no day,
language, mark or edition. Nor does the order tell: rows follow one another by organization, person and module, never
by time, and of several editions one row is left.

A page is read by its people first, then what they completed: in one statement, an engine that misjudges how many
completions there are begins with all of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.engine import Row

from lms.api.cursors import GREATEST, Asked, Keys, Part, part_of
from lms.api.queries.members import Place, members_of, numbers_of
from lms.db import db
from lms.organizations.models import Membership, Network
from lms.progress.models import ModuleCompletion
from lms.reports.queries.modules import ReportModule
from lms.reports.queries.persons import Stage
from lms.training.models import ModuleVersion

AT_A_TIME = 500
"""People whose completions the table reads at a time: three statements for so many."""

Pair = tuple[Row[Any], Row[Any]]
"""A membership, and what she completed."""


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
    """A part of the feed, of all organizations or of one (public id): three statements."""
    *place, module_id, edition_id = asked.after or (0, 0, 0, 0)
    # The person with whom the part before ended may have completed more: she is read once again. All others have a
    # row at least, so that these are enough.
    after = (place[0], place[1] - 1) if asked.after else ()
    people = members_of(network, day, after, asked.limit + 2, organization, _completed(modules))
    rows = [pair for pair in _completed_by(people, modules) if _keys(pair) > (*place, module_id, edition_id)]
    part = part_of(rows, asked, _keys)
    return Part(_told(part.items, modules), part.after)


def all_completions(
    network: Network, modules: Collection[ReportModule], day: date, organization: str = ""
) -> Iterator[Completion]:
    """The whole feed, read as it is asked for, some people at a time."""
    after: Keys = ()
    while people := members_of(network, day, after, AT_A_TIME, organization, _completed(modules)):
        yield from _told(list(_completed_by(people, modules)), modules)
        after = (people[-1].organization_id, people[-1].id)


def _completed(modules: Collection[ReportModule]) -> Any:
    """SQL: she has completed one of them."""
    ids = [module.id for module in modules]
    return exists().where(ModuleCompletion.person_id == Membership.person_id, ModuleCompletion.module_id.in_(ids))


def _completed_by(people: Sequence[Row[Any]], modules: Collection[ReportModule]) -> Iterator[Pair]:
    """What each of the people completed, in order; where names are not shared, each module once. One statement."""
    columns: list[Any] = [
        *(ModuleCompletion.person_id, ModuleCompletion.module_id, ModuleCompletion.edition_id),
        *(ModuleCompletion.language, ModuleCompletion.score, ModuleCompletion.occurred_at),
        ModuleVersion.number.label("edition"),
    ]
    rows = db.session.execute(
        select(*columns)
        .join(ModuleVersion, ModuleVersion.id == ModuleCompletion.edition_id)
        .where(ModuleCompletion.person_id.in_({each.person_id for each in people}))
        .where(ModuleCompletion.module_id.in_([module.id for module in modules]))
        .order_by(ModuleCompletion.module_id, ModuleCompletion.edition_id)
    )
    done = defaultdict(list)
    for row in rows:
        done[row.person_id].append(row)
    for each in people:
        found = done[each.person_id]
        told = found if each.shares_names else {row.module_id: row for row in found}.values()
        yield from ((each, row) for row in told)


def _keys(pair: Pair) -> Keys:
    # A cursor tells no edition where the row does not: there is one row of the module.
    member, done = pair
    edition_id = done.edition_id if member.shares_names else GREATEST
    return member.organization_id, member.id, done.module_id, edition_id


def _told(pairs: Sequence[Pair], modules: Collection[ReportModule]) -> list[Completion]:
    """As they may be seen. One statement."""
    known = {module.id: module for module in modules}
    numbers = numbers_of({member.organization_id for member, _done in pairs if not member.shares_names})
    found = []
    for member, done in pairs:
        place, module = Place(member.organization, member.names), known[done.module_id]
        if member.shares_names:
            whose = Whose(member.public_id, member.display_name, None)
            details = (done.edition, done.language, done.score, done.occurred_at)
            found.append(Completion(place, whose, module, Stage.COMPLETED, *details))
        else:
            whose = Whose(member.public_id, None, numbers[member.organization_id, member.person_id])
            found.append(Completion(place, whose, module, Stage.COMPLETED))
    return found
