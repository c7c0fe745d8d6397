"""CPU time of a server process a request, measured from outside."""

import http.client
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

PROCESS_CLOCK = 2


def cpu_seconds(pid: int) -> float:
    """User and system time that a process has used, all threads together.

    Linux' own clock of the process (clock_getcpuclockid(3)): that in /proc counts hundredths of a second, which is
    several requests.
    """
    return time.clock_gettime(~pid << 3 | PROCESS_CLOCK)


@dataclass
class Subject:
    """A request that is measured: `send` makes one on an open connection and raises unless it succeeded."""

    name: str
    pid: int
    port: int
    send: Callable[[http.client.HTTPConnection], None]
    spent: list[float] = field(default_factory=list)

    def round(self, requests: int) -> None:
        """Make `requests` requests and note the CPU milliseconds a request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        before = cpu_seconds(self.pid)
        for _ in range(requests):
            self.send(connection)
        self.spent.append((cpu_seconds(self.pid) - before) * 1000 / requests)
        connection.close()

    @property
    def milliseconds(self) -> float:
        """Median over the rounds."""
        ordered = sorted(self.spent)
        return ordered[len(ordered) // 2]


def interleaved(subjects: list[Subject], *, rounds: int, requests: int) -> None:
    """Measure all subjects in turn, so that whatever else the machine does falls on all alike."""
    for subject in subjects:
        subject.round(requests // 4)
        subject.spent.clear()
    for _ in range(rounds):
        for subject in subjects:
            subject.round(requests)


def expect(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: str | None = None,
    headers: Mapping[str, str] | None = None,
    status: int = 200,
) -> http.client.HTTPResponse:
    """Make a request, read its answer, raise unless it is of that status."""
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    content = response.read()
    if response.status != status:
        raise RuntimeError(f"{method} {path} answered {response.status}: {content[:200]!r}")
    return response
