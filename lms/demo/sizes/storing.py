"""Many rows at once, past the ORM; and what the database needs to know once they are there."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any

from sqlalchemy import Column, Dialect, Table, func, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from lms.db import Base, Instant, db, the_connection

#: Kilobytes of pages that SQLite keeps in memory while rows are stored, so that it need not read indexes back.
CACHE, USUAL_CACHE = 131_072, 2_000
#: Rows of an index that SQLite looks at to learn how its values are spread.
LOOKED_AT = 1_000
#: Instants whose stored form is remembered: a row has the same one several times.
REMEMBERED = 64

Rows = Sequence[dict[str, Any]]


def store(model: type[Base], rows: Rows) -> None:
    """Insert rows of a model, all with the same columns, in the present write unit; what they leave out has its
    constant default, or none.

    Values are brought into their stored form a column at a time, and the driver is given all rows at once: what
    SQLAlchemy does for each row costs more than storing it.
    """
    if not rows:
        return
    table, connection = model.__table__, the_connection()
    assert isinstance(table, Table)
    columns = [column for column in table.columns if column.name in rows[0] or _constant(column) is not None]
    stored = zip(*(_stored(column, rows, connection.dialect) for column in columns), strict=True)
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in columns)
    _WAYS[connection.dialect.name](connection, f"{quote(table.name)} ({names})", len(columns), stored)


def _constant(column: Column[Any]) -> Any:
    """The default of a column, where it is the same in each row."""
    return column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None


def _stored(column: Column[Any], rows: Rows, dialect: Dialect) -> Iterator[Any]:
    """The values of a column as the driver takes them."""
    form = _form(column, dialect)
    if column.name not in rows[0]:
        return repeat(form(_constant(column)), len(rows))
    return (form(row[column.name]) for row in rows)


def _form(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any]:
    form = column.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is
    return lru_cache(REMEMBERED)(form) if isinstance(column.type, Instant) else form


def _as_it_is(value: Any) -> Any:
    return value


def _insert(connection: Connection, into: str, columns: int, rows: Iterator[tuple[Any, ...]]) -> None:
    """SQLite's way."""
    places = ", ".join("?" * columns)
    connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({places})", list(rows))  # noqa: S608 (names of our tables)


def _copy(connection: Connection, into: str, _columns: int, rows: Iterator[tuple[Any, ...]]) -> None:
    """PostgreSQL's way."""
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


_WAYS = {"sqlite": _insert, "postgresql": _copy}


def count_on(model: type[Base]) -> None:
    """After rows with keys of their own, let the database give the keys that follow. SQLite does so anyway."""
    if db.engine.dialect.name == "postgresql":
        highest = select(func.max(model.id)).scalar_subquery()
        sequence = func.pg_get_serial_sequence(model.__tablename__, "id")
        db.session.execute(select(func.setval(sequence, highest)))


def keep_pages(kilobytes: int) -> None:
    """Let SQLite use so much memory for pages on this connection."""
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text(f"PRAGMA cache_size = -{kilobytes}"))


def learn_how_values_are_spread() -> None:
    """Have the database look at what there is now, so that it plans its ways through it; in the present write unit."""
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text(f"PRAGMA analysis_limit = {LOOKED_AT}"))
    db.session.execute(text("ANALYZE"))
