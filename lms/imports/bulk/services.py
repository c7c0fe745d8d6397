"""What a network does with a sheet: bring it, say what its columns hold, choose, begin, undo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from sqlalchemy import or_, select

from lms.db import db
from lms.documents.tables import Table
from lms.errors import DomainError, NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.imports.bulk.columns import FIELDS, Kind, recognised
from lms.imports.bulk.days import CALENDARS
from lms.imports.matchings import remember, remembered
from lms.imports.models import WORKING, Import, ImportState
from lms.jobs import enqueue
from lms.jobs.models import Job, JobState
from lms.organizations.models import Network
from lms.progress.events import FactsImported
from lms.quizzes.models import Source
from lms.storage import current_storage
from lms.storage.sweeping import forget_soon

KEPT = timedelta(days=14)
JOBS = {
    ImportState.LOOKING: "look_at_import",
    ImportState.RUNNING: "run_import",
    ImportState.UNDOING: "undo_import",
}
SAMPLE = 3
"""Rows that are shown beside what the columns hold."""
SOURCES = (Source.IMPORT, Source.PRIOR_LEARNING)


@dataclass(frozen=True)
class Asked:
    """How a sheet shall be read, and what of it is wanted."""

    columns: Sequence[str]
    kinds: Sequence[Kind]
    calendar: str = "auto"
    source: Source = Source.IMPORT
    language: str = "fa"


def keep_file(content: BinaryIO) -> str:
    """Keep an uploaded sheet; gives its key. Comes before the write unit."""
    return current_storage().put(content).key


def bring(
    network: Network, table: Table, key: str, file_name: str, *, language: str, actor_id: int | None, now: datetime
) -> Import:
    """A sheet that was read, with its columns as they were matched last, else as their headers say."""
    record = Import(
        network_id=network.id,
        made_by_id=actor_id,
        made_at=now,
        file_name=file_name[-200:],
        file_key=key,
        language=language,
        head=[list(table.headers), *(list(row) for row in table.rows[:SAMPLE])],
        columns=recognised(table.headers, remembered(network, table.headers)),
        kinds=list(Kind),
        total=len(table.rows),
    )
    db.session.add(record)
    db.session.flush()
    return record


def look(record: Import, asked: Asked) -> None:
    """Remember what the columns hold, and have the worker find out what would become of each row.

    Raises NotAllowed once something of it is written, DomainError (fields columns, kinds) for what cannot be.
    """
    _refuse_unless(record, ImportState.MATCHING, ImportState.READY, ImportState.LOOKING)
    headers = record.head[0] if record.head else []
    check(asked, headers)
    record.columns, record.kinds = list(asked.columns), [str(kind) for kind in asked.kinds]
    record.calendar, record.source, record.language = asked.calendar, asked.source, asked.language
    record.choices, record.doubtful_are_new = {}, False
    if not record.by_program:
        remember(record.network, headers, asked.columns)
    _look_again(record)


def check(asked: Asked, headers: Sequence[str]) -> None:
    """Raises DomainError (fields columns, kinds) where a sheet with these headers cannot be read so."""
    used = [column for column in asked.columns if column]
    if len(asked.columns) != len(headers) or not set(used) <= set(FIELDS) or len(used) != len(set(used)):
        raise DomainError(_("Each column holds something of its own, or is left out."), "columns")
    if not {"person", "given", "sign_in", "organization", *_IN_LANGUAGES} & set(used):
        raise DomainError(_("Say which column holds the name of the person or of the organization."), "columns")
    if not asked.kinds:
        raise DomainError(_("Choose what shall be taken from the sheet."), "kinds")
    assert asked.calendar in CALENDARS
    assert asked.source in SOURCES


_IN_LANGUAGES = ("organization_fa", "organization_ar", "organization_en")


def _look_again(record: Import) -> None:
    if record.preview_key is not None:
        forget_soon(record.preview_key, record.made_at)
    record.preview_key, record.places, record.counts = None, {}, {}
    _ask(record, ImportState.LOOKING)


def _ask(record: Import, state: ImportState) -> None:
    record.state, record.done = state, 0
    enqueue(JOBS[state], {"import": record.id})


def ask_again() -> int:
    """Ask again for what the worker gave up after many failures; gives how many that were."""
    waiting = select(Job.arguments).where(Job.kind.in_(JOBS.values()), Job.state == JobState.WAITING)
    asked_for = {arguments.get("import") for arguments in db.session.scalars(waiting)}
    given_up = [
        record
        for record in db.session.scalars(select(Import).where(Import.state.in_(WORKING)))
        if record.id not in asked_for
    ]
    for record in given_up:
        enqueue(JOBS[ImportState(record.state)], {"import": record.id})
    return len(given_up)


def choose(record: Import, choices: Mapping[str, str], *, doubtful_are_new: bool) -> None:
    """Say who doubtful people are ("new", a public id, or "" for nobody), and have all rows looked at again.

    What was said of others stays. Raises NotAllowed while the worker is at it, and once something is written.
    """
    _refuse_unless(record, ImportState.READY)
    kept = {**record.choices, **choices}
    record.choices = {key: chosen for key, chosen in kept.items() if chosen}
    record.doubtful_are_new = doubtful_are_new
    _look_again(record)


def begin(record: Import) -> None:
    """Have the good rows written. Raises NotAllowed where they were, or are being."""
    _refuse_unless(record, ImportState.READY)
    _ask(record, ImportState.RUNNING)


def go_on(record: Import) -> None:
    """A program's import is looked at: its good rows are written without being asked for again."""
    _ask(record, ImportState.RUNNING)


def undo(record: Import) -> None:
    """Have all taken back that nobody has used since. Raises NotAllowed where there is nothing to take back."""
    _refuse_unless(record, ImportState.DONE)
    _ask(record, ImportState.UNDOING)


def drop(record: Import, now: datetime) -> None:
    """Forget a sheet of which nothing was written. Raises NotAllowed for any other."""
    _refuse_unless(record, ImportState.MATCHING, ImportState.READY)
    let_files_go(record, now)
    db.session.delete(record)


def _refuse_unless(record: Import, *states: ImportState) -> None:
    db.session.get(Import, record.id, with_for_update=True, populate_existing=True)
    if record.state not in states:
        raise NotAllowed(_("This import is further on already. Look at its page."))


def end(record: Import, state: ImportState, now: datetime) -> None:
    """It is done, or undone: the sheet goes, and whoever listens learns that nothing more of it follows."""
    record.state, record.ended_at, record.done = state, now, record.total
    if record.file_key is not None:
        forget_soon(record.file_key, now)
    record.file_key, record.head = None, []
    emit(
        FactsImported(
            now,
            record.made_by_id,
            record.network_id,
            record.id,
            0,
            0,
            0,
            0,
            undone=state == ImportState.UNDONE,
            last=True,
        )
    )


def let_old_files_go(now: datetime) -> int:
    """Forget the files of imports that are a fortnight old, unless the worker is at them; gives how many imports."""
    query = select(Import).where(
        Import.made_at < now - KEPT,
        Import.state.not_in(WORKING),
        or_(Import.file_key.is_not(None), Import.preview_key.is_not(None)),
    )
    old = list(db.session.scalars(query.with_for_update()))
    for record in old:
        let_files_go(record, now)
    return len(old)


def let_files_go(record: Import, now: datetime) -> None:
    """Forget the sheet and what was found out of its rows."""
    for key in (record.file_key, record.preview_key):
        if key is not None:
            forget_soon(key, now)
    record.file_key = record.preview_key = None
    record.places, record.head = {}, []
