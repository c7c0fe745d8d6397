"""Real processes for tests, on data of their own."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from lms.settings import Settings

ROOT = Path(__file__).resolve().parent.parent.parent
LEASE = timedelta(seconds=2)


def settings_for(url: str, data: Path) -> Settings:
    """Settings on a database, without a worker thread."""
    return Settings(data=data, database_url=url, secret_key="test", embedded_worker=False, testing=True)


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process; killed at the end of the block if it still runs."""
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(condition: Callable[[], bool], seconds: float = 40) -> None:
    """Wait until something holds; AssertionError when it never does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
