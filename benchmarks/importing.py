"""A sheet of 100,000 people with their memberships, brought in by the job, reading the file included, against a bare
executemany of the same rows, batch by batch, into a database like it: both in turn, the least of two rounds each. On
the way: looking at it, and undoing it."""

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Table, func, insert, select

from benchmarks.ratios import is_over
from lms import create_app
from lms.accounts.models import Notice, Person
from lms.batches import batched
from lms.clock import now
from lms.db import db, write_unit
from lms.documents.sheets import Column, write_csv
from lms.documents.tables import read_table
from lms.imports.bulk.columns import Kind
from lms.imports.bulk.reading import BATCH, MOST_ROWS
from lms.imports.bulk.services import Asked, begin, bring, keep_file, look, undo
from lms.imports.bulk.working import look_at_import, run_import, undo_import
from lms.imports.models import Import
from lms.organizations.models import Membership, NetworkMembership, Organization
from lms.settings import Settings
from lms.upgrade import upgrade
from tests.factories import make_network, make_person

PEOPLE, STAFF, LIMIT, ROUNDS = 100_000, 100, 4.0, 2
HEADERS = ("سازمان", "نام و نام خانوادگی", "ایمیل", "زبان", "سمت", "از")
FIRST = [
    "مریم",
    "علی",
    "زهرا",
    "حسین",
    "فاطمه",
    "رضا",
    "سارا",
    "محمد",
    "نرگس",
    "احمد",
    "لیلا",
    "یوسف",
    "شیرین",
    "کریم",
    "نازنین",
    "بهرام",
    "پروین",
    "جواد",
    "هدی",
    "سامی",
]
LAST = [
    "رستمی",
    "احمدی",
    "کاظمی",
    "علوی",
    "نوری",
    "حسینی",
    "مرادی",
    "صادقی",
    "رحیمی",
    "یوسفی",
    "کریمی",
    "باقری",
    "شریفی",
    "موسوی",
    "قاسمی",
    "طاهری",
]


def sheet(people: int) -> bytes:
    """The sheet: as many people, in organizations of a hundred, half of them with a mail address."""
    chance = Random(3)
    columns = [Column(header, header) for header in HEADERS]
    return "".join(write_csv(columns, (_row(n, chance) for n in range(people)))).encode()


def _row(n: int, chance: Random) -> list[str]:
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)} {n % STAFF}"
    day = f"۱۴۰{chance.randrange(5)}/{chance.randrange(1, 13)}/{chance.randrange(1, 30)}"
    return [f"انجمن {n // STAFF}", name, f"p{n}@example.org" if n % 2 else "", "فارسی", "کارشناس شبکه", day]


def main() -> int:
    """Brings a sheet in, and sets the bare insert beside it, in turn; `python -m benchmarks.importing 10000` takes
    fewer people."""
    people = int(sys.argv[-1]) if sys.argv[-1].isdigit() else PEOPLE
    data, ours, bare = sheet(people), [], []
    for _round in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            with _app(Path(folder) / "job").app_context():
                looked, run, undone, rows = _job(data, people)
            with _app(Path(folder) / "bare").app_context():
                make_network()
                bare.append(_timed(partial(_insert, rows)))
        ours.append(run)
    print(f"{people:,} people: the job {min(ours):.1f} s of CPU, the bare insert {min(bare):.1f} s;", end=" ")
    print(f"looking at the sheet {looked:.1f} s, undoing {undone:.1f} s")
    return int(is_over("import / bare insert", min(ours) / min(bare), LIMIT))


def _job(data: bytes, people: int) -> tuple[float, float, float, dict[Any, list[dict[str, Any]]]]:
    """CPU of looking, writing and undoing, and the rows that were written."""
    import_id = _brought(data)
    looked = _timed(partial(look_at_import, {"import": import_id}))
    with write_unit():
        begin(_record(import_id))
    run = _timed(partial(run_import, {"import": import_id}))
    assert db.session.scalar(select(func.count()).select_from(Membership)) == people
    rows = {model: _rows(model) for model in (Organization, NetworkMembership, Person, Membership, Notice)}
    with write_unit():
        undo(_record(import_id))
    undone = _timed(partial(undo_import, {"import": import_id}))
    assert not db.session.scalar(select(func.count()).select_from(Membership))
    return looked, run, undone, rows


def _app(data: Path) -> Any:
    data.mkdir()
    url = f"sqlite:///{data / 'importing.sqlite3'}"
    app = create_app(Settings(data=data, database_url=url, secret_key="bench", embedded_worker=False, testing=True))
    with app.app_context():
        upgrade(db.engine)
    return app


def _brought(data: bytes) -> int:
    network, admin = make_network(), make_person()
    table = read_table(data, "people.csv", max_rows=MOST_ROWS)
    key = keep_file(BytesIO(data))
    with write_unit():
        record = bring(network, table, key, "people.csv", language="fa", actor_id=admin.id, now=now())
        look(record, Asked(record.columns, tuple(Kind)))
    return record.id


def _record(import_id: int) -> Import:
    return db.session.get_one(Import, import_id)


def _rows(model: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in db.session.execute(select(model.__table__).order_by(model.id)).mappings()]


def _insert(rows: dict[Any, list[dict[str, Any]]]) -> None:
    for model, of_it in rows.items():
        table: Table = model.__table__
        for some in batched(of_it, BATCH):
            with write_unit() as session:
                session.execute(insert(table), some)


def _timed(deed: Callable[[], object]) -> float:
    before = time.process_time()
    deed()
    db.session.rollback()
    return time.process_time() - before


if __name__ == "__main__":
    sys.exit(main())
