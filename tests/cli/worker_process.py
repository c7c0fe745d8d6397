"""A worker process for tests: `python -m tests.cli.worker_process URL DATA LOG`; its jobs write into LOG."""

import sys
import threading
import time
from pathlib import Path
from typing import Any

from lms import create_app
from lms.jobs import job_kind
from lms.jobs.worker import run_worker
from tests.cli.processes import LEASE, settings_for


@job_kind("test_slow", lease=LEASE)
def slow(arguments: dict[str, Any]) -> None:
    """Take half a second, and say when it begins and ends."""
    log = Path(sys.argv[3])
    with log.open("a") as file:
        file.write(f"begin {arguments['n']}\n")
        file.flush()
        time.sleep(0.5)
        file.write(f"end {arguments['n']}\n")


if __name__ == "__main__":
    run_worker(create_app(settings_for(sys.argv[1], Path(sys.argv[2]))), threading.Event())
