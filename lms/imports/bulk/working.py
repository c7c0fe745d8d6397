"""The worker's part: looking at a sheet, writing it, taking it back; each in batches, and each can be begun again."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from lms.batches import batched
from lms.clock import now
from lms.db import db, write_unit
from lms.events import emit
from lms.imports.bulk.asked import Batch
from lms.imports.bulk.fates import Fate
from lms.imports.bulk.preview import Preview
from lms.imports.bulk.reading import BATCH, judge_of, rows_of, table_of
from lms.imports.bulk.services import ask_again, end, go_on, let_old_files_go
from lms.imports.bulk.undoing import Ledger, take_back_batch
from lms.imports.bulk.writing import write_batch
from lms.imports.models import Import, ImportBatch, ImportState
from lms.jobs import GiveUp, job_kind, periodic, renew_lease
from lms.progress.events import FactsImported

LEASE = timedelta(minutes=10)


def _record(arguments: dict[str, Any], state: ImportState) -> Import:
    record = db.session.get(Import, int(arguments["import"]))
    if record is None or record.state != state:
        raise GiveUp("nothing is asked for")
    return record


@job_kind("look_at_import", lease=LEASE)
def look_at_import(arguments: dict[str, Any]) -> None:
    """Find out what would become of each row; begun again, it begins anew."""
    record = _record(arguments, ImportState.LOOKING)
    table = table_of(record)
    judge, preview, cells = judge_of(record), Preview(table.headers), iter(table.rows)
    for some in batched(rows_of(table, record.columns), BATCH):
        for judged in judge.judge(some, Batch()):
            preview.add(judged, next(cells))
        _note(record.id, len(some))
    stored, places = preview.store()
    with write_unit() as session:
        row = session.get_one(Import, record.id, with_for_update=True)
        row.preview_key, row.places, row.counts = stored.key, places, preview.counts()
        row.state, row.done = ImportState.READY, 0
        if row.by_program:
            go_on(row)


def _note(import_id: int, more: int) -> None:
    """How far it is; a lease of a job that takes long begins anew."""
    with write_unit() as session:
        session.get_one(Import, import_id).done += more
    renew_lease()


@job_kind("run_import", lease=LEASE)
def run_import(arguments: dict[str, Any]) -> None:
    """Write the good rows, a batch in a write unit. Begun again, it goes on behind the last batch that was written:
    what that has made is known by then, as if it had been there before."""
    record = _record(arguments, ImportState.RUNNING)
    table = table_of(record)
    written = set(db.session.scalars(select(ImportBatch.number).where(ImportBatch.import_id == record.id)))
    judge = judge_of(record)
    for number, some in enumerate(batched(rows_of(table, record.columns), BATCH)):
        if number not in written:
            batch = Batch()
            fates = [judged.fate for judged in judge.judge(some, batch)]
            _write(record.id, number, batch, fates)
            renew_lease()
    with write_unit() as session:
        end(session.get_one(Import, record.id, with_for_update=True), ImportState.DONE, now())


def _write(import_id: int, number: int, batch: Batch, fates: list[Fate]) -> None:
    with write_unit() as session:
        record = session.get_one(Import, import_id, with_for_update=True)
        if record.state != ImportState.RUNNING:
            raise GiveUp("it was ended meanwhile")
        made = write_batch(batch, record, now())
        record.done += len(fates)
        counted = {fate.value: fates.count(fate) for fate in Fate}
        session.add(ImportBatch(import_id=import_id, number=number, made={**made, "fates": counted}))
        emit(_told(record, made))


def _told(record: Import, made: dict[str, Any], *, undone: bool = False) -> FactsImported:
    kinds = ("organizations", "people", "memberships", "completions")
    return FactsImported(
        at=now(),
        actor_id=record.made_by_id,
        network_id=record.network_id,
        import_id=record.id,
        undone=undone,
        last=False,
        **{kind: len(made[kind]) for kind in kinds},
    )


@job_kind("undo_import", lease=LEASE)
def undo_import(arguments: dict[str, Any]) -> None:
    """Take back what nobody has used since, the last batch first. Begun again, it goes on where it was."""
    record = _record(arguments, ImportState.UNDOING)
    ledger = Ledger.of(record.id)
    open_still = select(ImportBatch.id).where(ImportBatch.import_id == record.id, ImportBatch.undone_at.is_(None))
    for batch_id in list(db.session.scalars(open_still.order_by(ImportBatch.number.desc()))):
        with write_unit() as session:
            row = session.get_one(Import, record.id, with_for_update=True)
            batch = session.get_one(ImportBatch, batch_id)
            taken = take_back_batch(row, batch, ledger, now())
            row.done += sum(batch.made["fates"].values())
            emit(_told(row, taken, undone=True))
        renew_lease()
    with write_unit() as session:
        end(session.get_one(Import, record.id, with_for_update=True), ImportState.UNDONE, now())


@periodic("let_imports_go", every=timedelta(days=1))
def let_imports_go(_arguments: dict[str, Any]) -> None:
    """Sheets hold names: none is kept longer than a fortnight. What was given up is asked for again."""
    with write_unit():
        let_old_files_go(now())
        ask_again()
