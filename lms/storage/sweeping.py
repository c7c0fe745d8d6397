"""Stored files that no row names any more: noted, and deleted when that has been so for long."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from lms.clock import now
from lms.db import db, write_unit
from lms.jobs import enqueue, job_kind, periodic, renew_lease
from lms.storage.current import current_storage
from lms.storage.files import Listed, Storage
from lms.storage.models import UnneededFile
from lms.storage.needs import needed_keys

DELAY = timedelta(days=14)
"""Longer than any upload, import or backup takes, and time to put back a row that was deleted by mistake."""
SOON = timedelta(hours=1)
"""So long a file is left that somebody took back or that was of an erased person: longer than a request takes that
hands the same bytes in."""
LATE = timedelta(days=2)
"""So long after its time a file that is still there says that nobody deletes."""
BATCH = 200
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Swept:
    """What a sweep did: files noted as needed by nothing, needed after all, deleted, and their bytes."""

    noted: int = 0
    needed_again: int = 0
    deleted: int = 0
    size: int = 0


@periodic("sweep_files", every=timedelta(days=1), lease=timedelta(minutes=10))
def sweep_files(_arguments: dict[str, Any]) -> None:
    """Delete what no row has named for a fortnight; what broken-off uploads left beside it too."""
    storage = current_storage()
    swept = sweep(storage, now())
    left = storage.drop_unfinished(now() - DELAY)
    log.info("files swept", extra={"facts": {**vars(swept), "unfinished": left}})


@job_kind("forget_file")
def forget_file(arguments: dict[str, Any]) -> None:
    """Delete one file, unless a row names it or somebody has put the same again since: then it is the sweep's."""
    key = str(arguments["key"])
    with write_unit():
        if key not in needed_keys():
            current_storage().remove_older(key, now() - SOON)


def forget_soon(key: str, at: datetime) -> None:
    """Have a file deleted that somebody wants to be gone, not only one that nobody needs."""
    enqueue("forget_file", {"key": key}, run_at=at + SOON)


def sweep(storage: Storage, at: datetime) -> Swept:
    """Note what no row names, forget what one names again, delete what was noted long ago; doing it again changes
    nothing."""
    there = {listed.key: listed for listed in storage.listed()}
    unneeded = there.keys() - needed_keys()
    noted = {row.key: row.since for row in db.session.execute(select(UnneededFile.key, UnneededFile.since))}
    db.session.rollback()
    fresh = sorted(unneeded - noted.keys())
    again = [key for key in noted if key not in unneeded]
    _note(fresh, again, at)
    due = [there[key] for key in sorted(unneeded & noted.keys()) if _is_due(there[key], noted[key], at)]
    batches = [due[start : start + BATCH] for start in range(0, len(due), BATCH)]
    gone = [listed for batch in batches for listed in _delete(storage, batch, at)]
    return Swept(len(fresh), len(again), len(gone), sum(listed.size for listed in gone))


def _is_due(listed: Listed, since: datetime, at: datetime) -> bool:
    """Long needed by nothing, and not put again since."""
    return since <= at - DELAY and listed.changed_at <= at - DELAY


def _note(fresh: Collection[str], again: Collection[str], at: datetime) -> None:
    with write_unit() as session:
        session.add_all([UnneededFile(key=key, since=at) for key in fresh])
        for key in again:
            session.execute(delete(UnneededFile).where(UnneededFile.key == key))


def _delete(storage: Storage, due: list[Listed], at: datetime) -> list[Listed]:
    """Delete some files, having looked once more whether they are needed."""
    with write_unit() as session:
        needed = needed_keys()
        gone = [listed for listed in due if listed.key not in needed and storage.remove_older(listed.key, at - DELAY)]
        for listed in gone:
            session.execute(delete(UnneededFile).where(UnneededFile.key == listed.key))
    renew_lease()
    return gone


@dataclass(frozen=True)
class Differences:
    """What is stored and what is needed, compared."""

    #: Keys that rows name, and that are not there.
    missing: list[str]
    #: Files that no row names, and their bytes.
    unneeded: int
    size: int
    #: Those of them that should have been deleted.
    overdue: int


def differences(storage: Storage, at: datetime) -> Differences:
    """Compare what is stored with what is needed."""
    there = {listed.key: listed for listed in storage.listed()}
    needed = needed_keys()
    unneeded = there.keys() - needed
    late = select(UnneededFile.key).where(UnneededFile.since < at - DELAY - LATE)
    overdue = [key for key in db.session.scalars(late) if key in unneeded and there[key].changed_at < at - DELAY - LATE]
    size = sum(there[key].size for key in unneeded)
    return Differences(sorted(needed - there.keys()), len(unneeded), size, len(overdue))
