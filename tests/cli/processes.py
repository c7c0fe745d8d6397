"""Commands on data of their own, in this process, which is quicker, or in one of their own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from click.testing import CliRunner, Result
from flask import Flask, appcontext_popped

from lms.cli import main
from lms.db import db
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

    @property
    def url(self) -> str:
        """The address of its database, with the driver that is here."""
        given = self.environ.get("DATABASE_URL", f"sqlite:///{self.data / 'tashbik.sqlite3'}")
        return given.replace("postgresql:", "postgresql+psycopg:")

    def lms(self, *arguments: str, status: int = 0, typed: str | None = None) -> str:
        """Run `lms ...` in this process and give what it printed, expecting the exit code `status`."""
        # Everything of our own environment is taken away, and a new context knows neither a reader nor an app.
        runner = CliRunner(env={**dict.fromkeys(os.environ), **self.environment()})
        done = Context().run(_invoked, runner, arguments, typed)
        assert done.exit_code == status, f"exit code {done.exit_code}\n{done.output}"
        return done.output

    def process(self, *arguments: str, status: int = 0, typed: str | None = None) -> str:
        """The same in a process of its own, as an operator runs it."""
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


def _invoked(runner: CliRunner, arguments: tuple[str, ...], typed: str | None) -> Result:
    """Run a command; no connection of its apps stays open, as if their process had ended."""
    apps = set[Flask]()

    def note(app: Flask, **_more: object) -> None:
        apps.add(app)

    with appcontext_popped.connected_to(note):
        done = runner.invoke(main, arguments, input=typed, prog_name="lms", catch_exceptions=False)
    for app in apps:
        with app.app_context():
            db.engine.dispose()
    return done


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
