"""A process of the product whose clock a test moves: `python -m tests.browser.moved lms start --demo`.

MOVED_CLOCK names a file with an instant: it was that when the file was written, and time goes on from there. Whatever
is started so sees the same instant: pages, the worker beside them, and commands.
"""

import os
import runpy
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import time_machine

CLOCK = "MOVED_CLOCK"
LOOKS_EVERY = 0.02


def set_clock(file: Path, at: datetime) -> None:
    """Let it be that instant now; whoever reads meanwhile reads the old one or the new one."""
    fresh = file.with_suffix(".new")
    fresh.write_text(at.isoformat(), encoding="utf-8")
    fresh.replace(file)


def main() -> None:
    """Run a module as `python -m` would."""
    file = Path(os.environ[CLOCK])
    with time_machine.travel(instant_of(file), tick=True) as traveller:
        threading.Thread(target=_follow, args=(file, traveller), daemon=True).start()
        sys.argv[:] = sys.argv[1:]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def instant_of(file: Path) -> datetime:
    """What time it is by a clock."""
    with file.open(encoding="utf-8") as opened:
        written = os.fstat(opened.fileno()).st_mtime
        at = datetime.fromisoformat(opened.read())
    real = time_machine.escape_hatch if time_machine.escape_hatch.is_travelling() else None
    return at + timedelta(seconds=(real.time.time() if real else time.time()) - written)


def _follow(file: Path, traveller: time_machine.Traveller) -> None:
    known = file.stat().st_mtime_ns
    while True:
        time.sleep(LOOKS_EVERY)
        if file.stat().st_mtime_ns != known:
            known = file.stat().st_mtime_ns
            traveller.move_to(instant_of(file))


if __name__ == "__main__":
    main()
