"""What stands in the cells of a sheet: headers, days, scores, in every spelling."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lms.formats import LANGUAGES, Formatter
from lms.formats.calendars import to_hijri, to_jalali
from lms.formats.names import HIJRI, gregorian_months, jalali_months
from lms.i18n import reading_as
from lms.imports.bulk import cells
from lms.imports.bulk.cells import Terms, score_of
from lms.imports.bulk.columns import FIELDS, by_header, headers_key, recognised
from lms.imports.bulk.days import day_of
from lms.imports.bulk.fates import Refused
from lms.imports.bulk.wording import FIELDS as LABELS
from lms.text import answer_key

TODAY = date(2026, 11, 29)
DAYS = st.dates(date(1960, 1, 1), TODAY)
TERMS = Terms("fa", "auto", ZoneInfo("Asia/Tehran"), TODAY, TODAY)
PERSIAN, ARABIC = (str.maketrans("0123456789", digits) for digits in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"))
DIGITS = st.sampled_from([{}, PERSIAN, ARABIC])


@given(DAYS, DIGITS, st.sampled_from("/-. "), st.booleans(), st.booleans())
def test_a_day_is_read_as_it_was_written(
    day: date, digits: Mapping[int, str], between: str, padded: bool, year_first: bool
) -> None:
    for calendar, parts in (("gregorian", (day.year, day.month, day.day)), ("jalali", to_jalali(day))):
        numbers = [f"{part:02}" if padded else str(part) for part in parts]
        text = between.join(numbers if year_first else reversed(numbers)).translate(digits)
        assert day_of(text, "auto", TODAY) == day, text
        assert day_of(f" {text} ", calendar, TODAY) == day


@given(st.dates(date(1980, 1, 1), TODAY), st.sampled_from(LANGUAGES), DIGITS)
def test_a_day_with_the_name_of_its_month(day: date, language: str, digits: Mapping[int, str]) -> None:
    for parts, months in (
        ((day.year, day.month, day.day), gregorian_months(language, None)),
        (to_jalali(day), jalali_months(language, None)),
        (to_hijri(day), HIJRI[language]),
    ):
        text = f"{parts[2]} {months[parts[1] - 1]} {parts[0]}".translate(digits)
        assert day_of(text, "auto", TODAY) == day, text


@given(st.dates(date(2000, 1, 1), TODAY))
def test_a_hijri_year_is_told_from_a_jalali_one(day: date) -> None:
    text = "/".join(str(part) for part in to_hijri(day))
    assert day_of(text, "auto", TODAY) == day
    assert day_of(text, "hijri", TODAY) == day


@given(st.dates(date(1930, 1, 1), TODAY))
def test_a_sheet_can_be_said_to_be_hijri(day: date) -> None:
    assert day_of("/".join(str(part) for part in to_hijri(day)), "hijri", TODAY) == day


@given(st.text(max_size=60), st.sampled_from(["auto", "jalali", "hijri", "gregorian"]))
@example("1403/12/31", "jalali")
@example("2024-02-30", "auto")
@example("03/07/12", "auto")
@example("1403/7", "auto")
@example("٣٠ شباط ٢٠٢٤", "auto")
@example("45569", "auto")
@example("²024-01-01", "auto")
def test_what_is_no_day_is_refused_and_nothing_else_happens(text: str, calendar: str) -> None:
    try:
        found = day_of(text, calendar, TODAY)
    except ValueError:
        return
    assert date(1850, 1, 1) <= found <= date(2199, 12, 31)
    assert any(character.isdecimal() for character in text)


@pytest.mark.parametrize("text", ["1403/12/31", "2024-02-30", "03/07/12", "1403/7", "45569", "امروز", "1403/0/1"])
def test_these_are_no_days(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        day_of(text, "auto", TODAY)


def test_a_day_with_its_time_is_that_day() -> None:
    assert day_of("2024-10-03T14:30", "auto", TODAY) == date(2024, 10, 3)
    assert day_of("2024-10-03 14:30:00", "jalali", TODAY) == date(2024, 10, 3), "a workbook's own date is one"


@pytest.mark.parametrize(
    ("text", "share"),
    [
        *[("85", 0.85), ("۸۵٪", 0.85), ("0.85", 0.85), ("٫۵", 0.5), ("17/20", 0.85), ("17 از 20", 0.85)],
        *[("١٧ من ٢٠", 0.85), ("17 of 20", 0.85), ("1", 1.0), ("100", 1.0), ("0", 0.0)],
    ],
)
def test_scores(text: str, share: float) -> None:
    assert score_of({"score": text}) == pytest.approx(share)


@given(st.text(min_size=1, max_size=30))
@example("1/0")
@example("17/20/30")
@example("-3")
@example("101")
@example("nan")
@example("inf")
def test_a_score_is_a_share_or_refused(text: str) -> None:
    share, about = _told(score_of, {"score": text})
    assert about == "score" or 0 <= share <= 1


def _told(read: Callable[[Mapping[str, str]], Any], row: Mapping[str, str]) -> tuple[Any, str]:
    """What a cell gives, or which field is refused; anything else that is raised fails the test."""
    try:
        return read(row), ""
    except Refused as refused:
        return None, refused.said.about


READERS = [
    getattr(cells, name) for name in ("mail_of", "sign_in_of", "country_of", "language_in", "post_of", "name_of")
]


@given(st.text(max_size=200))
def test_no_cell_does_more_than_be_refused(text: str) -> None:
    row = dict.fromkeys(FIELDS, text)
    for read in (*READERS, lambda given: cells.names_of(given, TERMS), lambda given: cells.city_of(given, TERMS)):
        assert _told(read, row)[1] in ("", *FIELDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_names_of_the_fields_are_understood(language: str) -> None:
    with reading_as(Formatter(language)):
        labels = {field: str(label) for field, label in LABELS.items()}
    for field, label in labels.items():
        assert recognised([label]) == ["person" if field == "given" else field], label


@given(st.lists(st.text(max_size=20), max_size=12), st.randoms())
def test_a_matching_is_found_again_in_any_order(headers: list[str], chance: Any) -> None:
    columns = recognised(headers)
    assert len(columns) == len(headers)
    used = [column for column in columns if column]
    assert len(used) == len(set(used))
    turned = chance.sample(headers, len(headers))
    assert headers_key(turned) == headers_key(headers) == headers_key([*headers, "دلیل", "Reason"])
    remembered = by_header(headers, columns)
    assert recognised(headers, remembered) == columns
    if len({answer_key(header) for header in headers}) == len(headers):
        again = dict(zip(turned, recognised(turned, remembered), strict=True))
        assert again == dict(zip(headers, columns, strict=True))


def test_what_was_left_out_by_hand_stays_left_out() -> None:
    headers = ["نام", "شهر"]
    assert recognised(headers, by_header(headers, ["", "organization"])) == ["", "organization"]
    assert recognised(["نام"], by_header(["نام"], ["password_hash"])) == [""]


@pytest.mark.parametrize("header", ["اللقب", "لقب العائلة", "الاسم العائلي", "النسب", "نام خانوادگی", "Surname"])
@pytest.mark.parametrize("given", ["الاسم الشخصي", "الاسم الأول", "نام کوچک", "First name"])
def test_a_name_in_two_parts_is_headed_in_many_ways(given: str, header: str) -> None:
    assert recognised([header, given]) == ["family", "person"]
    assert recognised([given, "Name"]) == ["given", "person"]


@pytest.mark.parametrize(
    ("headers", "columns"),
    [
        (["Full name", "First name", "Last name"], ["person", "given", "family"]),
        (["فامیل", "نام کوچک", "نام و نام خانوادگی"], ["family", "given", "person"]),
        (["نام کامل", "نام", "نام خانوادگی"], ["person", "given", "family"]),
        (["الاسم", "اللقب", "الاسم الكامل"], ["given", "family", "person"]),
        (["نام", "نام شخص"], ["person", ""]),
        (["نام", "اسم", "فامیل"], ["person", "", "family"]),
        (["Full name", "Last name"], ["person", "family"]),
        (["First name", "Last name"], ["person", "family"]),
    ],
)
def test_the_parts_of_a_name_are_told_from_the_whole(headers: list[str], columns: list[str]) -> None:
    assert recognised(headers) == columns
    assert recognised(headers, by_header(headers, ["family", "person", ""][: len(headers)]))[:2] == ["family", "person"]


@pytest.mark.parametrize("headers", [["Mail", "Mail", "mail"], ["", "x", ""]])
def test_of_equal_headers_each_is_remembered(headers: list[str]) -> None:
    for columns in (["", "person", "mail"], ["mail", "person", ""]):
        assert recognised(headers, by_header(headers, columns)) == columns


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=12))
def test_no_header_can_be_read_in_a_matching(headers: list[str]) -> None:
    for key in by_header(headers, [""] * len(headers)):
        assert re.fullmatch("[0-9a-f]{64}", key)


@pytest.mark.parametrize(
    ("name", "language", "code"),
    [("Yari", "fa", "en"), ("یاری", "fa", "fa"), ("جمعية", "ar", "ar"), ("جمعية", "en", "ar"), ("یاری", "en", "fa")],
)
def test_a_name_is_of_the_language_of_its_letters(name: str, language: str, code: str) -> None:
    terms = Terms(language, "auto", ZoneInfo("UTC"), TODAY, TODAY)
    assert cells.names_of({"organization": name}, terms) == {code: name}
    assert cells.names_of({"organization": name, f"organization_{code}": "x"}, terms) == {code: "x"}
