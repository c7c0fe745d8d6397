"""Taking an import back, a batch at a time: what nobody has used since goes, what somebody has is kept and named.

A person who goes leaves a tombstone, as everybody does who is erased; an organization leaves the network, as if it had
never been in it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update

from lms.accounts.models import Notice, Person
from lms.accounts.services.erasing import EMPTY
from lms.batches import batched
from lms.certification.models import Credential
from lms.db import Base, db, read, the_connection
from lms.events import emit
from lms.imports.bulk.writing import NOTICE, table_of
from lms.imports.models import Import, ImportBatch, uids
from lms.organizations.events import OrganizationLeft
from lms.organizations.models import Grant, Invitation, Membership, NetworkMembership
from lms.progress.models import ModuleCompletion
from lms.reports.counters import counting

AT_ONCE = 500
#: Rows about a person that do not say that anybody has used her account.
_NO_USE = {"membership", "module_completion", "notice", "digest_entry"}


@dataclass(frozen=True)
class Ledger:
    """All that an import made of people."""

    people: frozenset[int]
    memberships: frozenset[str]
    completions: frozenset[str]

    @classmethod
    def of(cls, import_id: int) -> "Ledger":
        """Read it."""
        made = list(db.session.scalars(select(ImportBatch.made).where(ImportBatch.import_id == import_id)))
        kinds = ("people", "memberships", "completions")
        return cls(*(frozenset(key for each in made for key in each[kind]) for kind in kinds))


def take_back_batch(record: Import, batch: ImportBatch, ledger: Ledger, now: datetime) -> dict[str, Any]:
    """Take back what a batch made; gives what went, by kind, as `ImportBatch.made` has it. What stays is noted."""
    made = batch.made
    seats = _owners(Membership, Membership.public_id, made["memberships"])
    facts = _owners(ModuleCompletion, ModuleCompletion.uid, uids(made["completions"]))
    used = _used({*made["people"], *seats.values(), *facts.values()} & ledger.people, ledger)
    shown = _found(Credential.module_completion_id, ModuleCompletion.uid, list(facts))
    gone = {
        "organizations": [],
        "people": [person for person in made["people"] if person not in used],
        "memberships": [key for key, person in seats.items() if person not in used],
        "completions": [key for key, person in facts.items() if person not in used and key not in shown],
    }
    with counting({*gone["people"], *seats.values(), *facts.values()}):
        _delete(ModuleCompletion, ModuleCompletion.uid, gone["completions"])
        _delete(Membership, Membership.public_id, gone["memberships"])
        _empty(gone["people"], now)
    gone["organizations"] = _leave(record, made["organizations"], now)
    _note(record, "people", set(made["people"]) - set(gone["people"]))
    _note(record, "organizations", set(made["organizations"]) - set(gone["organizations"]))
    batch.undone_at = now
    return gone


def _owners(model: type[Any], key: Any, keys: Sequence[Any]) -> dict[Any, int]:
    """Whose the rows are that are still there."""
    found: dict[Any, int] = {}
    for some in batched(keys, AT_ONCE):
        rows = read(select(key.label("of"), model.person_id).where(key.in_(some)))
        found.update((row.of, row.person_id) for row in rows)
    return found


def _found(column: Any, key: Any, keys: Sequence[Any]) -> set[Any]:
    """Keys of completions that a certificate names."""
    found: set[Any] = set()
    for some in batched(keys, AT_ONCE):
        query = select(key).join(Credential, column == ModuleCompletion.id).where(key.in_(some))
        found.update(of for (of,) in read(query))
    return found


def _used(people: Collection[int], ledger: Ledger) -> set[int]:
    """Those of them who have come in, or of whom anything is stored that the import did not make."""
    used: set[int] = set()
    for some in batched(sorted(people), AT_ONCE):
        came_in = or_(Person.password_hash.is_not(None), Person.email_key.is_not(None), Person.erased_at.is_not(None))
        used.update(id_ for (id_,) in read(select(Person.id).where(Person.id.in_(some), came_in)))
        for column in _traces():
            used.update(id_ for (id_,) in read(select(column).where(column.in_(some)).distinct()))
        for model, key, mine in (
            (Membership, Membership.public_id, ledger.memberships),
            (ModuleCompletion, ModuleCompletion.uid, ledger.completions),
        ):
            rows = read(select(key.label("of"), model.person_id).where(model.person_id.in_(some)))
            used.update(row.person_id for row in rows if getattr(row.of, "hex", row.of) not in mine)
    return used


def _traces() -> list[Any]:
    """The columns that say of whom a row is, in every table, those of plugins too."""
    return [
        table.c["person_id"]
        for table in Base.metadata.sorted_tables
        if table.name not in _NO_USE and "person_id" in table.c and table.c["person_id"].foreign_keys
    ]


def _delete(model: type[Base], key: Any, keys: Sequence[Any]) -> None:
    for some in batched(keys, AT_ONCE):
        the_connection().execute(delete(table_of(model)).where(key.in_(some)))


def _empty(people: Sequence[int], now: datetime) -> None:
    for some in batched(people, AT_ONCE):
        told = delete(table_of(Notice)).where(Notice.person_id.in_(some), Notice.kind == NOTICE)
        the_connection().execute(told)
        gone = update(table_of(Person)).where(Person.id.in_(some)).values(**EMPTY, erased_at=now)
        the_connection().execute(gone)


def _leave(record: Import, organizations: Sequence[int], now: datetime) -> list[int]:
    """Take those out of the network that have nobody, invited nobody and are in no other one; gives them."""
    gone = []
    for id_ in organizations:
        if not _is_used(id_, record.network_id):
            link = NetworkMembership
            mine = delete(table_of(link)).where(link.network_id == record.network_id, link.organization_id == id_)
            the_connection().execute(mine)
            emit(OrganizationLeft(now, record.made_by_id, organization_id=id_, network_id=record.network_id))
            gone.append(id_)
    return gone


def _is_used(organization_id: int, network_id: int) -> bool:
    def any_of(model: type[Any], *more: ColumnElement[bool]) -> bool:
        query = select(model.id).where(model.organization_id == organization_id, *more)
        return read(query.limit(1)).first() is not None

    others = NetworkMembership.network_id != network_id
    # A certificate, evidence and the like come from people or managers; who invited none has none.
    return any_of(Membership) or any_of(Grant) or any_of(Invitation) or any_of(NetworkMembership, others)


def _note(record: Import, kind: str, ids: Collection[int]) -> None:
    if ids:
        record.kept = {**record.kept, kind: [*record.kept.get(kind, []), *sorted(ids)]}
