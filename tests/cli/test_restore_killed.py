"""A restore that is killed leaves what was there, or completes."""

import itertools
import time
from pathlib import Path

import pytest

from lms.backup.swapping import PLAN, begin_swap, finish_swap, stage
from tests.cli.filling import app_on, fill, rows_of
from tests.cli.processes import Installation, running


def staged(data: Path) -> list[tuple[Path, Path]]:
    """A data folder with old things, and new ones beside them."""
    (data / "files").mkdir(parents=True)
    (data / "files" / "old").touch()
    (data / "database").write_text("old")
    folder = stage(data)
    (folder / "files").mkdir()
    (folder / "files" / "new").touch()
    (folder / "secret.key").write_text("new")
    (data / "database.restoring").write_text("new")
    return [
        (data / "database.restoring", data / "database"),
        (folder / "files", data / "files"),
        (folder / "secret.key", data / "secret.key"),
    ]


class Crash(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("steps", range(8))
def test_a_swap_that_was_cut_off_anywhere_is_completed(
    steps: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, count = tmp_path / "data", itertools.count()
    moves = staged(data)
    for name in ("replace", "rename", "unlink"):
        monkeypatch.setattr(Path, name, crashing(getattr(Path, name), count, steps))
    begun = True
    try:
        begin_swap(data, moves)
    except Crash:
        begun = (data / PLAN).exists()
    monkeypatch.undo()
    if begun:
        finish_swap(data)
    kept = "new" if begun else "old"
    assert (data / "database").read_text() == kept
    assert [path.name for path in (data / "files").iterdir()] == [kept]
    assert (data / "secret.key").exists() == begun
    assert not (data / PLAN).exists()
    assert not finish_swap(data)


def crashing(real: object, count: "itertools.count[int]", steps: int) -> object:
    """The same, but the process ends at the step of that number."""

    def step(self: Path, *arguments: object, **options: object) -> object:
        if next(count) == steps:
            raise Crash
        assert callable(real)
        return real(self, *arguments, **options)

    return step


def test_a_restore_that_is_killed_leaves_the_old_data_or_the_new(upgraded: Installation, tmp_path: Path) -> None:
    url = upgraded.url
    with app_on(url, upgraded.data):
        fill(60)
    code = tmp_path / "code"
    code.write_text("a passphrase of some length\n")
    backup = tmp_path / "one.backup"
    upgraded.process("backup", str(backup), "--passphrase-file", str(code))
    backed_up = rows_of(url)
    with app_on(url, upgraded.data):
        fill(1)
    current = rows_of(url)
    arguments = ("-m", "lms", "restore", str(backup), "--force", "--passphrase-file", str(code))
    for pause in (0.0, 0.1, 0.3):
        with running(*arguments, env=upgraded.environment()) as process:
            while process.poll() is None and not (upgraded.data / "restoring").exists():
                time.sleep(0.01)
            time.sleep(pause)
            process.kill()
            process.wait()
        upgraded.lms("upgrade")
        assert rows_of(url) in (current, backed_up)
    upgraded.lms("restore", str(backup), "--force", "--passphrase-file", str(code))
    assert rows_of(url) == backed_up
