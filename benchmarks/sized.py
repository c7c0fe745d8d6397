"""Demonstrations of several sizes (`lms demo --size`), each with a server and sessions of its accounts.

`LMS_SIZES=1k,10k` says which sizes; `LMS_SIZED=FOLDER` keeps what was made there and takes it again, whatever day that
was on. `LMS_SIZED_ON=postgresql` makes them in databases of one PostgreSQL server of our own, which are not kept.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from lms import create_app, read_settings
from lms.accounts.sessions import COOKIE, open_session
from lms.clock import now
from lms.db import db, write_unit
from tests.browser.server import ROOT, Server
from tests.postgres import free_port, postgres
from tests.roles_pages import Page, account, largest_organization, main_pages

ACCOUNTS = ("learner", "manager", "trainer", "admin")
#: No job runs beside what is measured.
PLAIN = {"LMS_WORKER": "process", "LMS_DEMO": "1"}


@dataclass
class Sized:
    """A demonstration that is there: its server, its pages, and a Cookie header for each account."""

    name: str
    server: Server
    pages: Sequence[Page]
    #: Public id of the network's largest organization.
    largest: str
    cookies: Mapping[str, str]

    @property
    def report(self) -> str:
        """Address of the completion report."""
        return next(page.path for page in self.pages if page.name == "report")

    @property
    def pid(self) -> int:
        """Of the server."""
        assert self.server.process
        return self.server.process.pid

    def app(self) -> Flask:
        """On the same data, in this process."""
        return app_on(self.server.data, self.server.environment)


def app_on(data: Path, environment: Mapping[str, str] | None = None) -> Flask:
    """An app on a data folder."""
    return create_app(read_settings({"LMS_DATA": str(data), **PLAIN, **(environment or {})}))


def sizes_asked(usual: str) -> list[str]:
    """The sizes that the environment names, else the usual ones, smallest first."""
    return os.environ.get("LMS_SIZES", usual).split(",")


@contextmanager
def folder_of_sizes() -> Iterator[Path]:
    """Where demonstrations are made."""
    kept = os.environ.get("LMS_SIZED")
    if kept:
        Path(kept).mkdir(parents=True, exist_ok=True)
        yield Path(kept)
    else:
        with TemporaryDirectory() as folder:
            yield Path(folder)


def make(size: str, data: Path, environment: Mapping[str, str] | None = None) -> None:
    """Make a demonstration, if it is not there yet, and say what that took."""
    whole = data.parent / f"{data.name}.whole"
    if whole.exists():
        return
    before, spent = time.monotonic(), os.times().children_user + os.times().children_system
    subprocess.run(
        [sys.executable, "-m", "lms", "demo", "--size", size],
        check=True,
        cwd=ROOT,
        env={**os.environ, "LMS_DATA": str(data), **(environment or {})},
        stdout=subprocess.DEVNULL,
    )
    took = time.monotonic() - before
    spent = os.times().children_user + os.times().children_system - spent
    stored = sum(file.stat().st_size for file in data.glob("*.sqlite3*")) / 2**20
    size_of = f", database {stored:.0f} MB" if stored else ""
    print(f"making {size}: {took:.0f} s, {spent:.0f} s of CPU of the command{size_of}", flush=True)
    whole.touch()


def sign_in_all(app: Flask) -> tuple[list[Page], str, dict[str, str]]:
    """The pages of a demonstration, the public id of its largest organization, and a Cookie header an account."""
    with app.app_context():
        pages, cookies = main_pages(), {}
        people = {name: account(name) for name in ACCOUNTS}
        for name, person in people.items():
            with write_unit():
                _session, token = open_session(person, agent="Benchmark", keep=True, now=now())
            cookies[name] = f"{COOKIE}={token}"
        largest = largest_organization().public_id
        db.session.remove()
        db.engine.dispose()
    return pages, largest, cookies


@contextmanager
def serving_sizes(names: Sequence[str]) -> Iterator[list[Sized]]:
    """Make those of the sizes that are not there, and serve all of them at once, each by a process of its own."""
    with ExitStack() as stack:
        on_postgres = os.environ.get("LMS_SIZED_ON") == "postgresql"
        store = stack.enter_context(postgres()) if on_postgres else None
        folder = Path(stack.enter_context(TemporaryDirectory())) if store else stack.enter_context(folder_of_sizes())
        found = []
        for name in names:
            environment = {"DATABASE_URL": store.new_database(f"demo_{name}")} if store else {}
            make(name, folder / name, environment)
            pages, largest, cookies = sign_in_all(app_on(folder / name, environment))
            server = Server(folder / name, free_port(), environment={**PLAIN, **environment})
            server.start()
            stack.callback(server.kill)
            found.append(Sized(name, server, pages, largest, cookies))
        yield found
