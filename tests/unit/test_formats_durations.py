"""Relative times, estimates and countdowns in words."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.formats import Formatter
from lms.formats.units import counted

FA = Formatter("fa", time_zone="Asia/Tehran")
AR, EN = Formatter("ar"), Formatter("en")
NOW = dt.datetime(2026, 8, 3, 11, 35)  # noqa: DTZ001  as the database gives it
INSTANTS = st.datetimes(NOW.replace(year=1950), NOW.replace(year=2150))
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("away", "fa", "ar", "en"),
    [
        (dt.timedelta(), "همین حالا", "الآن", "just now"),
        (-MINUTE, "۱ دقیقه پیش", "قبل دقيقة", "1 minute ago"),
        (-2 * MINUTE, "۲ دقیقه پیش", "قبل دقيقتين", "2 minutes ago"),
        (-11 * MINUTE, "۱۱ دقیقه پیش", "قبل 11 دقيقة", "11 minutes ago"),
        (-5 * HOUR, "۵ ساعت پیش", "قبل 5 ساعات", "5 hours ago"),
        (-DAY, "دیروز", "أمس", "yesterday"),
        (-2 * DAY, "۲ روز پیش", "قبل يومين", "2 days ago"),
        (-3 * DAY, "۳ روز پیش", "قبل 3 أيام", "3 days ago"),
        (-11 * DAY, "۱۱ روز پیش", "قبل 11 يومًا", "11 days ago"),
        (-30 * DAY, "۳۰ روز پیش", "قبل 30 يومًا", "30 days ago"),
        (-31 * DAY, "۱۲ تیر ۱۴۰۵", "3 يوليو 2026", "3 July 2026"),
        (5 * MINUTE, "۵ دقیقهٔ دیگر", "بعد 5 دقائق", "in 5 minutes"),
        (2 * HOUR, "۲ ساعت دیگر", "بعد ساعتين", "in 2 hours"),
        (DAY, "فردا", "غدًا", "tomorrow"),
        (3 * DAY, "۳ روز دیگر", "بعد 3 أيام", "in 3 days"),
        (40 * DAY, "۲۱ شهریور ۱۴۰۵", "12 سبتمبر 2026", "12 September 2026"),
    ],
)
def test_relative(away: dt.timedelta, fa: str, ar: str, en: str) -> None:
    assert [f.relative(NOW + away, NOW) for f in (FA, AR, EN)] == [fa, ar, en]
    aware = (NOW + away).replace(tzinfo=dt.UTC)
    assert EN.relative(aware, NOW) == en


def test_relative_counts_the_reader_s_days() -> None:
    morning = NOW.replace(hour=1, minute=0)
    assert EN.relative(morning - 26 * HOUR, morning) == "2 days ago"
    assert EN.relative(morning - 25 * HOUR, morning) == "yesterday"
    assert EN.relative(dt.date(2026, 8, 3), morning) == "today"
    assert FA.relative(dt.date(2026, 8, 3), NOW.replace(day=2, hour=21)) == "امروز"


@pytest.mark.parametrize(
    ("n", "fa", "ar", "en"),
    [
        (0, "کمتر از یک دقیقه", "أقل من دقيقة", "less than a minute"),
        (1, "حدود ۱ دقیقه", "نحو دقيقة", "about 1 minute"),
        (2, "حدود ۲ دقیقه", "نحو دقيقتين", "about 2 minutes"),
        (8, "حدود ۸ دقیقه", "نحو 8 دقائق", "about 8 minutes"),
        (15, "حدود ۱۵ دقیقه", "نحو 15 دقيقة", "about 15 minutes"),
        (60, "حدود ۱ ساعت", "نحو ساعة", "about 1 hour"),
        (95, "حدود ۱ ساعت و ۳۵ دقیقه", "نحو ساعة و35 دقيقة", "about 1 hour 35 minutes"),
    ],
)
def test_minutes(n: int, fa: str, ar: str, en: str) -> None:
    assert [f.minutes(n) for f in (FA, AR, EN)] == [fa, ar, en]


@pytest.mark.parametrize(
    ("seconds", "fa", "ar", "en"),
    [
        (-5, "وقت تمام شد", "انتهى الوقت", "time is up"),
        (0, "وقت تمام شد", "انتهى الوقت", "time is up"),
        (1, "۱ ثانیه مانده", "بقيت ثانية", "1 second left"),
        (45, "۴۵ ثانیه مانده", "بقيت 45 ثانية", "45 seconds left"),
        (120, "۲ دقیقه مانده", "بقيت دقيقتان", "2 minutes left"),
        (299, "۴ دقیقه مانده", "بقيت 4 دقائق", "4 minutes left"),
        (300, "۵ دقیقه مانده", "بقيت 5 دقائق", "5 minutes left"),
        (3700, "۱ ساعت و ۱ دقیقه مانده", "بقيت ساعة ودقيقة", "1 hour 1 minute left"),
        (2 * 86400 + 3 * 3600, "۲ روز و ۳ ساعت مانده", "بقي يومان و3 ساعات", "2 days 3 hours left"),
    ],
)
def test_remaining(seconds: int, fa: str, ar: str, en: str) -> None:
    assert [f.remaining(seconds) for f in (FA, AR, EN)] == [fa, ar, en]


@pytest.mark.parametrize(
    ("n", "written"),
    [(0, "0 يوم"), (1, "يوم"), (2, "يومين"), (3, "3 أيام"), (10, "10 أيام"), (11, "11 يومًا"), (99, "99 يومًا"),
     (100, "100 يوم"), (101, "101 يوم"), (102, "102 يوم"), (103, "103 أيام"), (111, "111 يومًا")],
)  # fmt: skip
def test_arabic_plurals(n: int, written: str) -> None:
    assert counted("ar", n, "day") == written


@given(INSTANTS, INSTANTS)
def test_every_pair_of_instants_has_words(value: dt.datetime, now: dt.datetime) -> None:
    assert all(f.relative(value, now) for f in (FA, AR, EN))


@pytest.mark.parametrize(
    ("n", "fa", "ar", "en"),
    [
        (15, "۱۵ دقیقه", "15 دقيقة", "15 minutes"),
        (135, "۲ ساعت و ۱۵ دقیقه", "ساعتين و15 دقيقة", "2 hours 15 minutes"),
        (2880, "۲ روز", "يومين", "2 days"),
    ],
)
def test_spans(n: int, fa: str, ar: str, en: str) -> None:
    assert [f.span(n) for f in (FA, AR, EN)] == [fa, ar, en]
