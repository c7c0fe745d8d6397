"""Real processes for tests, on data of their own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from lms.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
LEASE = timedelta(seconds=2)


def settings_for(url: str, data: Path) -> Settings:
    """Settings on a database, without a worker thread."""
    return Settings(data=data, database_url=url, secret_key="test", embedded_worker=False, testing=True)


@dataclass(frozen=True)
class Installation:
    """A data folder and a database, and the commands that an operator runs on them."""

    data: Path
    environ: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """The environment of its commands: nothing of ours but the path."""
        plain = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        return {**plain, "LMS_DATA": str(self.data), **self.environ}

    def lms(self, *arguments: str, status: int = 0, typed: str | None = None) -> str:
        """Run `lms ...` and give what it printed, expecting the exit code `status`."""
        done = subprocess.run(
            [sys.executable, "-m", "lms", *arguments],
            check=False,
            cwd=ROOT,
            env=self.environment(),
            input=typed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=100,
        )
        assert done.returncode == status, f"exit code {done.returncode}\n{done.stdout}"
        return done.stdout


@contextmanager
def running(*arguments: str, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process; killed at the end of the block if it still runs."""
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=env)
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
