"""Putting what was restored in the place of what was there: once begun, it is completed, even after a crash."""

import json
import os
import shutil
from pathlib import Path

STAGE, PLAN = "restoring", "restoring.json"


def stage(data: Path) -> Path:
    """An empty folder beside the data, for what is being restored."""
    clear_stage(data)
    folder = data / STAGE
    folder.mkdir(parents=True)
    return folder


def clear_stage(data: Path) -> None:
    """Drop what was being restored."""
    shutil.rmtree(data / STAGE, ignore_errors=True)


def begin_swap(data: Path, moves: list[tuple[Path, Path]]) -> None:
    """Note which restored things go where, and do it. From here on there is no way back."""
    plan = data / PLAN
    partial = plan.with_suffix(".new")
    with partial.open("w", encoding="utf-8") as file:
        json.dump([[str(source), str(place)] for source, place in moves], file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(plan)
    finish_swap(data)


def finish_swap(data: Path) -> bool:
    """Do what is left of a swap that was begun; tells whether there was one. Doing it again does nothing."""
    plan = data / PLAN
    if not plan.exists():
        return False
    for number, (source, place) in enumerate(json.loads(plan.read_text("utf-8"))):
        _move(Path(source), Path(place), data / STAGE / f"replaced-{number}")
    clear_stage(data)
    plan.unlink()
    return True


def _move(source: Path, place: Path, replaced: Path) -> None:
    if not source.exists():
        return
    if place.is_dir():
        shutil.rmtree(replaced, ignore_errors=True)
        place.rename(replaced)
    source.replace(place)
