"""How long an award is valid."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certification.models import Cycle, Expiry, FixedCalendar, LevelRule
from lms.certification.validity import validity

ONE = timedelta(days=1)
AWARDED = date(2026, 3, 10)
NOURUZ = {"fixed_calendar": FixedCalendar.JALALI, "fixed_month": 1, "fixed_day": 1}
LEAP_DAY = {"fixed_calendar": FixedCalendar.GREGORIAN, "fixed_month": 2, "fixed_day": 29}
LAST_OF_ESFAND = {"fixed_calendar": FixedCalendar.JALALI, "fixed_month": 12, "fixed_day": 30}


def rule(months: int | None, expiry: Expiry = Expiry.AWARD, **terms: object) -> LevelRule:
    """A level's terms."""
    return LevelRule(months_valid=months, expiry=expiry, **{"window_days": 90, "grace_days": 60, **terms})


def before(due: date, extended: int = 0) -> Cycle:
    """The certificate that is renewed."""
    return Cycle(due_on=due, expires_on=due + timedelta(days=extended))


@pytest.mark.parametrize(
    ("terms", "renewed", "due"),
    [
        (rule(24), None, date(2028, 3, 9)),
        (rule(24), before(date(2026, 5, 1)), date(2028, 3, 9)),
        (rule(24, Expiry.PREVIOUS), None, date(2028, 3, 9)),
        (rule(24, Expiry.PREVIOUS), before(date(2026, 5, 1)), date(2028, 5, 1)),
        # In its days of grace it is continued where it was due, and an extension moved nothing.
        (rule(24, Expiry.PREVIOUS), before(date(2026, 2, 1)), date(2028, 2, 1)),
        (rule(24, Expiry.PREVIOUS), before(date(2025, 6, 1), extended=400), date(2027, 6, 1)),
        # One that was extended for longer than it is valid has nothing to continue.
        (rule(6, Expiry.PREVIOUS), before(date(2025, 6, 1), extended=400), date(2026, 9, 9)),
        # The next fixed day that leaves it twelve months: not that of eleven days later.
        (rule(12, Expiry.FIXED, **NOURUZ), None, date(2027, 3, 21)),
        (rule(1, Expiry.FIXED, **NOURUZ), None, date(2027, 3, 21)),
        (rule(1, Expiry.FIXED, **NOURUZ), before(date(2027, 3, 21)), date(2028, 3, 20)),
        (rule(12, Expiry.FIXED, **LEAP_DAY), None, date(2028, 2, 29)),
        (rule(12, Expiry.FIXED, **LEAP_DAY), before(date(2028, 2, 29)), date(2029, 2, 28)),
        # Esfand has thirty days in 1403 and 1408, else twenty-nine.
        (rule(12, Expiry.FIXED, **LAST_OF_ESFAND), None, date(2027, 3, 20)),
    ],
)
def test_each_way_of_counting(terms: LevelRule, renewed: Cycle | None, due: date) -> None:
    found = validity(terms, AWARDED, renewed)
    assert found is not None
    assert (found.due_on, found.grace_ends_on) == (due, due + timedelta(days=60))
    assert found.window_opens_on == max(AWARDED, due - timedelta(days=90))


@pytest.mark.parametrize(
    ("awarded", "months", "due"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 2, 28), 12, date(2026, 2, 27)),
        (date(2023, 3, 1), 12, date(2024, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 5, 1), 1, date(2026, 5, 31)),
    ],
)
def test_at_the_end_of_a_month_no_day_is_lost(awarded: date, months: int, due: date) -> None:
    found = validity(rule(months), awarded, None)
    assert found is not None
    assert found.due_on == due


def test_without_months_it_is_without_end() -> None:
    assert validity(rule(None), AWARDED, None) is None


@st.composite
def rules(draw: st.DrawFn) -> LevelRule:
    """Terms that a scheme may have."""
    expiry = draw(st.sampled_from(Expiry))
    fixed = {}
    if expiry is Expiry.FIXED:
        calendar = draw(st.sampled_from(FixedCalendar))
        fixed = {
            "fixed_calendar": calendar,
            "fixed_month": draw(st.integers(1, 12)),
            "fixed_day": draw(st.integers(1, 31)),
        }
    days = {"window_days": draw(st.integers(0, 400)), "grace_days": draw(st.integers(0, 400))}
    return rule(draw(st.integers(1, 120)), expiry, **fixed, **days)


@given(rules(), st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.none() | st.integers(-400, 400))
def test_the_days_are_always_in_their_order(terms: LevelRule, awarded: date, since: int | None) -> None:
    renewed = None if since is None else before(awarded + timedelta(days=since))
    found = validity(terms, awarded, renewed)
    assert found is not None
    assert awarded <= found.window_opens_on <= found.due_on <= found.grace_ends_on
    assert found.due_on - found.window_opens_on <= timedelta(days=terms.window_days)
    if renewed is not None and terms.expiry is not Expiry.AWARD:
        assert renewed.due_on is not None
        assert found.due_on > renewed.due_on or terms.expiry is Expiry.PREVIOUS


@given(rules(), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_a_fixed_end_leaves_it_the_months_that_it_has(terms: LevelRule, awarded: date) -> None:
    found = validity(terms, awarded, None)
    assert found is not None
    assert terms.months_valid is not None
    least = validity(rule(terms.months_valid), awarded, None)
    assert least is not None
    assert found.due_on >= least.due_on
    assert (found.due_on - least.due_on).days <= (366 if terms.expiry is Expiry.FIXED else 0)
