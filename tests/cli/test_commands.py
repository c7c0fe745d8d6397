"""The commands that run beside a server, as an operator runs them."""

import re
import signal
import stat
import subprocess
import sys
from pathlib import Path

from lms.cli.holding import holding, holding_alone
from tests.cli.filling import app_on
from tests.cli.processes import ROOT, Installation
from tests.factories import make_person


def test_the_help_names_every_command(installation: Installation) -> None:
    told = installation.process("--help")
    for command in ("worker", "upgrade"):
        assert command in told


def test_an_upgrade_makes_the_database_and_then_finds_it_current(installation: Installation) -> None:
    assert "core: done" in installation.process("upgrade")
    assert "core: current" in installation.lms("upgrade")


def test_an_upgrade_waits_for_no_server(installation: Installation) -> None:
    with holding(installation.data):
        assert "Stop it and try again" in installation.lms("upgrade", status=1)


def test_a_wrong_setting_is_named(installation: Installation) -> None:
    wrong = Installation(installation.data, {"LMS_LANGUAGE": "de"})
    told = wrong.process("upgrade", status=1)
    assert "LMS_LANGUAGE is 'de'" in told
    assert "Traceback" not in told


def test_the_demonstration_is_loaded_once_and_never_over_other_people(installation: Installation) -> None:
    told = installation.process("demo")
    assert "operator    tashbik-demo" in told
    told = installation.lms("demo", "--random-passwords")
    passwords = re.findall(r"^  \S+ +(\S+)$", told, re.MULTILINE)
    assert len(set(passwords)) == len(passwords) > 5
    assert all(re.fullmatch(r"[a-z0-9]{4}(-[a-z0-9]{4}){2}", word) for word in passwords), "fit for a phone"
    other = Installation(installation.data.parent / "other")
    with app_on(other.url, other.data):
        make_person(sign_in_name="operator")
    assert "a folder of its own" in other.lms("demo", status=1)


def test_nobody_else_on_the_machine_reads_the_data(installation: Installation) -> None:
    installation.lms("upgrade")
    assert stat.S_IMODE(installation.data.stat().st_mode) == 0o700


def test_a_restore_beside_a_server_asks_for_no_passphrase(installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "some.backup"
    file.touch()
    with holding(installation.data):
        told = installation.lms("restore", str(file), status=1)
    assert "Stop it and try again" in told
    assert "Passphrase" not in told


def test_a_worker_stops_when_told(upgraded: Installation) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "lms", "worker"],
        cwd=ROOT,
        env=upgraded.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "The worker runs" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    process.stdout.close()


def test_no_worker_starts_while_a_command_has_the_data_alone(installation: Installation) -> None:
    with holding_alone(installation.data):
        assert "Try again when it is done" in installation.process("worker", status=1)


def test_servers_and_workers_hold_the_data_together(installation: Installation) -> None:
    with holding(installation.data), holding(installation.data):
        pass
    with holding_alone(installation.data):
        pass
