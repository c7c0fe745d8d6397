"""Who was erased, in a file of its own: a restore of an older backup erases them again."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from lms.clock import now
from lms.jobs import enqueue, job_kind
from lms.setup import current_settings

ERASURES = "erasures.ndjson"

Eraser = Callable[[UUID], None]
_erasers: list[Eraser] = []


def eraser(function: Eraser) -> Eraser:
    """Register what erases a person, by uid: a no-op for whoever is unknown or erased already; commits itself."""
    if function not in _erasers:
        _erasers.append(function)
    return function


def note_erasure(uid: UUID) -> None:
    """Called in the write unit that erases a person: her uid is noted beside the database once that is committed."""
    enqueue("note_erasure", {"uid": uid.hex}, unique_key=f"note_erasure:{uid.hex}")


@job_kind("note_erasure")
def append_erasure(arguments: dict[str, Any]) -> None:
    """Write the line, on disk when it returns."""
    path = current_settings().data / ERASURES
    if UUID(arguments["uid"]) in noted_erasures(path):
        return
    line = json.dumps({"uid": arguments["uid"], "at": now().isoformat(timespec="seconds")})
    with path.open("a", encoding="ascii") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


@job_kind("erase_again")
def erase_again(arguments: dict[str, Any]) -> None:
    """Asked for by a restore, in the restored database itself."""
    for erase in _erasers:
        erase(UUID(arguments["uid"]))


def noted_erasures(path: Path) -> list[UUID]:
    """Every person that was erased, from a list as `append_erasure` writes it; a line cut off is left out."""
    if not path.exists():
        return []
    found: dict[UUID, None] = {}
    for line in path.read_text("ascii").splitlines():
        try:
            found[UUID(json.loads(line)["uid"])] = None
        except (ValueError, KeyError):
            continue
    return list(found)
