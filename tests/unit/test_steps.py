"""Steps of time: which numbers of them are hidden, and where weeks and months begin."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.formats import Formatter
from lms.i18n import reading_as
from lms.reports.steps import Shown, Step, StepKind, protect_steps, step_of, steps_between

FIRST = date(2026, 1, 1)
TABLES = st.dictionaries(
    st.tuples(st.integers(1, 4), st.integers(0, 5).map(lambda n: FIRST + timedelta(days=n))),
    st.sampled_from([0, 1, 2, 3, 4, 5, 6, 9, 40]),
    max_size=20,
)
THRESHOLD = 5
Key = tuple[int, Step]


@given(TABLES)
def test_a_small_number_cannot_be_told_from_the_rest_of_its_module(table: dict[Key, int]) -> None:
    made = protect_steps(table, THRESHOLD)
    for module in {module for module, _step in table}:
        row = {step: number for (each, step), number in table.items() if each == module and number}
        gone = [step for step in row if made.of(module, step).number is None]
        assert all(row[step] >= THRESHOLD or step in gone for step in row)
        if sum(row.values()) < THRESHOLD:
            # Nor can be seen when it was: steps of nobody are hidden as well.
            assert made.of(module, date(2020, 1, 1)).number is None or not row
        elif gone:
            assert len(gone) > 1
            assert sum(row[step] for step in gone) >= THRESHOLD


@given(TABLES)
def test_totals_are_of_what_is_shown_and_say_what_they_lack(table: dict[Key, int]) -> None:
    made = protect_steps(table, THRESHOLD)
    modules = {module for module, _step in table} - made.left_out
    for step in {step for _module, step in table}:
        numbers = [made.of(module, step).number for module in modules]
        known = [number for number in numbers if number is not None]
        lacks = len(numbers) - len(known)
        assert made.of_all(step) == Shown(sum(known) or (None if lacks else 0), lacks)


@given(TABLES)
def test_large_numbers_alone_hide_nothing(table: dict[Key, int]) -> None:
    made = protect_steps({key: number + 10 for key, number in table.items()}, THRESHOLD)
    assert not made.hidden
    assert not made.left_out


@pytest.mark.parametrize(
    ("language", "kind", "begins"),
    [
        ("fa", StepKind.MONTH, date(2026, 3, 21)),
        ("ar", StepKind.MONTH, date(2026, 4, 1)),
        ("en", StepKind.MONTH, date(2026, 4, 1)),
        ("fa", StepKind.WEEK, date(2026, 4, 11)),
    ],
)
def test_steps_are_of_the_readers_calendar(language: str, kind: StepKind, begins: date) -> None:
    with reading_as(Formatter(language)):
        assert step_of(kind, date(2026, 4, 14)) == begins
        steps = steps_between(kind, date(2025, 1, 1), date(2026, 4, 14))
        assert steps[0] == begins
        assert steps[-1] == step_of(kind, date(2025, 1, 1))
        assert all(step_of(kind, step) == step for step in steps)
        assert all(step_of(kind, later - timedelta(days=1)) == earlier for later, earlier in pairwise(steps))
