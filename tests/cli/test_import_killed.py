"""Workers that are killed while they write a sheet, or take it back, do nothing twice and forget nothing."""

from collections import Counter
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.db import db, write_unit
from lms.imports.bulk.services import begin, undo
from lms.imports.models import Import, ImportBatch, ImportState
from lms.organizations.models import Membership, Organization
from lms.progress.models import ModuleCompletion
from lms.settings import Settings
from tests.certification import make_module
from tests.cli.import_process import ROWS
from tests.cli.processes import running, wait_for
from tests.databases import Databases
from tests.factories import make_network, make_person
from tests.sheets import bring_sheet, csv_of, fates, fresh, looked_at

PEOPLE = 60
HEADERS = ("سازمان", "نام و نام خانوادگی", "ماژول", "تاریخ")


def test_a_killed_worker_goes_on_behind_its_last_batch(
    app: Flask, store: Databases, settings: Settings, tmp_path: Path
) -> None:
    make_module(titles={"fa": "یک"})
    # Each person stands in two rows, far apart: the second is known by what an earlier batch has written.
    rows = [(f"O{n % 5}", f"P{n % PEOPLE}", "یک" if n < PEOPLE else "", "1403/1/1") for n in range(2 * PEOPLE)]
    record = looked_at(bring_sheet(make_network(), make_person(), csv_of(HEADERS, *rows)))
    assert fates(record) == {"new": PEOPLE, "known": PEOPLE}
    log, batches = tmp_path / "log", 2 * PEOPLE // ROWS
    arguments = ("-m", "tests.cli.import_process", store.url, str(settings.data), str(log))
    with write_unit():
        begin(fresh(record))
    _killed_twice(log, arguments, record, ImportState.DONE)
    numbers = db.session.scalars(select(ImportBatch.number).order_by(ImportBatch.number)).all()
    assert numbers == list(range(batches))
    assert Counter(db.session.scalars(select(Person.display_name).where(Person.display_name.like("P%")))) == {
        f"P{n}": 1 for n in range(PEOPLE)
    }
    assert [len(db.session.scalars(select(model)).all()) for model in (Membership, ModuleCompletion, Organization)] == [
        PEOPLE,
        PEOPLE,
        5,
    ]
    with write_unit():
        undo(fresh(record))
    _killed_twice(log, arguments, record, ImportState.UNDONE)
    assert not db.session.scalars(select(Membership)).all()
    assert not db.session.scalars(select(ModuleCompletion)).all()
    assert fresh(record).kept == {}


def _killed_twice(log: Path, arguments: tuple[str, ...], record: Import, state: ImportState) -> None:
    db.session.remove()
    log.write_text("")
    for least in (3, 8):
        with running(*arguments) as worker:
            wait_for(lambda least=least: log.read_text().count("batch") >= least)  # type: ignore[misc]
            worker.kill()
            worker.wait()
    assert fresh(record).state != state, "it was killed in the middle"
    done = log.read_text().count("batch")
    db.session.remove()
    with running(*arguments):
        wait_for(lambda: _state(record) == state)
    assert done < log.read_text().count("batch") <= 2 * PEOPLE // ROWS + 4, "no batch was done twice"
    assert fresh(record).ended_at is not None


def _state(record: Import) -> ImportState:
    state = ImportState(fresh(record).state)
    db.session.remove()
    return state
