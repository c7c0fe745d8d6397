"""Steps of time: which numbers of them are hidden, and where weeks and months begin."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.formats import Formatter
from lms.i18n import reading_as
from lms.reports.steps import ALL, Key, Step, StepKind, Steps, protect_steps, step_of, steps_between

FIRST = date(2026, 1, 1)
NUMBERS = st.sampled_from([0, 1, 2, 3, 4, 5, 6, 9, 40])
TABLES = st.dictionaries(
    st.tuples(st.integers(1, 4), st.integers(0, 5).map(lambda n: FIRST + timedelta(days=n))), NUMBERS, max_size=20
)
SMALL_TABLES = st.dictionaries(
    st.tuples(st.integers(1, 3), st.integers(0, 3).map(lambda n: FIRST + timedelta(days=n))),
    st.sampled_from([0, 1, 2, 3, 4, 5, 7]),
    max_size=12,
)
THRESHOLD = 5


def could_be(made: Steps, table: dict[Key, int], small: Key) -> bool:
    """Whether some table says all that is shown, and that each module's sum, and has no small number there.

    Tried out: what is hidden of one module after the other, that of the small number first.
    """
    modules = sorted({each for each, _step in table} - made.left_out, key=lambda each: each != small[0])
    steps = sorted({step for _module, step in table})
    left = {step: made.of(ALL, step) for step in steps}

    def goes(place: int, left: dict[Step, int | None]) -> bool:
        if place == len(modules):
            return all(not rest for rest in left.values())
        module = modules[place]
        row = [made.of(module, step) for step in steps]
        missing = sum(table.get((module, step), 0) for step in steps) - sum(number or 0 for number in row)
        return any(
            goes(place + 1, {step: None if rest is None else rest - (number or 0) for step, rest, number in zipped})
            for filled in fillings(row, missing, [left[step] for step in steps])
            if place or filled[steps.index(small[1])] >= THRESHOLD
            for zipped in [list(zip(steps, left.values(), filled, strict=True))]
        )

    return goes(0, left)


def fillings(row: list[int | None], missing: int, most: list[int | None]) -> Iterator[list[int]]:
    """Every way to fill what is hidden of a row so that it sums up, nowhere more than what is left of its step."""
    if not row:
        if missing == 0:
            yield []
        return
    first, rest = row[0], most[0]
    top = missing if rest is None else min(missing, rest)
    choices = range(top, -1, -1) if first is None else [first] if rest is None or first <= rest else []
    for number in choices:
        for others in fillings(row[1:], missing - number if first is None else missing, most[1:]):
            yield [number, *others]


@settings(max_examples=400)
@given(SMALL_TABLES)
def test_what_is_shown_leaves_open_that_no_number_is_small(table: dict[Key, int]) -> None:
    made = protect_steps(table, THRESHOLD)
    for key, number in table.items():
        if 0 < number < THRESHOLD:
            assert made.of(*key) is None
            assert key[0] in made.left_out or could_be(made, table, key)


@given(TABLES)
def test_what_is_shown_is_so(table: dict[Key, int]) -> None:
    made = protect_steps(table, THRESHOLD)
    modules = {module for module, _step in table}
    for step in {step for _module, step in table}:
        for module in modules:
            assert made.of(module, step) in (None, table.get((module, step), 0))
        total = sum(table.get((module, step), 0) for module in modules - made.left_out)
        assert made.of(ALL, step) == total or (made.of(ALL, step) is None and total)
        if total and total < THRESHOLD:
            assert made.of(ALL, step) is None


@given(TABLES)
def test_of_a_module_of_few_nothing_is_shown(table: dict[Key, int]) -> None:
    made = protect_steps(table, THRESHOLD)
    for module in {module for module, _step in table}:
        if 0 < sum(number for (each, _step), number in table.items() if each == module) < THRESHOLD:
            # Nor can be seen when it was: steps of nobody are hidden as well.
            assert made.of(module, date(2020, 1, 1)) is None


def test_totals_stand_beside_many_small_numbers() -> None:
    months = [FIRST + timedelta(days=31 * n) for n in range(24)]
    table = {(module, month): 1 + (module + n) % 4 for module in range(1, 13) for n, month in enumerate(months)}
    table |= {(13, month): 40 for month in months}
    made = protect_steps(table, THRESHOLD)
    assert all(made.of(13, month) == 40 for month in months)
    assert all(made.of(ALL, month) == sum(table[module, month] for module in range(1, 14)) for month in months)


def test_one_module_hides_totals_with_its_numbers() -> None:
    table = {(1, FIRST): 2, (1, FIRST + timedelta(days=31)): 7, (1, FIRST + timedelta(days=62)): 9}
    made = protect_steps(table, THRESHOLD)
    assert [made.of(ALL, step) for _module, step in table] == [None, None, 9]


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
