"""The details file of a network of 100,000 people, a line a person and module, against the bare SELECT that the driver
streams into a CSV file: the same lines in the same order."""

import csv
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from benchmarks.ratios import is_over
from lms import create_app
from lms.clock import now
from lms.db import db, the_connection
from lms.demo import load_demo
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.organizations.models import Network
from lms.reports.details_sheet import details_sheet
from lms.reports.queries.details import facts_of
from lms.reports.queries.details_query import DetailsQuery, details_of
from lms.reports.queries.modules import modules_of
from lms.reports.sheets import stream
from lms.settings import Settings
from lms.upgrade import upgrade

SIZE = "100k"
LIMIT, MEMORY, PEAK = 2.0, 15, 150
"""The file against the bare SELECT; megabytes that it may add to the process, and that the process may have."""
ROUNDS = 3


def _timed(deed: Callable[[], object]) -> float:
    before = time.process_time()
    deed()
    return time.process_time() - before


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(data: Path | None = None) -> int:
    """Measures a demonstration that lies in `data`, or one that it makes."""
    with tempfile.TemporaryDirectory() as folder:
        where = data or Path(folder)
        url = f"sqlite:///{where / 'tashbik.sqlite3'}"
        app = create_app(
            Settings(data=where, database_url=url, secret_key="bench", embedded_worker=False, testing=True)
        )
        with app.app_context():
            if data is None:
                upgrade(db.engine)
                load_demo(random_passwords=False, size=SIZE)
            network = db.session.scalars(select(Network).limit(1)).one()
            query = details_of(network, modules_of(network.id), None, now())
            with reading_as(Formatter("fa", time_zone=network.time_zone)):
                return _measured(query, network, Path(folder))


def _measured(query: DetailsQuery, network: Network, folder: Path) -> int:
    sheet = details_sheet(query, network, now())

    def ours() -> None:
        nonlocal sheet
        sheet = details_sheet(query, network, now())
        with (folder / "ours.csv").open("wb") as file:
            file.writelines(stream(sheet, "csv"))

    statement = str(facts_of(query).compile(db.engine, compile_kwargs={"literal_binds": True}))
    driver: Any = the_connection().connection.driver_connection

    def bare() -> None:
        with (folder / "bare.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(driver.execute(statement))

    before, spent = _peak(), [(_timed(bare), _timed(ours)) for _ in range(ROUNDS)]
    least_bare, least_ours = (min(each) for each in zip(*spent, strict=True))
    print(f"{sheet.written:,} of {sheet.expected:,} lines: {least_ours:.1f} s of CPU, the bare SELECT ", end="")
    print(f"{least_bare:.1f} s; {_peak():.0f} MB at the peak", flush=True)
    return (
        is_over("details / bare SELECT", least_ours / least_bare, LIMIT)
        | is_over("MB added by the file", _peak() - before, MEMORY)
        | is_over("MB of the process", _peak(), PEAK)
        | (sheet.written != sheet.expected)
    )


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
