"""What a published version says of itself, kept in memory: a version never changes, so nothing here grows old."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from lms.db import Texts, read
from lms.kept import Kept
from lms.training.models import ModuleVersion

MOST_KEPT = 512


@dataclass(frozen=True)
class Published:
    """The manifest of a version (docs/content-format.md), and what is counted of it."""

    edition_id: int
    minutes: int
    titles: Texts
    summaries: Texts
    languages: list[str]
    sequence: list[dict[str, Any]]


#: By the version's UUID: unlike its number it never names another version, in whatever database.
_kept: Kept[Published] = Kept(MOST_KEPT)
_VERSIONS = select(ModuleVersion.uid, ModuleVersion.edition_id, ModuleVersion.minutes, ModuleVersion.manifest).where(
    ModuleVersion.uid.in_(bindparam("uids", expanding=True))
)


def published(uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Published]:
    """The published versions of those UUIDs; one statement for all that are not in memory yet."""
    wanted = set(uids)
    found = {uid: kept for uid in wanted if (kept := _kept.get(uid)) is not None}
    missing = wanted - found.keys()
    if missing:
        for row in read(_VERSIONS, uids=list(missing)):
            manifest = row.manifest
            version = Published(
                row.edition_id,
                row.minutes,
                manifest["title"],
                manifest.get("summary", {}),
                manifest.get("languages", []),
                manifest["sequence"],
            )
            found[row.uid] = _kept.keep(row.uid, version)
    return found
