"""What every test can ask for: the app on a fresh database, and a client that checks every page."""

import gc
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest
from flask import Flask

from lms import create_app
from lms.clock import now
from lms.db import db
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.settings import Settings
from lms.training.sync import sync_plugins
from lms.upgrade import upgrade
from tests import page
from tests.databases import Databases, databases
from tests.mailbox import Mailbox, mail_server
from tests.page import PageClient
from tests.postgres import running_postgres
from tests.scratch import use_memory

LANGUAGES = ("fa", "ar", "en")

# A test that fails because the machine was busy says nothing: speed is measured in benchmarks/.
# The same examples in every run: who runs the tests learns what she changed, not what nobody had tried before.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """--database sqlite|postgresql"""
    parser.addoption("--database", default="sqlite", choices=("sqlite", "postgresql"))


def pytest_configure(config: pytest.Config) -> None:
    """Before anything is written."""
    use_memory()
    # Pages are the same on every database.
    page.checked = config.getoption("--database") == "sqlite"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On the second database only what asks for one: every other test would say again what it said on the first."""
    if config.getoption("--database") == "sqlite":
        return
    others = [item for item in items if "store" not in getattr(item, "fixturenames", ())]
    items[:] = [item for item in items if "store" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=others)


def pytest_collection_finish() -> None:
    """What was imported until now stays to the end: no later collection of garbage need look through it."""
    gc.freeze()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The PostgreSQL server of this test process: its SQLAlchemy address up to the database's name."""
    given = os.environ.get("TEST_POSTGRES")
    if given:
        yield given
        return
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Where the databases of this test process come from."""
    on_postgres = request.config.getoption("--database") == "postgresql"
    server = str(request.getfixturevalue("postgres_server")) if on_postgres else ""
    with databases(server, tmp_path_factory.mktemp("database")) as found:
        yield found


@pytest.fixture(scope="session")
def settings(store: Databases, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings for tests: no second factor asked for, no worker thread."""
    data: Path = tmp_path_factory.mktemp("data")
    return Settings(
        data=data,
        database_url=store.url,
        secret_key="test-secret-key-of-no-worth",
        base_url="http://localhost",
        embedded_worker=False,
        demo=True,
        testing=True,
    )


@pytest.fixture(scope="session")
def whole_app(store: Databases, settings: Settings) -> Flask:
    """The app of this test process, its database migrated and the kit loaded."""
    app = create_app(settings)
    with app.app_context():
        upgrade(db.engine)
        prepare()
        db.session.remove()
        db.engine.dispose()
    store.keep()
    gc.freeze()  # it stays to the end, too
    return app


def prepare() -> None:
    """What every test finds in its database beside the tables: the content of the kit."""
    sync_plugins(now())


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Strings in English, whoever read before."""
    with reading_as(Formatter("en")):
        yield


@pytest.fixture
def app(whole_app: Flask, store: Databases) -> Iterator[Flask]:
    """The app, in its context, on a database that no other test has touched, and having counted no request yet."""
    with whole_app.app_context():
        # Tokens of another test had the same keys.
        whole_app.extensions["lms_counts"].here.storage.reset()
        yield whole_app
        db.session.remove()
        db.engine.dispose()
    store.restore()


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser of nobody in particular; every page that it visits is checked."""
    return PageClient(app)


@pytest.fixture
def mail_on(app: Flask) -> Iterator[None]:
    """A mail server is set; nothing is delivered here."""
    before = app.extensions["lms_settings"]
    app.extensions["lms_settings"] = replace(
        before, smtp_url="smtp://127.0.0.1:9", mail_from="a@b.org", base_url="http://localhost:8443"
    )
    yield
    app.extensions["lms_settings"] = before


@pytest.fixture
def mailbox(app: Flask) -> Iterator[Mailbox]:
    """A mail server, and the app set to send through it."""
    before = app.extensions["lms_settings"]
    with mail_server() as (box, address):
        app.extensions["lms_settings"] = replace(
            before, smtp_url=address, mail_from="learn@example.org", base_url="https://learn.example.org"
        )
        yield box
        app.extensions["lms_settings"] = before
