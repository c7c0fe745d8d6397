"""`lms check` names what is wrong, and nothing else."""

import sqlite3
from pathlib import Path

import pytest

from lms.checks import checks
from lms.cli import differences
from lms.db import write_unit
from tests.cli.filling import app_on, fill
from tests.cli.processes import Installation


def spoil(installation: Installation, *statements: str) -> None:
    """Change data behind the program's back."""
    with app_on(installation.url, installation.data):
        fill()
        with write_unit() as session:
            session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            for statement in statements:
                session.connection().exec_driver_sql(statement)


def test_nothing_is_wrong_with_what_the_program_made(upgraded: Installation) -> None:
    told = upgraded.process("check")
    assert "Everything is as it must be." in told
    for title in checks():
        assert f"{title}: good" in told


def test_every_difference_is_named(upgraded: Installation) -> None:
    spoil(
        upgraded,
        "UPDATE organization SET folded = 'x' WHERE id = 1",
        "UPDATE search_entry SET folded = 'x' WHERE id = 1",
        "UPDATE module_version SET content_hash = 'x' WHERE id = 1",
        "DROP TABLE throttle",
    )
    told = upgraded.lms("check", status=1)
    assert "names: 1 differences" in told
    assert "search: 1 differences" in told
    assert "is not what was published" in told
    assert "table throttle is missing" in told
    assert "Error: 4 differences" in told


def test_a_row_that_refers_to_nothing_is_named(upgraded: Installation) -> None:
    connection = sqlite3.connect(upgraded.data / "tashbik.sqlite3")
    connection.execute("INSERT INTO identity (issuer, subject, person_id) VALUES ('a', 'b', 77)")
    connection.commit()
    connection.close()
    assert "identity row 1: refers to no person" in upgraded.lms("check", status=1)


def test_a_database_that_was_never_migrated_is_not_current(installation: Installation) -> None:
    with app_on(installation.url, installation.data), write_unit() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    told = installation.lms("check", status=1)
    assert "core is not current: run lms upgrade" in told


def test_an_untranslated_string_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "fa" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text('msgid "Save"\nmsgstr ""\n\nmsgid "Open"\nmsgstr "باز"\n', "utf-8")
    monkeypatch.setattr(differences, "TRANSLATIONS", tmp_path)
    monkeypatch.setattr(differences, "enabled_plugins", list)
    assert list(differences.translations()) == ["messages: no catalog for ar", "messages, fa: Save"]


def test_a_plugin_that_cannot_be_loaded_is_named(installation: Installation) -> None:
    wrong = Installation(installation.data, {"LMS_PLUGINS": "unheard_of"})
    told = wrong.process("check", status=1)
    assert "unheard_of" in told
    assert "Traceback" not in told
