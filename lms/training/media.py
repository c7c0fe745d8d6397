"""The files of modules: what is known of them, and which module has which."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.db import db
from lms.media import Facts, examine
from lms.media.facts import read_variants
from lms.storage import current_storage, needs_files
from lms.training.models import MediaFile, Module

FactsByName = Mapping[str, Facts]


def facts_of_row(row: MediaFile) -> Facts:
    """The facts that a row keeps."""
    variants = read_variants(row.variants)
    return Facts(row.key, row.kind, row.content_type, row.size, row.width, row.height, variants)


def facts_of(media: Mapping[str, str]) -> dict[str, Facts]:
    """The facts of files by name, from their keys: those that any module has are known, others are examined.

    Raises MediaError.
    """
    if not media:
        return {}
    rows = db.session.scalars(select(MediaFile).where(MediaFile.key.in_(set(media.values()))))
    known = {row.key: facts_of_row(row) for row in rows}
    for key in set(media.values()) - known.keys():
        known[key] = examine(key, current_storage())
    return {name: known[key] for name, key in media.items()}


def give_media(module: Module, named: FactsByName, *, actor_id: int | None, now: datetime) -> None:
    """Make files the module's, where they are not yet."""
    if not named:
        return
    rows = db.session.scalars(select(MediaFile).where(MediaFile.module_id == module.id))
    there = {(row.name, row.key) for row in rows}
    for name, facts in named.items():
        if (name, facts.key) not in there:
            db.session.add(_row(module, name, facts, actor_id, now))
    db.session.flush()


def _row(module: Module, name: str, facts: Facts, actor_id: int | None, now: datetime) -> MediaFile:
    return MediaFile(
        module=module,
        name=name,
        key=facts.key,
        kind=facts.kind,
        content_type=facts.content_type,
        size=facts.size,
        width=facts.width,
        height=facts.height,
        variants=[dict(vars(variant)) for variant in facts.variants],
        created_at=now,
        created_by_id=actor_id,
    )


def media_of(module: Module) -> dict[str, MediaFile]:
    """The files of a module by name; of several of one name, the latest."""
    rows = db.session.scalars(select(MediaFile).where(MediaFile.module_id == module.id).order_by(MediaFile.id))
    return {row.name: row for row in rows}


def media_named(module: Module, names: Iterable[str]) -> dict[str, str]:
    """Name to key of those among these names that the module has."""
    wanted = set(names)
    return {name: row.key for name, row in media_of(module).items() if name in wanted} if wanted else {}


@needs_files("media")
def stored_keys() -> Iterator[str]:
    """The files of all modules, with their variants: of drafts, of versions, and of what can be restored."""
    for key, variants in db.session.execute(select(MediaFile.key, MediaFile.variants)):
        yield key
        yield from (variant["key"] for variant in variants)


@dataclass(frozen=True)
class Sent:
    """What is sent of a file: the stored bytes of it or of a variant."""

    key: str
    content_type: str


def sent_file(module_id: int, key: str, variant: str = "") -> Sent | None:
    """A file of a module, or the variant of that name."""
    query = select(MediaFile).where(MediaFile.module_id == module_id, MediaFile.key == key).limit(1)
    row = db.session.scalars(query).one_or_none()
    if row is None:
        return None
    if not variant:
        return Sent(row.key, row.content_type)
    found = facts_of_row(row).variant(variant)
    return Sent(found.key, found.content_type) if found else None
