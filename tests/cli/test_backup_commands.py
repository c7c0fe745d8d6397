"""`lms backup` and `lms restore`, as an operator runs them."""

import re
from pathlib import Path

from lms.cli.holding import holding
from lms.demo import load_demo
from tests.cli.filling import app_on, fill, rows_of
from tests.cli.processes import Installation

CODE = re.compile(r"Recovery code: (\S+)")


def test_the_first_backup_prints_a_code_that_opens_it_and_the_next(installation: Installation, tmp_path: Path) -> None:
    with app_on(installation.url, installation.data):
        fill()
    one, two = tmp_path / "one.backup", tmp_path / "two.backup"
    told = installation.lms("backup", str(one))
    code = CODE.search(told)
    assert code
    assert "person: 3 rows" in told
    assert "Recovery code:" not in installation.lms("backup", str(two))
    for number, backup in enumerate((one, two)):
        other = Installation(tmp_path / f"other{number}")
        typed = code[1].lower().replace("-", "") + "\n"
        assert "Restored." in other.lms("restore", str(backup), typed=typed)
        assert rows_of(other.url) == rows_of(installation.url)
        assert "core: current" in other.lms("upgrade")


def test_a_passphrase_of_ones_own(upgraded: Installation, tmp_path: Path) -> None:
    backup = str(tmp_path / "one.backup")
    mine = Installation(upgraded.data, {"LMS_BACKUP_PASSPHRASE": "باران و بنفشه"})
    assert "Recovery code" not in mine.lms("backup", backup)
    assert "there already" in mine.lms("backup", backup, status=1)
    other = Installation(tmp_path / "other", {"LMS_BACKUP_PASSPHRASE": "باران"})
    told = other.lms("restore", backup, status=1)
    assert "does not open this backup" in told
    assert "Nothing was changed" in told


def test_a_restore_waits_for_no_server(upgraded: Installation, tmp_path: Path) -> None:
    backup = str(tmp_path / "one.backup")
    mine = Installation(upgraded.data, {"LMS_BACKUP_PASSPHRASE": "x y z"})
    with holding(upgraded.data):
        mine.lms("backup", backup)
        assert "Stop it and try again" in mine.lms("restore", backup, status=1)


def test_a_move_to_postgresql_and_back(upgraded: Installation, on_postgres: Installation, tmp_path: Path) -> None:
    with app_on(upgraded.url, upgraded.data):
        load_demo(random_passwords=True)
        fill()
    one, two = str(tmp_path / "one.backup"), str(tmp_path / "two.backup")
    code = CODE.search(upgraded.lms("backup", one))
    assert code
    on_postgres.lms("restore", one, typed=f"{code[1]}\n")
    on_postgres.lms("check")
    code = CODE.search(on_postgres.lms("backup", two))
    assert code
    third = Installation(tmp_path / "third")
    third.lms("restore", two, typed=f"{code[1]}\n")
    third.lms("check")
    assert rows_of(third.url) == rows_of(upgraded.url)
    assert rows_of(third.url)["response"]
