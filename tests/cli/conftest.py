"""Installations for the tests of commands."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.cli.processes import Installation
from tests.databases import databases

EmptyDatabase = Callable[[str], str]
"""Makes one of a kind, sqlite or postgresql, and gives its address."""


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """An empty SQLite installation."""
    return Installation(tmp_path / "data")


@pytest.fixture(scope="session")
def upgraded_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an installation after its first `lms upgrade`, to copy."""
    made = Installation(tmp_path_factory.mktemp("upgraded") / "data")
    made.lms("upgrade")
    return made.data


@pytest.fixture
def upgraded(installation: Installation, upgraded_data: Path) -> Installation:
    """A SQLite installation that has its database and the content of the kit."""
    shutil.copytree(upgraded_data, installation.data)
    return installation


@pytest.fixture
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EmptyDatabase]:
    """Empty databases; those on PostgreSQL share the server of this test process."""
    with ExitStack() as stack:

        def make(kind: str) -> str:
            server = str(request.getfixturevalue("postgres_server")) if kind == "postgresql" else ""
            (tmp_path / "target").mkdir()
            return stack.enter_context(databases(server, tmp_path / "target")).url

        yield make


@pytest.fixture
def on_postgres(empty_database: EmptyDatabase, tmp_path: Path) -> Installation:
    """An empty installation on PostgreSQL."""
    url = empty_database("postgresql").replace("+psycopg", "")
    return Installation(tmp_path / "data-pg", {"DATABASE_URL": url})
