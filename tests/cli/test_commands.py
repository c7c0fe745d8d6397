"""The commands that run beside a server, as an operator runs them."""

import signal
import subprocess
import sys

from lms.cli.holding import holding, holding_alone
from tests.cli.processes import ROOT, Installation


def test_the_help_names_every_command(installation: Installation) -> None:
    told = installation.lms("--help")
    for command in ("worker", "upgrade"):
        assert command in told


def test_an_upgrade_makes_the_database_and_then_finds_it_current(installation: Installation) -> None:
    assert "core: done" in installation.lms("upgrade")
    assert "core: current" in installation.lms("upgrade")


def test_an_upgrade_waits_for_no_server(installation: Installation) -> None:
    with holding(installation.data):
        assert "Stop it and try again" in installation.lms("upgrade", status=1)


def test_a_wrong_setting_is_named(installation: Installation) -> None:
    wrong = Installation(installation.data, {"LMS_LANGUAGE": "de"})
    told = wrong.lms("upgrade", status=1)
    assert "LMS_LANGUAGE is 'de'" in told
    assert "Traceback" not in told


def test_a_worker_stops_when_told(installation: Installation) -> None:
    installation.lms("upgrade")
    process = subprocess.Popen(
        [sys.executable, "-m", "lms", "worker"],
        cwd=ROOT,
        env=installation.environment(),
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
        assert "Try again when it is done" in installation.lms("worker", status=1)


def test_servers_and_workers_hold_the_data_together(installation: Installation) -> None:
    with holding(installation.data), holding(installation.data):
        pass
    with holding_alone(installation.data):
        pass
