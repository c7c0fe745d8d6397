"""CPU time of a server process a request, measured from outside."""

import http.client
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


def cpu_seconds(pid: int) -> float:
    """Time that a process has spent on a processor, all its threads together.

    From /proc/<pid>/task/<tid>/schedstat (Linux, Documentation/scheduler/sched-stats), whose first field counts
    nanoseconds; the ticks of /proc/<pid>/stat are too coarse for some hundred short requests.
    """
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((thread / "schedstat").read_text(encoding="ascii").split()[0]) for thread in threads) / 1e9


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
    connection: http.client.HTTPConnection, method: str, path: str, body: str | None, headers: dict[str, str]
) -> int:
    """Make a request, read its answer, raise unless it is 200; gives the bytes of its body."""
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    content = response.read()
    if response.status != 200:
        raise RuntimeError(f"{method} {path} answered {response.status}: {content[:200]!r}")
    return len(content)
