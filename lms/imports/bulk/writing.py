"""Writing a batch: what its rows ask for, a statement a table, in the present write unit."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update

from lms.accounts.models import Notice, Person
from lms.accounts.names import SIZES, sign_in_key, suggestions
from lms.batches import batched
from lms.db import Base, Texts, read, text_of, the_connection
from lms.imports.bulk.asked import Batch, NewHuman
from lms.imports.bulk.world import Place
from lms.imports.models import Import
from lms.organizations.models import Membership, NetworkMembership, Organization
from lms.organizations.names import folded_names
from lms.progress.models import ModuleCompletion
from lms.reports.counters import counting
from lms.text import short_id, sort_key, uuid7

NOTICE = "imported"
AT_ONCE = 500
"""Keys in one statement."""
_SIZES = SIZES[5:]
"""Of the numbers behind suggested sign-in names: among many people short ones are taken."""


def write_batch(batch: Batch, record: Import, now: datetime) -> dict[str, Any]:
    """Write it, and let the reports' counters follow; gives what was made, as `ImportBatch.made` keeps it."""
    members = {person for place in batch.returning for person in members_of(place.id or 0)}
    with counting(batch.known_people() | members) as people:
        made = _write(batch, record, now)
        people.update(made["people"])
    return made


def _write(batch: Batch, record: Import, now: datetime) -> dict[str, Any]:
    organizations = _write_places(batch, record, now)
    people = _write_people(batch.new_humans, record, now)
    memberships = _write_seats(batch, record, now)
    completions = _write_completions(batch, record, now)
    changed = len(batch.changed_seats) + len(batch.filled_places) + len(batch.returning)
    _change_seats(batch)
    made = {"organizations": organizations, "people": people, "memberships": memberships, "completions": completions}
    return {**made, "changed": changed}


def _insert(model: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        the_connection().execute(insert(table_of(model)), rows)


def table_of(model: type[Base]) -> Table:
    """The table of a model."""
    return cast(Table, model.__table__)


def members_of(organization_id: int) -> list[int]:
    """Ids of everybody who was ever confirmed in an organization."""
    query = select(Membership.person_id).where(
        Membership.organization_id == organization_id, Membership.confirmed_at.is_not(None)
    )
    return [row.person_id for row in read(query.distinct())]


def _ids(model: type[Any], uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    found: dict[uuid.UUID, int] = {}
    for some in batched(uids, AT_ONCE):
        found.update((row.uid, row.id) for row in read(select(model.uid, model.id).where(model.uid.in_(some))))
    return found


def _write_places(batch: Batch, record: Import, now: datetime) -> list[int]:
    fixed = {"shares_names": False, "created_at": now}
    rows = []
    for place, _since in batch.new_places:
        place.uid = uuid7()
        rows.append({"uid": place.uid, "public_id": short_id(), **_of_place(place.names, place.city, place.country)})
    _insert(Organization, [{**row, **fixed} for row in rows])
    ids = _ids(Organization, [row["uid"] for row in rows])
    for place, _since in batch.new_places:
        assert place.uid is not None
        place.id = ids[place.uid]
    link = {"network_id": record.network_id, "ends_on": None, "left_by_itself": False}
    begun = [{**link, "organization_id": place.id, "starts_on": since} for place, since in batch.new_places]
    begun += [
        {**link, "organization_id": place.id, "starts_on": now.date()} for place in _not_today(batch, record, now)
    ]
    _insert(NetworkMembership, begun)
    for place, names, city, country in batch.filled_places:
        facts = _of_place(names, city, country)
        the_connection().execute(update(Organization).where(Organization.id == place.id).values(**facts))
    return sorted(ids.values())


def _not_today(batch: Batch, record: Import, now: datetime) -> Iterator[Place]:
    """Organizations that come back and left before today; whose leaving is of today, it is taken back."""
    link = NetworkMembership
    for place in batch.returning:
        ended = update(link).where(link.network_id == record.network_id, link.organization_id == place.id)
        again = ended.where(link.ends_on == now.date()).values(ends_on=None)
        if not the_connection().execute(again).rowcount:
            yield place


def _of_place(names: Texts, city: Texts, country: str | None) -> dict[str, Any]:
    keys = {f"sort_{code}": sort_key(text_of(names, code), code) for code in ("fa", "ar", "en")}
    return {"names": names, "folded": folded_names(names), "city": city, "country": country, **keys}


#: What a column says that has to say something; where nothing is to be said, the database says nothing by itself.
_PERSON: dict[str, Any] = {
    "name_latin": "",
    "totp_last_step": 0,
    "digits": "auto",
    "calendar": "auto",
    "hijri": False,
    "time_zone": "",
    "theme": "auto",
}


def _write_people(made: list[NewHuman], record: Import, now: datetime) -> list[int]:
    """Accounts without a password; each finds at home, when she comes in, what was done."""
    names = _sign_in_names(made)
    rows, uids = [], []
    for each, (name, key) in zip(made, names, strict=True):
        shown, uid = each.human.name, uuid7()
        public_id = each.human.public_id = short_id()
        uids.append(uid)
        rows.append(
            {
                **_PERSON,
                "uid": uid,
                "public_id": public_id,
                "sign_in_name": name,
                "sign_in_key": key,
                "display_name": shown,
                "sort_key": sort_key(shown, each.language),
                "email": each.mail or None,
                "language": each.language,
                "created_at": now,
            }
        )
    _insert(Person, rows)
    ids = _ids(Person, uids)
    for each, uid in zip(made, uids, strict=True):
        each.human.id = ids[uid]
    told = {"kind": NOTICE, "target_id": record.id, "created_at": now}
    _insert(Notice, [{**told, "uid": uuid7(), "public_id": short_id(), "person_id": ids[uid]} for uid in uids])
    return sorted(ids.values())


def _sign_in_names(made: list[NewHuman]) -> list[tuple[str, str]]:
    """Hers where the sheet gives one, else a suggestion that nobody has, there or among these; each with its key."""
    found = {index: (each.sign_in, sign_in_key(each.sign_in)) for index, each in enumerate(made) if each.sign_in}
    used = {key for _name, key in found.values()}
    offers = {
        index: suggestions(each.human.name, each.language, _SIZES)
        for index, each in enumerate(made)
        if not each.sign_in
    }
    while offers:
        tried = {index: (name := next(names), sign_in_key(name)) for index, names in offers.items()}
        taken = _taken({key for _name, key in tried.values()})
        for index, (name, key) in tried.items():
            if key not in used and key not in taken:
                used.add(key)
                found[index] = name, key
                del offers[index]
    return [found[index] for index in range(len(made))]


def _taken(keys: Iterable[str]) -> set[str]:
    taken: set[str] = set()
    for some in batched(keys, AT_ONCE):
        taken.update(key for (key,) in read(select(Person.sign_in_key).where(Person.sign_in_key.in_(some))))
    return taken


def _write_seats(batch: Batch, record: Import, now: datetime) -> list[str]:
    fixed = {"confirmed_at": now, "confirmed_by_id": record.made_by_id, "created_at": now}
    _insert(
        Membership,
        [
            {
                **fixed,
                "public_id": seat.public_id,
                "person_id": human.id,
                "organization_id": place.id,
                "title": seat.title,
                "post": seat.post,
                "starts_on": seat.starts_on,
                "ends_on": seat.ends_on,
                "ended_by_id": record.made_by_id if seat.ends_on else None,
            }
            for human, place, seat in batch.new_seats
        ],
    )
    for _human, _place, seat in batch.new_seats:
        seat.is_new = False
    return [seat.public_id for _human, _place, seat in batch.new_seats]


_CHANGE = (
    update(table_of(Membership))
    .where(Membership.public_id == bindparam("of"))
    .values({name: bindparam(f"to_{name}") for name in ("title", "post", "starts_on", "ends_on")})
)


def _change_seats(batch: Batch) -> None:
    rows: list[Mapping[str, Any]] = [
        {"of": of, **{f"to_{name}": getattr(seat, name) for name in ("title", "post", "starts_on", "ends_on")}}
        for of, (_human, seat) in batch.changed_seats.items()
    ]
    if rows:
        the_connection().execute(_CHANGE, rows)


def _write_completions(batch: Batch, record: Import, now: datetime) -> list[str]:
    fixed = {"recorded_at": now, "recorded_by_id": record.made_by_id, "source": record.source}
    rows: list[dict[str, Any]] = [
        {
            **fixed,
            "uid": uuid7(),
            "person_id": each.human.id,
            "module_id": each.module_id,
            "version_id": each.version_id,
            "edition_id": each.edition_id,
            "language": each.language,
            "score": each.score,
            "occurred_at": each.occurred_at,
        }
        for each in batch.completions
    ]
    _insert(ModuleCompletion, rows)
    return [row["uid"].hex for row in rows]
