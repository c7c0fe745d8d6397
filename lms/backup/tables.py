"""Tables as they stand in a database, whatever the models say: their columns, and rows in one neutral form.

In the neutral form a time is ISO text without zone (UTC), a date ISO text, a UUID 32 hexadecimal digits, bytes base64,
a decimal number text, and JSON a list of one value (so that JSON's null is not SQL's).
"""

import json
import uuid
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, Connection, MetaData, Table, Text, cast, inspect, select
from sqlalchemy import types as sql
from sqlalchemy.dialects.postgresql import JSONB

BATCH = 500
Row = dict[str, Any]
"""A row in neutral form."""
VERSION_TABLES = "alembic_version"
#: Version tables are what migrations write; an index of search is derived.
NOT_KEPT = (VERSION_TABLES, "search_fts", "sqlite_")


@dataclass(frozen=True)
class Form:
    """How values of a type of column are written neutrally, and read again."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _json_value(value: list[Any]) -> Any:
    return JSON.NULL if value[0] is None else value[0]


FORMS: tuple[tuple[type[Any], Form], ...] = (
    (sql.JSON, Form(lambda text: [json.loads(text)], _json_value)),
    (sql.DateTime, Form(datetime.isoformat, datetime.fromisoformat)),
    (sql.Date, Form(date.isoformat, date.fromisoformat)),
    (sql.Uuid, Form(lambda value: value.hex, uuid.UUID)),
    (sql.LargeBinary, Form(lambda value: b64encode(value).decode(), b64decode)),
    (sql.Float, Form(_same, _same)),
    (sql.Numeric, Form(str, Decimal)),
)
PLAIN = Form(_same, _same)


def form_of(column: Column[Any]) -> Form:
    """The form for a column."""
    return next((form for kind, form in FORMS if isinstance(column.type, kind)), PLAIN)


def kept_tables(connection: Connection) -> dict[str, Table]:
    """Every table that is backed up, by name, with the columns that it has in this database."""
    seen = inspect(connection)
    names = [name for name in sorted(seen.get_table_names()) if not name.startswith(NOT_KEPT)]
    return {name: _table(name, seen.get_columns(name), seen.get_pk_constraint(name)) for name in names}


def _table(name: str, columns: Any, key: Any) -> Table:
    keys = set(key["constrained_columns"])
    made = [
        Column(column["name"], _plain_type(column["type"]), primary_key=column["name"] in keys, autoincrement=False)
        for column in columns
        if "computed" not in column
    ]
    return Table(name, MetaData(), *made)


def _plain_type(found: Any) -> Any:
    """JSON's null and SQL's are told apart when rows are written."""
    if isinstance(found, JSONB):
        return JSONB(none_as_null=True)
    return JSON(none_as_null=True) if isinstance(found, sql.JSON) else found


def read_rows(connection: Connection, table: Table) -> Iterator[Row]:
    """The rows in neutral form, in the order of the primary key; a batch in memory at a time."""
    forms = [(column.name, form_of(column).write) for column in table.columns]
    columns = [
        cast(column, Text).label(column.name) if isinstance(column.type, sql.JSON) else column
        for column in table.columns
    ]
    statement = select(*columns).order_by(*table.primary_key.columns)
    for row in connection.execute(statement, execution_options={"yield_per": BATCH}):
        yield {name: None if value is None else write(value) for (name, write), value in zip(forms, row, strict=True)}


def from_neutral(table: Table, row: Row) -> dict[str, Any]:
    """A row in neutral form as this database takes it. Raises KeyError for a column that is not there."""
    read = {name: form_of(table.columns[name]).read for name in row}
    return {name: None if value is None else read[name](value) for name, value in row.items()}


def revisions(connection: Connection) -> dict[str, list[str]]:
    """How far migrations went: of the core (empty name) and of each plugin that has tables here."""
    names = [name for name in inspect(connection).get_table_names() if name.startswith(VERSION_TABLES)]
    return {
        name.removeprefix(VERSION_TABLES).removeprefix("_"): sorted(
            connection.execute(select(Table(name, MetaData(), Column("version_num", Text)).c.version_num)).scalars()
        )
        for name in names
    }
