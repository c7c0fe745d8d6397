"""What processes take: CPU, memory, and the time to import what they are made of."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import cpu_seconds
from tests.browser.server import ROOT

TOP = 10
_LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \| +(\S+)")


def tree_of(pid: int) -> list[int]:
    """A process and those that it started, and they."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [pid, *(each for child in children for each in tree_of(int(child)))]


def cpu_of(pids: Sequence[int]) -> float:
    """Seconds of CPU of all of them together."""
    return sum(cpu_seconds(pid) for pid in pids)


def memory_of(pid: int) -> str:
    """Resident memory, and how much of it is the process' own share."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    found = dict(re.findall(r"^(Rss|Pss): +(\d+) kB", rollup, re.MULTILINE))
    return f"{int(found['Rss']) / 1024:.0f} MB (its share {int(found['Pss']) / 1024:.0f})"


def imports() -> None:
    """Print how long importing everything takes that a server imports, and the packages that take most of it."""
    with TemporaryDirectory() as data:
        made = subprocess.run(
            [sys.executable, "-X", "importtime", "-c", "from lms import create_app; create_app()"],
            check=True,
            cwd=ROOT,
            env={**os.environ, "LMS_DATA": data},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
    spent: Counter[str] = Counter()
    for own, name in _LINE.findall(made.stderr):
        spent[name.partition(".")[0]] += int(own)
    top = ", ".join(f"{name} {microseconds / 1000:.0f}" for name, microseconds in spent.most_common(TOP))
    print(f"imports: {sum(spent.values()) / 1000:.0f} ms by the clock of -X importtime; of that {top}")
