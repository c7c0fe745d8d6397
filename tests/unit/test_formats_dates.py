"""Dates in three calendars, by language and country."""

import datetime as dt
import re
from zoneinfo import ZoneInfoNotFoundError

import pytest
from babel import Locale
from hijridate import Gregorian
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from lms.formats import Formatter
from lms.text import isolate_ltr

FA = Formatter("fa", "IR", time_zone="Asia/Tehran")
AR, EN = Formatter("ar", "BH"), Formatter("en")
DAY = dt.date(2026, 8, 3)
INSTANT = dt.datetime(2026, 8, 3, 11, 35)  # noqa: DTZ001  as the database gives it
TERRITORIES = re.findall("..", "IRAFBHEGKWQAOMSAYEIQJOSYLBPSAEMATNDZLYSDMR")


@pytest.mark.parametrize(
    ("day", "parts"),
    [
        (dt.date(2025, 3, 20), (30, 12, 1403)),
        (dt.date(2025, 3, 21), (1, 1, 1404)),
        (dt.date(2026, 3, 20), (29, 12, 1404)),
        (dt.date(2026, 3, 21), (1, 1, 1405)),
        (DAY, (12, 5, 1405)),
    ],
)
def test_jalali_days(day: dt.date, parts: tuple[int, int, int]) -> None:
    assert FA.date_parts(day) == parts
    assert FA.parse_date(*parts) == day


def test_every_jalali_day_of_a_century_comes_back() -> None:
    day, months = dt.date(1971, 3, 21), 0
    assert FA.date_parts(day) == (1, 1, 1350)
    while (parts := FA.date_parts(day)).year <= 1450:
        assert FA.parse_date(*parts) == day
        day += dt.timedelta(days=1)
        months += parts.day == 1
    assert day == dt.date(2072, 3, 20)
    assert months == 101 * 12


@given(st.dates(dt.date(1850, 1, 1), dt.date(2199, 12, 31)), st.sampled_from(["fa", "ar", "en"]), st.booleans())
def test_parts_can_be_typed_again(day: dt.date, language: str, jalali: bool) -> None:
    formatter = Formatter(language, calendar="jalali" if jalali else "gregorian")
    parts = formatter.date_parts(day)
    typed = [formatter.digits_of(str(part)) for part in parts]
    assert formatter.parse_date(*typed) == day


@pytest.mark.parametrize(
    ("formatter", "day", "month", "year"),
    [
        (FA, 30, 12, 1404),
        (FA, "۳۰", "۱۲", "۱۴۰۴"),
        (FA, 31, 7, 1404),
        (FA, 0, 1, 1404),
        (FA, 1, 13, 1404),
        (FA, 1, 1, 99),
        (FA, 1, 1, 2026),
        (FA, "", 1, 1404),
        (FA, "الف", 1, 1404),
        (FA, "-1", 1, 1404),
        (FA, "²", 1, 1404),
        (FA, 1, 1, "14041404"),
        (EN, 29, 2, 2026),
        (EN, 1, 1, 1405),
    ],
)
def test_no_such_day(formatter: Formatter, day: str | int, month: str | int, year: str | int) -> None:
    with pytest.raises(ValueError):
        formatter.parse_date(day, month, year)


def test_dates_in_any_digits() -> None:
    assert FA.parse_date("۳۰", "12", "١٤٠٣") == dt.date(2025, 3, 20)
    assert AR.parse_date("٣", 8, " 2026 ") == DAY


@pytest.mark.parametrize(
    ("formatter", "long", "day", "short", "month"),
    [
        (FA, "دوشنبه ۱۲ مرداد ۱۴۰۵", "۱۲ مرداد ۱۴۰۵", "۱۴۰۵/۰۵/۱۲", "مرداد ۱۴۰۵"),
        (Formatter("fa", "AF"), "دوشنبه ۱۲ اسد ۱۴۰۵", "۱۲ اسد ۱۴۰۵", "۱۴۰۵/۰۵/۱۲", "اسد ۱۴۰۵"),
        (Formatter("fa", calendar="gregorian"), "دوشنبه ۳ اوت ۲۰۲۶", "۳ اوت ۲۰۲۶", "۳ اوت ۲۰۲۶", "اوت ۲۰۲۶"),
        (AR, "الاثنين 3 أغسطس 2026", "3 أغسطس 2026", "3 أغسطس 2026", "أغسطس 2026"),
        (Formatter("ar"), "الاثنين 3 أغسطس 2026", "3 أغسطس 2026", "3 أغسطس 2026", "أغسطس 2026"),
        (Formatter("ar", "LB"), "الاثنين 3 آب 2026", "3 آب 2026", "3 آب 2026", "آب 2026"),
        (Formatter("ar", "MA"), "الاثنين 3 غشت 2026", "3 غشت 2026", "3 غشت 2026", "غشت 2026"),
        (Formatter("ar", "TN"), "الاثنين 3 أوت 2026", "3 أوت 2026", "3 أوت 2026", "أوت 2026"),
        (Formatter("ar", "EG", "arab"), "الاثنين ٣ أغسطس ٢٠٢٦", "٣ أغسطس ٢٠٢٦", "٣ أغسطس ٢٠٢٦", "أغسطس ٢٠٢٦"),
        (EN, "Monday 3 August 2026", "3 August 2026", "3 Aug 2026", "August 2026"),
        (
            Formatter("en", "IR", calendar="jalali"),
            "Monday 12 Mordad 1405",
            "12 Mordad 1405",
            "1405/05/12",
            "Mordad 1405",
        ),
    ],
)
def test_forms(formatter: Formatter, long: str, day: str, short: str, month: str) -> None:
    assert formatter.date(DAY) == long
    assert formatter.day(DAY) == day
    assert formatter.short_date(DAY) == short
    assert formatter.month(DAY) == month


@pytest.mark.parametrize(
    ("formatter", "time", "both"),
    [
        (FA, "۱۵:۰۵", "۱۲ مرداد ۱۴۰۵، ساعت ۱۵:۰۵"),
        (AR, "11:35\u00a0ص", "3 أغسطس 2026، الساعة 11:35\u00a0ص"),
        (Formatter("ar", "SY", time_zone="Asia/Damascus"), "2:35\u00a0م", "3 آب 2026، الساعة 2:35\u00a0م"),
        (Formatter("ar", "MA"), "11:35", "3 غشت 2026، الساعة 11:35"),
        (EN, "11:35", "3 August 2026, 11:35"),
    ],
)
def test_times(formatter: Formatter, time: str, both: str) -> None:
    assert formatter.time(INSTANT) == time
    assert formatter.datetime(INSTANT) == both
    assert formatter.datetime(INSTANT.replace(tzinfo=dt.UTC)) == both


@pytest.mark.parametrize(
    ("hour", "written"), [(0, "12:05\u00a0ص"), (11, "11:05\u00a0ص"), (12, "12:05\u00a0م"), (23, "11:05\u00a0م")]
)
def test_the_twelve_hour_clock(hour: int, written: str) -> None:
    assert AR.time(INSTANT.replace(hour=hour, minute=5)) == written


def test_near_midnight_the_local_day_counts() -> None:
    late = INSTANT.replace(day=2, hour=20, minute=30)
    assert FA.local_day(late) == DAY
    assert FA.local_day(late - dt.timedelta(minutes=1)) == dt.date(2026, 8, 2)
    assert EN.local_day(late) == dt.date(2026, 8, 2)
    assert FA.local_day(late.replace(tzinfo=dt.timezone(dt.timedelta(hours=3, minutes=30)))) == dt.date(2026, 8, 2)
    for written in (FA.date(late), FA.day(late), FA.gregorian(late), FA.short_date(late)):
        assert written in (FA.date(DAY), FA.day(DAY), FA.gregorian(DAY), FA.short_date(DAY))


def test_an_unknown_time_zone_is_an_error() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        Formatter("en", time_zone="Mars/Olympus").time(INSTANT)


def test_the_other_calendar() -> None:
    assert FA.gregorian(DAY) == "۳ اوت ۲۰۲۶"
    assert FA.other_calendar(DAY) == "۳ اوت ۲۰۲۶ میلادی"
    assert Formatter("fa", calendar="gregorian").other_calendar(DAY) == "۱۲ مرداد ۱۴۰۵ خورشیدی"
    assert AR.other_calendar(DAY) is None
    assert EN.other_calendar(DAY) is None
    assert Formatter("ar", hijri=True).other_calendar(DAY) == "20 صفر 1448 هـ"
    assert Formatter("ar", hijri=True).other_calendar(dt.date(2100, 1, 1)) is None
    assert Formatter("fa", hijri=True).hijri_too(DAY) == "۲۰ صفر ۱۴۴۸ قمری"
    assert FA.hijri_too(DAY) is None
    assert Formatter("fa", hijri=True).hijri_too(dt.date(2100, 1, 1)) is None
    assert Formatter("en", calendar="jalali").other_calendar(DAY) == "3 August 2026"


@given(st.dates(dt.date(1924, 8, 1), dt.date(2077, 11, 16)))
def test_hijri_dates(day: dt.date) -> None:
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    written = AR.hijri_date(day)
    assert written.startswith(f"{hijri.day} ")
    assert written.endswith(f" {hijri.year} هـ")
    assert EN.hijri_date(day).endswith(" AH")


def test_hijri_is_known_for_a_while_only() -> None:
    with pytest.raises(ValueError, match="no Hijri date"):
        AR.hijri_date(dt.date(1900, 1, 1))


@pytest.mark.parametrize("territory", TERRITORIES)
def test_weeks_and_months_equal_cldr(territory: str) -> None:
    language = "fa" if territory in ("IR", "AF") else "ar"
    locale = Locale(language, territory)
    formatter = Formatter(language, territory, calendar="gregorian")
    assert formatter.week_start == locale.first_week_day
    assert formatter.weekend == set(range(locale.weekend_start, locale.weekend_end + 1))
    for number, name in locale.months["format"]["wide"].items():
        assert formatter.month(dt.date(2026, number, 1)).startswith(f"{name} ")
    monday = dt.date(2026, 8, 3)
    for offset in range(7):
        name = locale.days["format"]["wide"][offset].replace("پنج‌شنبه", "پنجشنبه")
        assert formatter.date(monday + dt.timedelta(days=offset)).split()[0] == name


@pytest.mark.parametrize(
    ("language", "start", "weekend"),
    [("fa", 5, frozenset({4})), ("ar", 5, frozenset({4, 5})), ("en", 0, frozenset({5, 6}))],
)
def test_weeks_of_languages(language: str, start: int, weekend: frozenset[int]) -> None:
    assert (Formatter(language).week_start, Formatter(language).weekend) == (start, weekend)
    assert Formatter("en", "IR").week_start == 5


def test_month_names_are_the_reader_s() -> None:
    assert FA.month_names()[0] == "فروردین"
    assert Formatter("fa", "AF").month_names()[0] == "حمل"
    assert EN.month_names()[7] == "August"
    assert all(len(set(Formatter(language, calendar="jalali").month_names())) == 12 for language in ("fa", "ar", "en"))


@given(st.dates(dt.date(1900, 1, 1), dt.date(2150, 1, 1)))
def test_persian_dates_name_the_jalali_day(day: dt.date) -> None:
    jalali = JalaliDate(day)  # type: ignore[no-untyped-call]
    name = FA.month_names()[jalali.month - 1]
    assert FA.day(day) == FA.digits_of(f"{jalali.day} {name} {jalali.year}")


@pytest.mark.parametrize(
    ("digits", "day", "percent"), [("arab", "١٢ Mordad ١٤٠٥", "٤٣٪"), ("arabext", "۱۲ Mordad ۱۴۰۵", "۴۳٪")]
)
def test_english_with_other_digits_keeps_its_order(digits: str, day: str, percent: str) -> None:
    reader = Formatter("en", digits=digits, calendar="jalali", hijri=True)
    august = dt.datetime(2026, 8, 3, 15, 5, tzinfo=dt.UTC)
    assert reader.day(august) == isolate_ltr(day)
    assert reader.percent(0.43) == isolate_ltr(percent)
    clock = reader.digits_of("15:05")
    assert reader.datetime(august) == f"{isolate_ltr(day)}, {isolate_ltr(clock)}"
    assert reader.date(august) == f"Monday {isolate_ltr(day)}"
    assert reader.range(1, 2) == isolate_ltr(reader.digits_of("1–2"))
    for text in (reader.short_date(august), reader.month(august), reader.gregorian(august), reader.hijri_date(august)):
        assert text == isolate_ltr(text[1:-1])
    # What would turn a line of English around.
    assert "\u061c" not in reader.percent(-0.43) + reader.number(-43)


def test_other_dates_carry_no_marks() -> None:
    for reader in (Formatter("en", calendar="jalali"), Formatter("fa"), Formatter("ar", digits="arab")):
        day = reader.day(dt.date(2026, 8, 3))
        assert day == re.sub("[\u2066-\u2069]", "", day)
