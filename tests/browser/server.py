"""The real server in a process of its own, as a newcomer starts it."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import free_port

READY_WITHIN = 90
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Server:
    """A server that can be killed and started again on the same data."""

    data: Path
    port: int
    arguments: tuple[str, ...] = ("--demo",)
    #: More settings than the data folder and the port, and the module that serves.
    environment: Mapping[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = ("lms", "start")
    process: "subprocess.Popen[bytes] | None" = field(default=None)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it is ready."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start it."""
        own = {"LMS_DATA": str(self.data), "PORT": str(self.port), "PYTHONPATH": str(ROOT)}
        log = (self.data.parent / f"server-{self.port}.log").open("ab")
        with log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.command, *self.arguments],
                env={**os.environ, **own, **self.environment},
                stdout=log,
                stderr=log,
                cwd=self.data.parent,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Wait until it is ready."""
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            assert self.process is not None
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended: {self.log()}")
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"the server did not answer: {self.log()}")

    def log(self) -> str:
        """The end of what it wrote."""
        return (self.data.parent / f"server-{self.port}.log").read_text(errors="replace")[-3000:]

    def kill(self) -> None:
        """End it at once with all that it started, as a power cut would."""
        if self.process is not None:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[Server]:
    """A running server on fresh data in `folder`."""
    folder.mkdir(exist_ok=True)
    server = Server(folder / "data", free_port(), arguments or ("--demo",))
    server.start()
    try:
        yield server
    finally:
        server.kill()
