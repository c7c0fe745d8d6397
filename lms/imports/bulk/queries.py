"""Reads about imports."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from lms.accounts.models import Person
from lms.db import Texts, db
from lms.imports.models import Import, ImportBatch
from lms.organizations.models import Membership, Network, Organization
from lms.storage import needs_files

MOST_SHOWN, MOST_NAMED = 20, 100
MADE = ("organizations", "people", "memberships", "completions")


def import_by_public_id(public_id: str) -> Import | None:
    """The import with that public id, its network loaded."""
    query = select(Import).where(Import.public_id == public_id).options(joinedload(Import.network))
    return db.session.scalars(query).one_or_none()


def program_import(network_id: str, import_id: str) -> Import | None:
    """What a program brought into the network, by both public ids; its network loaded."""
    found = import_by_public_id(import_id)
    return found if found and found.by_program and found.network.public_id == network_id else None


def imports_of(network: Network) -> Sequence[Import]:
    """The newest imports of a network, the newest first."""
    query = select(Import).where(Import.network_id == network.id).order_by(Import.id.desc())
    return db.session.scalars(query.limit(MOST_SHOWN)).all()


@dataclass
class Outcome:
    """What an import did."""

    made: Counter[str] = field(default_factory=Counter)
    fates: Counter[str] = field(default_factory=Counter)
    changed: int = 0


def outcome_of(record: Import) -> Outcome:
    """What its batches have made so far."""
    found = Outcome()
    for made in db.session.scalars(select(ImportBatch.made).where(ImportBatch.import_id == record.id)):
        found.made.update({kind: len(made[kind]) for kind in MADE})
        found.fates.update(made["fates"])
        found.changed += made["changed"]
    return found


@dataclass(frozen=True)
class Kept:
    """What an undoing left: the names that the network may know, and how many there are altogether."""

    organizations: Sequence[Texts]
    people: Sequence[str]
    organization_count: int
    person_count: int


def kept_of(record: Import) -> Kept:
    """What of an import was used since and stayed. Of those who have come in, only who shares names is named."""
    places, people = record.kept.get("organizations", []), record.kept.get("people", [])
    names = select(Organization.names).where(Organization.id.in_(places[:MOST_NAMED])).order_by(Organization.id)
    sharing = (
        select(Membership.person_id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Organization.shares_names.is_(True))
    )
    open_to_all = or_(Person.password_hash.is_(None), Person.id.in_(sharing))
    named = select(Person.display_name).where(Person.id.in_(people[:MOST_NAMED]), open_to_all).order_by(Person.sort_key)
    return Kept(db.session.scalars(names).all(), db.session.scalars(named).all(), len(places), len(people))


def told_of(ids: Sequence[int]) -> dict[int, Any]:
    """The imports that notices are about."""
    query = select(Import).where(Import.id.in_(ids)).options(joinedload(Import.network))
    return {record.id: record for record in db.session.scalars(query)}


@needs_files("imports")
def needed_files() -> Iterable[str]:
    """Keys of the sheets and previews that are kept."""
    for row in db.session.execute(select(Import.file_key, Import.preview_key)):
        yield from (key for key in row if key is not None)
