"""Numbers as people type them."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.formats import Formatter
from lms.text import parse_number


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12.5", "12.5"),
        ("۱۲٫۵", "12.5"),
        ("١٢٫٥", "12.5"),
        ("۱۲.۵", "12.5"),
        ("1,234,567.89", "1234567.89"),
        ("۱٬۲۳۴٬۵۶۷٫۸۹", "1234567.89"),
        ("12 345", "12345"),
        ("12\u202f345\u202f678", "12345678"),
        ("1234", "1234"),
        ("007", "7"),
        (".5", "0.5"),
        ("٫۵", "0.5"),
        ("5.", "5"),
        (" ۵ ", "5"),
        ("-5", "-5"),
        ("−۵", "-5"),
        ("\u200e−۵", "-5"),
        ("\u061c-٥", "-5"),
        ("- 5", "-5"),
        ("+5", "5"),
        ("\u2068۵\u2069", "5"),
    ],
)
def test_read(typed: str, value: str) -> None:
    assert parse_number(typed) == Decimal(value)


AMBIGUOUS = ["12,5", "1,23,456", "1,2345", "1.234.567", "1.234,5", "1,234 567", "1 2", "12/5"]
NO_NUMBER = ["", " ", "-", ".", "٫", "1e5", "nan", "inf", "x5", "5٪", "--5", "1_000", "९", "9" * 65]


@pytest.mark.parametrize("typed", AMBIGUOUS + NO_NUMBER)
def test_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_number(typed)


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3),
    st.sampled_from([Formatter("fa"), Formatter("ar"), Formatter("ar", digits="arab"), Formatter("en")]),
)
def test_what_is_shown_can_be_typed(value: Decimal, formatter: Formatter) -> None:
    assert parse_number(formatter.number(value)) == value


@given(st.text())
def test_anything_else_is_a_value_error(typed: str) -> None:
    with suppress(ValueError):
        assert parse_number(typed).is_finite()
