"""A worker that writes sheets a few rows at a time: `python -m tests.cli.import_process URL DATA LOG`; a line each."""

import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from lms import create_app
from lms.imports.bulk import working
from lms.jobs import kinds
from lms.jobs.worker import run_worker
from tests.cli.processes import LEASE, settings_for

ROWS = 4
"""Rows of a batch."""


def main(url: str, data: Path, log: Path) -> None:
    """Run until killed; the kinds' leases are short, so that a job is soon run again."""
    app = create_app(settings_for(url, data))
    registered: Any = kinds._kinds
    for name in ("run_import", "undo_import"):
        registered[name] = replace(registered[name], lease=LEASE)
    at_work: Any = working
    at_work.BATCH = ROWS
    real = at_work.renew_lease

    def noted() -> None:
        real()
        with log.open("a") as file:
            file.write("batch\n")
        time.sleep(0.05)

    at_work.renew_lease = noted
    run_worker(app, threading.Event())


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
