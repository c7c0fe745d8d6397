"""Backup and restore take the same memory whatever there is."""

import tracemalloc
from pathlib import Path

from sqlalchemy import insert

from lms.backup.restoring import Restore
from lms.backup.writing import write_backup
from lms.clock import now
from lms.db import db, write_unit
from lms.jobs.models import Job
from lms.upgrade import CORE
from tests.cli.filling import app_on
from tests.cli.test_backup import CODE, settings_of, silent

ROWS = 7_000


def peaks(folder: Path, times: int) -> tuple[int, int]:
    """The most memory that a backup and a restore of so many rows and of a file as large took."""
    settings, target = settings_of(folder / "from"), folder / "one.backup"
    with app_on(settings.database_url, settings.data):
        job = {"kind": "test_unheard_of", "arguments": {"text": "شبکه " * 100}, "run_at": now()}
        with write_unit() as session:
            for _ in range(times):
                session.execute(insert(Job), [job] * ROWS)
        (settings.files / "large").write_bytes(bytes(range(256)) * 30_000 * times)
        tracemalloc.start()
        write_backup(db.engine, settings, target, CODE, silent)
        written = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        (folder / "to").mkdir()
        Restore(settings_of(folder / "to"), (CORE,), (), silent).run(target, CODE, force=False)
        restored = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return written, restored


def test_four_times_as_much_takes_no_more_memory(tmp_path: Path) -> None:
    for name in ("few", "many"):
        (tmp_path / name).mkdir()
    few, many = peaks(tmp_path / "few", 1), peaks(tmp_path / "many", 4)
    for before, after in zip(few, many, strict=True):
        assert after < before * 1.3, (few, many)
