"""Rows of the completion report are written once while they say the same."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from markupsafe import Markup

from lms.certification.phases import Phase
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.reports.heat import written_once
from lms.reports.queries.certificates import Certificate
from lms.reports.queries.completion import Cell, Row

ROW = Row(
    id=1,
    public_id="abcdefghij",
    names={"fa": "انجمن آب", "en": "Water"},
    city={"fa": "یزد"},
    country="IR",
    sector="water",
    since=date(2024, 3, 20),
    people=7,
    cells=(Cell(3, 7), Cell(None, 7)),
    certificate=Certificate(Phase.VALID, {"fa": "آشنا"}),
)
OTHERS: list[dict[str, Any]] = [
    {"public_id": "bcdefghijk"},
    {"names": {"fa": "انجمن آب", "en": "Waters"}},
    {"names": {"fa": "انجمن آب"}},
    {"city": {}},
    {"country": None},
    {"sector": None},
    {"since": date(2024, 3, 21)},
    {"people": 8},
    {"cells": (Cell(4, 7), Cell(None, 7))},
    {"cells": (Cell(3, 7), Cell(0, 7))},
    {"certificate": None},
    {"certificate": Certificate(Phase.DUE, {"fa": "آشنا"})},
    {"certificate": Certificate(Phase.VALID, {"fa": "آماده"})},
]
"""Every field that a reader sees, changed."""


def counting() -> tuple[list[Row], Callable[[Row], Markup]]:
    asked: list[Row] = []

    def write(row: Row) -> Markup:
        asked.append(row)
        return Markup(f"<tr>{len(asked)}</tr>")

    return asked, write


def test_each_field_is_changed_below() -> None:
    assert {name for other in OTHERS for name in other} == {field.name for field in fields(Row)} - {"id"}


@pytest.mark.parametrize("other", OTHERS, ids=str)
def test_a_row_that_says_something_else_is_written_anew(other: dict[str, Any]) -> None:
    asked, write = counting()
    how = ("a row that says something else", str(other))
    with reading_as(Formatter("fa")):
        first = written_once(ROW, write, how)
        assert written_once(replace(ROW, id=2), write, how) == first
        assert written_once(replace(ROW, **other), write, how) != first
        assert written_once(ROW, write, how) == first
    assert len(asked) == 2


def test_so_it_is_for_another_reader_and_another_way() -> None:
    asked, write = counting()
    for who in (Formatter("fa"), Formatter("fa", digits="latn"), Formatter("en")):
        for way in ("percents", "numbers"):
            for _twice in range(2):
                with reading_as(who):
                    written_once(ROW, write, "another reader", way)
    assert len(asked) == 6
