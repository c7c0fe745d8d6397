"""What the files of the report cost at each size: time, bytes, and the memory that they take of the server."""

import http.client
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import cpu_seconds
from benchmarks.peers import MOODLE
from benchmarks.ratios import is_over
from benchmarks.sized import Sized

SHORT, AGAIN = 1.0, 5
"""Seconds of CPU below which a file is fetched several times."""


def peak_of(pid: int) -> float:
    """Megabytes that a process had at most since its peak was last forgotten."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def forget_peak(pid: int) -> None:
    """Let the peak be what the process has now."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", "ascii")


@dataclass
class File:
    """A file as it was fetched once."""

    seconds: float
    size: int
    lines: int
    first_byte: float
    #: Megabytes that the server had more than before, at its peak.
    memory: float

    def __str__(self) -> str:
        return (
            f"{self.seconds * 1000:9.1f} ms {self.size / 1000:9.1f} KB, {self.lines:,} line ends,"
            f" first byte after {self.first_byte * 1000:.0f} ms, {self.memory:.0f} MB more at the peak"
        )


def usual(sized: Sized, path: str) -> File:
    """A file as it usually comes: as pages are, a small one is fetched again, when statements have been built."""
    found = [fetched(sized, path)]
    while found[0].seconds < SHORT and len(found) < AGAIN:
        found.append(fetched(sized, path))
    return sorted(found, key=lambda each: each.seconds)[len(found) // 2]


def fetched(sized: Sized, path: str) -> File:
    """Fetch a file as the admin, piece by piece, and see what that takes of the server."""
    connection = http.client.HTTPConnection("127.0.0.1", sized.server.port, timeout=3600)
    forget_peak(sized.pid)
    memory, spent, began = peak_of(sized.pid), cpu_seconds(sized.pid), time.monotonic()
    connection.request("GET", path, headers={"Cookie": sized.cookies["admin"]})
    response = connection.getresponse()
    if response.status != 200:
        raise RuntimeError(f"{path} answered {response.status}")
    size = lines = 0
    first = 0.0
    while piece := response.read1(65_536):
        first = first or time.monotonic() - began
        size, lines = size + len(piece), lines + piece.count(b"\n")
    connection.close()
    return File(cpu_seconds(sized.pid) - spent, size, lines, first, peak_of(sized.pid) - memory)


def measure_files(sizes: Sequence[Sized]) -> int:
    """The files at each size; gives how many cost more than a tenth of a peer's."""
    count = 0
    for sized in sizes:
        reports = sized.report.rpartition("/")[0]
        for title, name, view in (
            ("completion", "completion", ""),
            ("people of the largest", "staff", f"?organization={sized.largest}"),
        ):
            for kind in ("csv", "xlsx", "json"):
                path = f"{reports}/{name}/{kind}{view}"
                print(f"{title:<21} {kind:<4} {sized.name:>5} {usual(sized, path)}", flush=True)
        if sized.name in MOODLE:
            count += _beside_moodle(sized)
    return count


def _beside_moodle(sized: Sized) -> bool:
    """Every learner of the network, as Moodle's file has every learner of a course."""
    ours = usual(sized, f"{sized.report.rpartition('/')[0]}/people/csv")
    print(f"people of the network csv  {sized.name:>5} {ours}", flush=True)
    peer = MOODLE[sized.name].csv
    return is_over(f"{sized.name} {ours.seconds:.3f} s, a tenth of Moodle's {peer} s", ours.seconds / (peer / 10), 1.0)
