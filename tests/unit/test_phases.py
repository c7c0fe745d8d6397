"""What follows from a cycle's dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certification.models import OPEN, TRANSITIONS, Cycle, CycleState
from lms.certification.phases import DUE, GRACE, Phase, months_later, phase_of
from lms.errors import NotAllowed

ENDS = date(2028, 6, 13)


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (ENDS - DUE, Phase.VALID),
        (ENDS - DUE + timedelta(days=1), Phase.DUE),
        (ENDS, Phase.DUE),
        (ENDS + timedelta(days=1), Phase.GRACE),
        (ENDS + GRACE, Phase.GRACE),
        (ENDS + GRACE + timedelta(days=1), Phase.EXPIRED),
    ],
)
def test_the_last_day_is_still_valid(day: date, phase: Phase) -> None:
    assert phase_of(CycleState.CERTIFIED, ENDS, day) is phase


def test_without_end_it_stays_valid() -> None:
    assert phase_of(CycleState.CERTIFIED, None, date(2099, 1, 1)) is Phase.VALID


@given(st.sampled_from(CycleState), st.dates(), st.dates())
def test_only_a_certified_cycle_changes_with_the_days(state: CycleState, ends: date, day: date) -> None:
    day = min(max(day, date(1, 6, 1)), date(9999, 6, 1))
    phase = phase_of(state, ends, day)
    assert (phase.value == state.value) is (state is not CycleState.CERTIFIED)


@given(st.lists(st.sampled_from(CycleState), max_size=8))
def test_a_cycle_moves_only_where_a_way_leads(path: list[CycleState]) -> None:
    cycle = Cycle(state=CycleState.IN_PROGRESS)
    for state in path:
        before = cycle.state
        allowed = state in TRANSITIONS[before] and (state is not CycleState.CERTIFIED or cycle.awarded_on is not None)
        if allowed:
            cycle.move_to(state)
        else:
            with pytest.raises(NotAllowed):
                cycle.move_to(state)
        assert cycle.state is (state if allowed else before)


@given(st.sampled_from(CycleState))
def test_only_an_open_cycle_is_awarded(state: CycleState) -> None:
    cycle = Cycle(state=state)
    if state in OPEN:
        cycle.certify(ENDS, None)
        assert cycle.state is CycleState.CERTIFIED
    else:
        with pytest.raises(NotAllowed):
            cycle.certify(ENDS, None)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 600))
def test_months_later_stays_in_its_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
