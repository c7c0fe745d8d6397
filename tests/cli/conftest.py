"""Installations for the tests of commands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.processes import Installation
from tests.databases import databases


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """An empty SQLite installation."""
    return Installation(tmp_path / "data")


@pytest.fixture
def on_postgres(tmp_path: Path) -> Iterator[Installation]:
    """An empty installation on PostgreSQL."""
    with databases("postgresql", tmp_path) as store:
        yield Installation(tmp_path / "data-pg", {"DATABASE_URL": store.url.replace("+psycopg", "")})
