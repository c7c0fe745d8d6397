"""What follows from a cycle's dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certification.models import STEPS, Cycle, CycleState, StepKind
from lms.certification.phases import Phase, months_later, phase_of
from lms.errors import NotAllowed

ENDS = date(2028, 6, 13)
OPENS, GRACE = ENDS - timedelta(days=90), ENDS + timedelta(days=60)
ONE = timedelta(days=1)


def clocked(state: CycleState, ends: date | None) -> Cycle:
    """A cycle that ends on a day, or never."""
    if ends is None:
        return Cycle(state=state)
    days = {
        "window_opens_on": ends - timedelta(days=90),
        "expires_on": ends,
        "grace_ends_on": ends + timedelta(days=60),
    }
    return Cycle(state=state, **days)


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (OPENS - ONE, Phase.VALID),
        (OPENS, Phase.DUE),
        (ENDS, Phase.DUE),
        (ENDS + ONE, Phase.GRACE),
        (GRACE, Phase.GRACE),
        (GRACE + ONE, Phase.EXPIRED),
    ],
)
def test_the_last_day_is_still_valid(day: date, phase: Phase) -> None:
    assert phase_of(clocked(CycleState.CERTIFIED, ENDS), day) is phase


def test_without_end_it_stays_valid() -> None:
    assert phase_of(clocked(CycleState.CERTIFIED, None), date(2099, 1, 1)) is Phase.VALID


@given(st.sampled_from(CycleState), st.dates(date(2, 1, 1), date(9998, 1, 1)), st.dates())
def test_only_a_certified_cycle_changes_with_the_days(state: CycleState, ends: date, day: date) -> None:
    phase = phase_of(clocked(state, ends), day)
    assert (phase.value == state.value) is (state is not CycleState.CERTIFIED)


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=8))
def test_a_cycle_goes_only_where_a_step_leads(path: list[StepKind]) -> None:
    cycle = Cycle(state=CycleState.IN_PROGRESS)
    for step in path:
        before = cycle.state
        states, leads_to = STEPS[step]
        if before in states:
            cycle.take(step)
        else:
            with pytest.raises(NotAllowed):
                cycle.take(step)
        assert cycle.state is ((leads_to or before) if before in states else before)


def test_what_has_ended_goes_nowhere() -> None:
    ended = {CycleState.REVOKED, CycleState.WITHDRAWN}
    assert not any(ended & states for states, _leads_to in STEPS.values())


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 600))
def test_months_later_stays_in_its_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
