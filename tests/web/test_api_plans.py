"""The feed's statements find their rows by indexes, and begin where the page before ended, on both databases."""

from typing import Any

from flask import Flask
from sqlalchemy import event

from lms.api.cursors import Asked
from lms.api.queries.completions import completions_of
from lms.api.queries.members import people_of
from lms.clock import now
from lms.db import db
from lms.reports.queries.modules import modules_of
from tests.certification import complete, make_module
from tests.factories import make_member, make_network, make_organization
from tests.web.test_report_plans import WHOLE_TABLE, plan


def test_no_page_reads_what_lies_before_it(app: Flask) -> None:
    network, module = make_network(), make_module()
    complete(make_member(make_organization(network)), module)
    modules, day, seen = modules_of(network.id), now().date(), []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        seen.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        completions_of(network, modules, day, Asked((1, 1, 1, 1), 100))
        people_of(network, modules, day, Asked((1, 1), 100))
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    pages = [each for each in seen if "FROM network_membership" in each[0]]
    assert len(pages) == 2
    for statement, parameters in seen:
        assert not WHOLE_TABLE.search(plan(statement, parameters)), statement
    if db.engine.dialect.name == "sqlite":
        for statement, parameters in pages:
            found = plan(statement, parameters)
            assert "(network_id=? AND organization_id>?)" in found, found
            # Sorted is one organization at a time, not all that are left.
            assert "TEMP B-TREE FOR ORDER BY" not in found, found
