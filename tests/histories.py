"""Histories made by chance: people come and go, complete modules, are erased."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from lms.accounts.models import Person
from lms.clock import now
from lms.db import Base, write_unit
from lms.organizations.models import Membership, Network, NetworkMembership, Organization
from lms.progress.models import Enrolment, ModuleCompletion
from lms.reports.counters import recount
from lms.training.models import Module, ModuleVersion, VersionKind
from tests.certification import make_module
from tests.factories import make_network, make_organization, make_person


@dataclass
class History:
    """Two networks and what has happened in and between them."""

    chance: Random
    networks: list[Network] = field(default_factory=list)
    modules: list[Module] = field(default_factory=list)
    _organizations: list[Organization] = field(default_factory=list)
    _people: list[Person] = field(default_factory=list)
    #: Module id to the ids of its versions, each an edition.
    _editions: dict[int, list[int]] = field(default_factory=dict)
    _completed: set[tuple[int, int, int]] = field(default_factory=set)
    _begun: set[tuple[int, int]] = field(default_factory=set)
    #: Memberships without end: (kind, organization id, person or network id).
    _open: set[tuple[str, int, int]] = field(default_factory=set)

    def happen(self, events: int) -> "History":
        """Let everything come into being, and as many events happen."""
        self.networks = [make_network(threshold=3), make_network(threshold=2, time_zone="Asia/Tehran")]
        self.modules = [make_module(), make_module(network_id=self.networks[0].id)]
        homes = [*self.networks, *self.networks, None]
        self._organizations = [make_organization(home) for home in homes]
        self._people = [make_person() for _ in range(12)]
        self._open = {
            ("network", organization.id, home.id)
            for organization, home in zip(self._organizations, homes, strict=True)
            if home
        }
        with write_unit() as session:
            for module in self.modules:
                second = _second_edition(module)
                session.add(second)
                session.flush()
                self._editions[module.id] = [module.current_version_id or 0, second.id]
            session.add_all(row for _ in range(events) if (row := self._event()))
            for person in self.chance.sample(self._people, 2):
                session.get_one(Person, person.id).erased_at = now()
        recount()
        return self

    def _event(self) -> Base | None:
        kinds = (self._member, self._member, self._belonging, self._completion, self._completion, self._enrolment)
        return self.chance.choice(kinds)()

    def _member(self) -> Membership | None:
        organization, person = self.chance.choice(self._organizations), self.chance.choice(self._people)
        starts, ends = self._days()
        if not self._can_begin("person", organization.id, person.id, ends):
            return None
        return Membership(
            person_id=person.id,
            organization_id=organization.id,
            starts_on=starts,
            ends_on=ends,
            invited_at=now() - timedelta(days=self.chance.randrange(500)) if self.chance.random() < 0.5 else None,
            confirmed_at=now() if self.chance.random() < 0.8 else None,
        )

    def _belonging(self) -> NetworkMembership | None:
        organization, network = self.chance.choice(self._organizations), self.chance.choice(self.networks)
        starts, ends = self._days()
        if not self._can_begin("network", organization.id, network.id, ends):
            return None
        return NetworkMembership(network_id=network.id, organization_id=organization.id, starts_on=starts, ends_on=ends)

    def _can_begin(self, kind: str, organization_id: int, other_id: int, ends: date | None) -> bool:
        """Whether there is no membership without end yet, where this would be one."""
        if ends is not None:
            return True
        key = (kind, organization_id, other_id)
        is_new = key not in self._open
        self._open.add(key)
        return is_new

    def _days(self) -> tuple[date, date | None]:
        """A span, mostly around today."""
        starts = now().date() + timedelta(days=self.chance.choice((-400, -400, -30, 0, 3)))
        return starts, self.chance.choice((None, None, starts, starts + timedelta(days=35)))

    def _enrolment(self) -> Enrolment | None:
        """A beginning; nothing where the person has begun that module."""
        person, module = self.chance.choice(self._people), self.chance.choice(self.modules)
        if (person.id, module.id) in self._begun:
            return None
        self._begun.add((person.id, module.id))
        at = now() - timedelta(days=self.chance.randrange(90))
        version_id = self._editions[module.id][0]
        return Enrolment(person_id=person.id, module_id=module.id, version_id=version_id, occurred_at=at, last_at=at)

    def _completion(self) -> ModuleCompletion | None:
        """A completion; nothing where the person has one of that edition."""
        person, module = self.chance.choice(self._people), self.chance.choice(self.modules)
        edition_id = self.chance.choice(self._editions[module.id])
        if (person.id, module.id, edition_id) in self._completed:
            return None
        self._completed.add((person.id, module.id, edition_id))
        return ModuleCompletion(
            person_id=person.id,
            module_id=module.id,
            version_id=edition_id,
            edition_id=edition_id,
            language=self.chance.choice(("fa", "fa", "ar", "en")),
            score=None,
            occurred_at=now() - timedelta(days=self.chance.randrange(60)),
        )


def _second_edition(module: Module) -> ModuleVersion:
    return ModuleVersion(
        module_id=module.id,
        number=2,
        kind=VersionKind.EDITION,
        manifest={},
        content_hash="1" * 64,
        tree={},
        published_at=now(),
    )
