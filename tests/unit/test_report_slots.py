"""When a schedule is due: once a week or a month, in the reader's calendar, no day twice and none left out."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.formats import Formatter
from lms.reports.schedules.models import ReportSchedule, Rhythm
from lms.reports.schedules.slots import last_slot, next_slot

READERS = [Formatter("fa"), Formatter("en"), Formatter("en", calendar="jalali"), Formatter("ar")]
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
BEFORE = date(2019, 1, 1)


def weekly(weekday: int) -> ReportSchedule:
    return ReportSchedule(rhythm=Rhythm.WEEKLY, weekday=weekday, since=BEFORE)


def monthly(day: int) -> ReportSchedule:
    return ReportSchedule(rhythm=Rhythm.MONTHLY, month_day=day, since=BEFORE)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: f"{reader.language}-{reader.calendar}")
@given(today=DAYS, weekday=st.integers(0, 6), day=st.integers(1, 28))
def test_the_next_slot_is_the_first_after_the_last(reader: Formatter, today: date, weekday: int, day: int) -> None:
    for schedule, most in ((weekly(weekday), 7), (monthly(day), 31)):
        last, coming = last_slot(schedule, reader, today), next_slot(schedule, reader, today)
        assert last is not None
        assert last <= today < coming
        assert (coming - last).days <= most
        assert {last_slot(schedule, reader, last + timedelta(days=n)) for n in range((coming - last).days)} == {last}
    assert last_slot(weekly(weekday), reader, today).weekday() == weekday  # type: ignore[union-attr]
    assert reader.date_parts(last_slot(monthly(day), reader, today)).day == day  # type: ignore[arg-type]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: f"{reader.language}-{reader.calendar}")
def test_a_year_has_twelve(reader: Formatter) -> None:
    for day in (1, 28):
        found = {last_slot(monthly(day), reader, date(2026, 4, 21) + timedelta(days=n)) for n in range(335)}
        assert len(found) == 12
        assert all(25 < (later - earlier).days < 33 for earlier, later in pairwise(sorted(filter(None, found))))


def test_what_came_before_it_was_set_up_is_not_due() -> None:
    schedule = weekly(0)
    schedule.since = date(2026, 7, 7)
    assert last_slot(schedule, Formatter("en"), date(2026, 7, 12)) is None
    assert last_slot(schedule, Formatter("en"), date(2026, 7, 13)) == date(2026, 7, 13)
    assert next_slot(schedule, Formatter("en"), date(2026, 7, 1)) == date(2026, 7, 13)
