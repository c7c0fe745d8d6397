"""Workers that are killed in the middle of a job lose nothing."""

from pathlib import Path

from flask import Flask

from lms.db import db, write_unit
from lms.jobs import enqueue, job_kind, kinds
from tests.cli.processes import LEASE, running, wait_for
from tests.databases import Databases

NUMBERS = range(6)


def test_a_job_whose_worker_was_killed_runs_again_when_its_lease_ends(
    app: Flask, store: Databases, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    log.touch()
    arguments = ("-m", "tests.cli.worker_process", store.url, str(tmp_path), str(log))
    job_kind("test_slow", lease=LEASE)(lambda _arguments: None)
    try:
        with write_unit():
            for n in NUMBERS:
                enqueue("test_slow", {"n": n})
    finally:
        kinds.forget("test_slow")
    db.session.remove()
    with running(*arguments) as first:
        wait_for(lambda: "begin" in log.read_text())
        first.kill()
        first.wait()
    killed = [line for line in log.read_text().splitlines() if line.startswith("begin")][-1].split()[1]
    with running(*arguments), running(*arguments):
        wait_for(lambda: log.read_text().count("end") >= len(NUMBERS))
    lines = log.read_text().splitlines()
    assert {line for line in lines if line.startswith("end")} == {f"end {n}" for n in NUMBERS}
    assert lines.count(f"begin {killed}") == 2
    assert lines.count("begin 5") == 1 or killed == "5"
