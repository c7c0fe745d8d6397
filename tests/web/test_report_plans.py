"""The report's statements find their rows by indexes, on both databases."""

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from lms.db import db
from lms.reports.query import Progress
from tests.certification import complete, make_module
from tests.factories import make_member, make_network, make_organization
from tests.reporting import ask

# In the order of their names organizations are walked through until the page is full.
WHOLE_TABLE = re.compile(
    r"(?:SCAN|Seq Scan on) (?:module_completion|enrolment|membership|network_membership|organization|person|cycle)\b"
    r"(?! USING COVERING INDEX ix_organization_sort)"
)


def plan(statement: str, parameters: Any) -> str:
    """How the database answers a statement; PostgreSQL as if its tables were large."""
    connection = db.session.connection()
    if db.engine.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters))
    return "\n".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"language": "fa"},
        {"since": date(2026, 1, 1), "until": date(2026, 3, 1)},
        {"progress": Progress.STARTED, "descending": True},
        {"country": "IR"},
    ],
)
def test_no_statement_reads_a_whole_table(app: Flask, query: dict[str, Any]) -> None:
    network, module = make_network(), make_module()
    complete(make_member(make_organization(network)), module)
    db.session.expire_all()
    network_id = network.id
    seen: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        seen.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        ask(network, page=1, sort_module_id=module.id, **query)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert network_id
    for statement, parameters in seen:
        found = plan(statement, parameters)
        assert not WHOLE_TABLE.search(found), f"{statement}\n{found}"
