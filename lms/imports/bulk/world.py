"""What is there already: what a sheet's rows are judged against. Read once a run; a batch reads what it alone needs.

Whom a network's import may know: people of its organizations that share names, and whom its own imports have made.
Of anybody else it learns nothing; a namesake among them becomes a second person.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, or_, select

from lms.accounts.models import Identity, Person
from lms.accounts.names import mail_key
from lms.batches import batched
from lms.db import Texts, read
from lms.imports.models import Import, ImportBatch
from lms.organizations.models import Grant, Membership, NetworkMembership, Organization
from lms.organizations.queries import in_force
from lms.progress.models import ModuleCompletion
from lms.security.actor import Role
from lms.text import answer_key, fold_key
from lms.training.models import Module, ModuleVersion

AT_ONCE = 500
"""Ids in one statement."""


@dataclass(slots=True, eq=False)
class Place:
    """An organization that is there, or that the sheet makes."""

    names: Texts
    id: int | None = None
    uid: uuid.UUID | None = None
    country: str | None = None
    city: Texts = field(default_factory=dict)
    inside: bool = True
    left_by_itself: bool = False
    has_manager: bool = False
    shares_names: bool = False


@dataclass(slots=True, eq=False)
class Seat:
    """A membership that is there, or that the sheet makes."""

    public_id: str
    starts_on: date
    ends_on: date | None
    title: str
    post: str | None
    is_new: bool = False


@dataclass(slots=True, eq=False)
class Human:
    """A person who is there, or whom the sheet makes."""

    name: str
    id: int | None = None
    public_id: str = ""
    mail: str = ""
    sign_in: str = ""
    """The key of her sign-in name; of somebody whom the sheet makes only where it gives one."""
    claimed: bool = False
    """She has come in: her account is her own."""
    ours: bool = False
    """An import of this network made her."""
    mine: bool = False
    """This import made her."""
    seats: dict[Place, Seat] = field(default_factory=dict)
    completions: frozenset[tuple[int, int]] | None = None
    """Module and edition; None where they were not read yet."""

    def complete(self, module_id: int, edition_id: int) -> None:
        """Note a completion of hers. Most people of a large sheet have none, and share the set of nothing."""
        self.completions = (self.completions or frozenset()) | {(module_id, edition_id)}


@dataclass(frozen=True, slots=True)
class Taught:
    """A module that can be completed: its editions with the version that opened each, the oldest first."""

    id: int
    versions: tuple[tuple[datetime, int, int], ...]

    def version_on(self, moment: datetime) -> tuple[int, int]:
        """Version and edition that were current then; the oldest for what lies before."""
        found = self.versions[0]
        for each in self.versions:
            if each[0] <= moment:
                found = each
        return found[1], found[2]


class World:
    """All of it, indexed by folded names."""

    def __init__(self, record: Import, day: date) -> None:
        self.record, self.day = record, day
        self.places: dict[str, list[Place]] = defaultdict(list)
        self.humans: dict[str, list[Human]] = defaultdict(list)
        self.by_sign_in: dict[str, Human] = {}
        self.modules: dict[str, set[int]] = defaultdict(set)
        self.taught: dict[int, Taught] = {}
        self.taken: set[str] = set()
        """Sign-in keys of others, of those that were asked for."""
        self._read_places()
        self._read_people()
        self._read_modules()

    def shows(self, human: Human, place: Place) -> bool:
        """Whether the network may know that she belongs there."""
        return place in human.seats and (human.ours or place.shares_names)

    def add_place(self, place: Place) -> None:
        """Let it be found by each of its names."""
        for key in {fold_key(name) for name in place.names.values()}:
            self.places[key].append(place)

    def add_human(self, human: Human, key: str) -> None:
        """Let her be found by the folded name `key`, and by her sign-in name."""
        self.humans[key].append(human)
        if human.sign_in:
            self.by_sign_in[human.sign_in] = human

    def prepare(self, names: Iterable[str], sign_ins: Collection[str]) -> None:
        """Read what the rows of a batch ask for, by folded names and sign-in keys, in a fixed number of statements."""
        unread = {
            human.id: human
            for human in self._asked_for(names, sign_ins)
            if human.completions is None and human.id is not None
        }
        for human in unread.values():
            human.completions = frozenset()
        columns = (ModuleCompletion.person_id, ModuleCompletion.module_id, ModuleCompletion.edition_id)
        for some in batched(sorted(unread), AT_ONCE):
            for row in read(select(*columns).where(ModuleCompletion.person_id.in_(some))):
                unread[row.person_id].complete(row.module_id, row.edition_id)
        for keys in batched(sorted(set(sign_ins) - self.by_sign_in.keys() - self.taken), AT_ONCE):
            self.taken.update(key for (key,) in read(select(Person.sign_in_key).where(Person.sign_in_key.in_(keys))))

    def _asked_for(self, names: Iterable[str], sign_ins: Iterable[str]) -> Iterator[Human]:
        for name in names:
            yield from self.humans.get(name, ())
        for key in sign_ins:
            if key in self.by_sign_in:
                yield self.by_sign_in[key]

    def _read_places(self) -> None:
        link = NetworkMembership
        columns = (Organization.id, Organization.names, Organization.country, Organization.city)
        query = (
            select(*columns, Organization.shares_names, link.starts_on, link.ends_on, link.left_by_itself)
            .join(link, link.organization_id == Organization.id)
            .where(link.network_id == self.record.network_id)
            .order_by(link.id)
        )
        led = select(Grant.organization_id).where(Grant.role == Role.MANAGER, in_force(Grant, self.day))
        managed = {id_ for (id_,) in read(led)}
        self._by_id: dict[int, Place] = {}
        for row in read(query):
            place = self._by_id.setdefault(row.id, Place(row.names, row.id, country=row.country, city=row.city))
            place.inside = row.ends_on is None or row.ends_on > self.day
            place.left_by_itself, place.has_manager = row.left_by_itself, row.id in managed
            place.shares_names = row.shares_names and place.inside
        for place in self._by_id.values():
            self.add_place(place)

    def _read_people(self) -> None:
        ledger, mine = self._ledger()
        rows = read(self._members()).all()
        known: dict[int, Human] = {}
        for row in rows:
            may_know = row.id in ledger or (self._by_id[row.organization_id].shares_names and row.is_confirmed)
            if may_know and row.id not in known:
                mail = mail_key(row.email) if row.email and not row.claimed else ""
                human = Human(row.display_name, row.id, row.person, mail, row.sign_in_key or "", row.claimed)
                human.ours, human.mine = row.id in ledger, row.id in mine
                known[row.id] = human
                self.add_human(human, fold_key(row.display_name))
        for row in rows:
            if row.id in known:
                seat = Seat(row.public_id, row.starts_on, row.ends_on, row.title, row.post)
                known[row.id].seats[self._by_id[row.organization_id]] = seat

    def _members(self) -> Any:
        """Everybody who was ever of the network's organizations, once a membership."""
        seat = (Membership.public_id, Membership.starts_on, Membership.ends_on, Membership.title, Membership.post)
        person = (Person.id, Person.public_id.label("person"), Person.display_name, Person.sign_in_key, Person.email)
        claimed = or_(Person.password_hash.is_not(None), Person.email_key.is_not(None), Person.id.in_(_outside()))
        confirmed = Membership.confirmed_at.is_not(None).label("is_confirmed")
        inside = select(NetworkMembership.organization_id).where(NetworkMembership.network_id == self.record.network_id)
        return (
            select(*person, claimed.label("claimed"), Membership.organization_id, *seat, confirmed)
            .join(Membership, Membership.person_id == Person.id)
            .where(Person.erased_at.is_(None), Membership.organization_id.in_(inside))
            .order_by(Membership.id)
        )

    def _ledger(self) -> tuple[set[int], set[int]]:
        """Ids of the people whom the network's imports have made, and of those whom this one has."""
        query = (
            select(ImportBatch.import_id, ImportBatch.made)
            .join(Import, Import.id == ImportBatch.import_id)
            .where(Import.network_id == self.record.network_id)
        )
        ledger: set[int] = set()
        mine: set[int] = set()
        for row in read(query):
            ledger.update(row.made["people"])
            if row.import_id == self.record.id:
                mine.update(row.made["people"])
        return ledger, mine

    def _read_modules(self) -> None:
        columns = (Module.id, Module.key, Module.plugin, Module.public_id, Module.titles)
        query = select(*columns).where(
            Module.bank.is_(False),
            Module.current_version_id.is_not(None),
            Module.archived_at.is_(None),
            or_(Module.network_id.is_(None), Module.network_id == self.record.network_id),
        )
        for row in read(query):
            whole = f"{row.plugin}/{row.key}" if row.plugin else row.key
            for name in (row.key, whole, row.public_id, *row.titles.values()):
                self.modules[answer_key(name)].add(row.id)
        self._read_versions({id_ for ids in self.modules.values() for id_ in ids})

    def _read_versions(self, ids: Collection[int]) -> None:
        version = ModuleVersion
        columns = (version.module_id, version.published_at, version.id, version.edition_id)
        query = select(*columns).where(version.module_id.in_(ids))
        found: dict[int, list[tuple[datetime, int, int]]] = defaultdict(list)
        for row in read(query.order_by(version.number)):
            found[row.module_id].append((row.published_at, row.id, row.edition_id or row.id))
        self.taught = {module: Taught(module, tuple(versions)) for module, versions in found.items()}


def _outside() -> Select[Any]:
    return select(Identity.person_id)
