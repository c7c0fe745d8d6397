"""Redis and HAProxy for tests, each in a folder and on a port of its own."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import redis

from tests.cli.processes import wait_for
from tests.postgres import free_port
from tools.machine import SYSTEM_PATH


class Service:
    """A program that can be killed and started again."""

    def __init__(self, command: list[str], log: Path, environment: Mapping[str, str] | None = None) -> None:
        self.command, self.log, self.environment = command, log, environment
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it may take a moment until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


class Redis(Service):
    """A Redis that keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        super().__init__([shutil.which("redis-server") or "redis-server", *options], folder / "redis.log")

    @property
    def url(self) -> str:
        """As the setting takes it."""
        return f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        super().start()
        wait_for(self.answers)

    def answers(self) -> bool:
        """Whether it does."""
        with redis.Redis.from_url(self.url) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False

    def keys(self) -> list[str]:
        """What it holds."""
        with redis.Redis.from_url(self.url, decode_responses=True) as client:
            return sorted(str(key) for key in client.scan_iter())

    def seconds_left(self) -> list[int]:
        """How long it keeps each of them; -1 for ever."""
        with redis.Redis.from_url(self.url) as client:
            return [int(client.ttl(key)) for key in self.keys()]


@contextmanager
def running_redis(folder: Path) -> Iterator[Redis]:
    """A running Redis."""
    server = Redis(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def haproxy(configuration: Path, log: Path) -> Service:
    """HAProxy with a file of configuration, not yet started."""
    program = shutil.which("haproxy", path=SYSTEM_PATH) or "haproxy"
    return Service([program, "-db", "-f", str(configuration)], log)
