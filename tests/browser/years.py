"""The product over years: a server whose clock a test moves, on data of its own."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

import time_machine
from flask import Flask

from lms import create_app, read_settings
from lms.accounts.models import Person
from lms.formats import Formatter
from lms.i18n import reading_as
from tests.browser.deeds import person_named
from tests.browser.moved import CLOCK, instant_of, set_clock
from tests.browser.server import ROOT, Server
from tests.postgres import free_port

START = datetime(2026, 6, 15, 9, tzinfo=UTC)
MOVED = "tests.browser.moved"
NIGHT_ENDS_WITHIN = 60
#: Of the worker's days, the first (`lms.jobs.worker`).
_FIRST = date(2000, 1, 1)


@dataclass
class Years:
    """A server, and the clock that it and every command beside it go by."""

    server: Server
    clock: Path

    @classmethod
    def on(cls, folder: Path, data: Path) -> "Years":
        """One that has not begun to serve; it is the day of START."""
        clock = folder / "clock"
        set_clock(clock, START)
        moved = {CLOCK: str(clock)}
        return cls(Server(data, free_port(), environment=moved, command=(MOVED, "lms", "start")), clock)

    def move_to(self, day: date) -> None:
        """Let it be noon of that day, and wait until the night's work of it is done."""
        set_clock(self.clock, datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
        until = time.monotonic() + NIGHT_ENDS_WITHIN
        while not self._is_done(f"follow_cycles:{(day - _FIRST).days}"):
            assert time.monotonic() < until, self.server.log()
            time.sleep(0.1)

    def _is_done(self, key: str) -> bool:
        with closing(sqlite3.connect(self.server.data / "tashbik.sqlite3")) as database:
            found = database.execute("SELECT state FROM job WHERE unique_key = ?", (key,)).fetchone()
        return bool(found == ("done",))

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run a module of the product or of the tests at the present instant."""
        own = {"LMS_DATA": str(self.server.data), "PYTHONPATH": str(ROOT), CLOCK: str(self.clock)}
        return subprocess.run(
            [sys.executable, "-m", MOVED, *command],
            env={**os.environ, **own},
            cwd=self.server.data.parent,
            capture_output=True,
            text=True,
            check=False,
        )

    def do(self, deed: Callable[[Person], None], *names: str) -> None:
        """Have a deed done by the services, for one person after the other."""
        for name in names:
            with time_machine.travel(instant_of(self.clock), tick=True), self.app.app_context():
                deed(person_named(name))

    @cached_property
    def app(self) -> Flask:
        """The product on the same data, in this process."""
        environment = {"LMS_DATA": str(self.server.data), "PORT": str(self.server.port)}
        return create_app(read_settings(environment, embedded_worker=False, demo=True))

    def words(self, text: str, language: str) -> re.Pattern[str]:
        """A text of the product in a language, whatever it names."""
        with self.app.app_context(), reading_as(Formatter(language)):
            parts = re.split(r"%\(\w+\)s", str(text))
        return re.compile(".*".join(map(re.escape, parts)))
