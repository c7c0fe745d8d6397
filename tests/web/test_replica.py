"""Reports read from a replica of PostgreSQL: of its own moment, and from the database where it is down or behind."""

import logging
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
from flask import Flask
from sqlalchemy import NullPool, create_engine, text

from lms import create_app
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.models import Organization
from lms.replica import Replica, read_for_report
from lms.settings import Settings
from lms.upgrade import upgrade
from tests.certification import make_module
from tests.cli.processes import wait_for
from tests.factories import make_network, make_organization
from tests.page import PageClient
from tests.postgres import Postgres, free_port, postgres, programs
from tests.reporting import make_admin

pytestmark = pytest.mark.once
QUICK = "-c fsync=off -c full_page_writes=off"
"""Not too careless: what is committed is sent at once."""


class Follower(Postgres):
    """A server that follows another one."""

    def __init__(self, leader: Postgres) -> None:
        self.user = leader.user
        self.folder = Path(mkdtemp(prefix="pg"))
        if self.user:
            shutil.chown(self.folder, self.user)
        self.port = free_port()
        self.options = f"-c listen_addresses=127.0.0.1 -c max_connections=60 {QUICK} -p {self.port} -k {self.folder}"
        self.home = str(self.folder / "data")
        source = ["-h", "127.0.0.1", "-p", str(leader.port), "-U", "lms"]
        subprocess.run(
            [programs() / "pg_basebackup", "-D", self.home, "-R", "-c", "fast", "--no-sync", *source],
            check=True, user=self.user, cwd="/",
        )  # fmt: skip


@pytest.fixture(scope="module")
def leader() -> Iterator[Postgres]:
    with postgres(QUICK) as server:
        yield server


@pytest.fixture(scope="module")
def follower(leader: Postgres) -> Iterator[Postgres]:
    server = Follower(leader)
    server.start()
    yield server
    server.stop_at_once()
    shutil.rmtree(server.folder, ignore_errors=True)


@pytest.fixture(scope="module")
def followed(leader: Postgres, follower: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    settings = Settings(
        data=tmp_path_factory.mktemp("data"),
        database_url=f"{leader.url}/postgres",
        database_replica_url=f"{follower.url}/postgres",
        secret_key="x",
        base_url="http://localhost",
        demo=True,
        testing=True,
    )
    app = create_app(settings)
    with app.app_context():
        upgrade(db.engine)
        yield app
        db.session.remove()
        db.engine.dispose()
    replica_of(app).engine.dispose()


@pytest.fixture(autouse=True)
def rested(followed: Flask) -> None:
    """Nothing has failed yet."""
    replica_of(followed)._not_before = 0.0


def replica_of(app: Flask) -> Replica:
    found: Replica = app.extensions["lms_replica"]
    return found


def run_on(server: Postgres, statement: str) -> object:
    with create_engine(f"{server.url}/postgres", poolclass=NullPool, isolation_level="AUTOCOMMIT").connect() as there:
        return there.scalar(text(statement))


def catch_up(leader: Postgres, follower: Postgres) -> None:
    """Wait until everything is replayed."""
    written = run_on(leader, "SELECT pg_current_wal_lsn()::text")
    wait_for(lambda: bool(run_on(follower, f"SELECT pg_last_wal_replay_lsn() >= '{written}'::pg_lsn")))


def test_what_is_read_for_a_report_comes_from_the_replica(
    followed: Flask, leader: Postgres, follower: Postgres
) -> None:
    before = now()
    network = make_network()
    catch_up(leader, follower)
    moment = read_for_report()
    assert before < moment <= now()
    assert db.session.scalar(text("SELECT pg_is_in_recovery()")) is True
    assert network.public_id, "what was found already is read again, there"
    with write_unit():
        assert db.session.scalar(text("SELECT pg_is_in_recovery()")) is False, "writing is the database's own"
    db.session.rollback()
    assert db.session.scalar(text("SELECT pg_is_in_recovery()")) is False


def test_a_report_of_a_replica_that_is_behind_is_of_its_moment(
    followed: Flask, leader: Postgres, follower: Postgres
) -> None:
    network = make_network()
    make_module()
    make_organization(network, names={"en": "Before"})
    admin = make_admin(network)
    client = PageClient(followed).sign_in(admin)
    address = f"/en/networks/{network.public_id}/reports/completion"
    catch_up(leader, follower)
    run_on(follower, "SELECT pg_wal_replay_pause()")
    try:
        wait_for(lambda: run_on(follower, "SELECT pg_get_wal_replay_pause_state()") == "paused")
        stopped = now()
        make_organization(network, names={"en": "Afterwards"})
        page = client.get(address).text
        assert "Before" in page
        assert "Afterwards" not in page
        moment = read_for_report()
        assert stopped - timedelta(seconds=60) < moment <= stopped
        assert {each.names["en"] for each in db.session.query(Organization)} >= {"Before"}
        db.session.rollback()
        other = make_network()
        assert read_for_report() > stopped, "a network that is not there yet is read from the database"
        assert other.public_id
    finally:
        run_on(follower, "SELECT pg_wal_replay_resume()")
    catch_up(leader, follower)
    assert "Afterwards" in client.get(address).text


def test_a_replica_that_is_down_is_passed_over(
    followed: Flask, leader: Postgres, follower: Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    network = make_network()
    client = PageClient(followed).sign_in(make_admin(network))
    catch_up(leader, follower)
    read_for_report()
    db.session.rollback()
    follower.stop_at_once()
    logging.getLogger("lms").addHandler(caplog.handler)
    try:
        asked = now()
        client.get(f"/en/networks/{network.public_id}/reports/completion")
        assert read_for_report() >= asked
        assert [record.levelname for record in caplog.records if record.message == "replica"] == ["WARNING"]
    finally:
        logging.getLogger("lms").removeHandler(caplog.handler)
        follower.start()
    replica_of(followed)._not_before = 0.0
    make_network()
    wait_for(lambda: replica_of(followed).replayed_until() is not None)
    db.session.rollback()
    db.session.expunge_all()
    read_for_report()
    assert db.session.scalar(text("SELECT pg_is_in_recovery()")) is True


def test_without_a_replica_a_report_is_of_now(app: Flask) -> None:
    before = datetime.now(UTC)
    assert read_for_report() >= before
