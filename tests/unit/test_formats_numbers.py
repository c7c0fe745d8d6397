"""Numbers, percents, scores, sizes and lists of each reader."""

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from lms.formats import Formatter
from lms.text import ascii_digits, parse_number

FA, AR, EN = Formatter("fa"), Formatter("ar"), Formatter("en")
ARAB = Formatter("ar", digits="arab")


@pytest.mark.parametrize(
    ("formatter", "written"),
    [
        (FA, "۱٬۲۳۴٬۵۶۷٫۸۹"),
        (AR, "1,234,567.89"),
        (ARAB, "١٬٢٣٤٬٥٦٧٫٨٩"),
        (EN, "1,234,567.89"),
        (Formatter("ar", "BH"), "1,234,567.89"),
        (Formatter("ar", "MA"), "1.234.567,89"),
        (Formatter("fa", digits="latn"), "1,234,567.89"),
        (Formatter("en", digits="arabext"), "۱٬۲۳۴٬۵۶۷٫۸۹"),
    ],
)
def test_number(formatter: Formatter, written: str) -> None:
    assert formatter.number(1234567.89) == written
    assert formatter.number(Decimal("1234567.89")) == written


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (0, None, "0"),
        (5, None, "5"),
        (5, 2, "5.00"),
        (5.0, None, "5"),
        (2.5, 0, "3"),
        (0.125, 2, "0.13"),
        (0.1 + 0.2, None, "0.3"),
        (Decimal("3.14159"), None, "3.142"),
        (-0.0001, None, "0"),
        (-1234, None, "-1,234"),
        (Decimal(10) ** 42, None, "1" + ",000" * 14),
    ],
)
def test_decimals(value: float | Decimal, places: int | None, written: str) -> None:
    assert EN.number(value, places) == written


def test_the_minus_stays_before_its_number() -> None:
    assert FA.number(-5) == "\u200e−۵"
    assert ARAB.number(-5) == "\u061c-٥"
    assert AR.number(-5) == "\u200e-5"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=3))
def test_english_numbers_equal_cldr(value: Decimal) -> None:
    # Babel keeps the sign of a negative zero.
    assert EN.number(value) == format_decimal(value + 0, locale="en")


@pytest.mark.parametrize(
    ("formatter", "written"),
    [(FA, "\u061c۴۳٪"), (ARAB, "\u061c٤٣٪"), (AR, "43%"), (EN, "43%"), (Formatter("fa", digits="latn"), "43%")],
)
def test_percent(formatter: Formatter, written: str) -> None:
    assert formatter.percent(0.43) == written


def test_a_negative_percent_keeps_its_sign_on_the_proper_side() -> None:
    assert FA.percent(-0.35) == "\u200e−۳۵\u061c٪"
    assert ARAB.percent(-0.35) == "\u061c-٣٥\u061c٪"
    assert AR.percent(-0.35) == "\u200e-35%"


@pytest.mark.parametrize(
    ("ratio", "written"),
    [(0, "0%"), (0.005, "1%"), (0.994, "99%"), (0.999, "99%"), (1, "100%"), (1.0, "100%"), (1.5, "150%")],
)
def test_no_percent_says_done_before_it_is(ratio: float, written: str) -> None:
    assert EN.percent(ratio) == written


@pytest.mark.parametrize(
    ("formatter", "written"), [(FA, "۹ از ۱۰"), (AR, "9 من 10"), (ARAB, "٩ من ١٠"), (EN, "9 of 10")]
)
def test_score(formatter: Formatter, written: str) -> None:
    assert formatter.score(9, 10) == written
    assert formatter.score(Decimal("9.00"), 10.0) == written


def test_a_score_has_no_needless_decimals() -> None:
    assert FA.score(Decimal("8.50"), 10) == "۸٫۵ از ۱۰"
    assert EN.score(2 / 3, 1) == "0.67 of 1"


@pytest.mark.parametrize(
    ("formatter", "written"),
    [(FA, "۱۲ از ۱۷ (\u061c۷۰٪)"), (AR, "12 من 17 (70%)"), (ARAB, "١٢ من ١٧ (\u061c٧٠٪)"), (EN, "12 of 17 (70%)")],
)
def test_marks_are_points_and_percents(formatter: Formatter, written: str) -> None:
    assert formatter.marks(12, 17) == written


def test_marks_below_a_pass_mark_are_never_written_as_it() -> None:
    assert EN.marks(16, 23) == "16 of 23 (69%)", "69.6% does not pass at 70%"
    assert EN.marks(0.1 + 0.6, 1) == "0.7 of 1 (70%)"
    assert EN.reached(0.696) == "69%"
    assert EN.marks(0, 0) == "0 of 0"


@pytest.mark.parametrize(("formatter", "written"), [(FA, "۱۲ تا ۱۵"), (AR, "من 12 إلى 15"), (EN, "12–15")])
def test_range(formatter: Formatter, written: str) -> None:
    assert formatter.range(12, 15) == written


@pytest.mark.parametrize(
    ("size", "fa", "ar", "en"),
    [
        (0, "۰ بایت", "0 بايت", "0 bytes"),
        (1, "۱ بایت", "1 بايت", "1 byte"),
        (1023, "۱٬۰۲۳ بایت", "1,023 بايت", "1,023 bytes"),
        (1024, "۱ کیلوبایت", "1 كيلوبايت", "1 KB"),
        (43000, "۴۲ کیلوبایت", "42 كيلوبايت", "42 KB"),
        (4_400_000, "۴٫۲ مگابایت", "4.2 ميغابايت", "4.2 MB"),
        (1024**2 - 1, "۱ مگابایت", "1 ميغابايت", "1 MB"),
        (3 * 1024**3, "۳ گیگابایت", "3 غيغابايت", "3 GB"),
        (5000 * 1024**4, "۵٬۰۰۰ ترابایت", "5,000 تيرابايت", "5,000 TB"),
    ],
)
def test_file_size(size: int, fa: str, ar: str, en: str) -> None:
    assert [FA.file_size(size), AR.file_size(size), EN.file_size(size)] == [fa, ar, en]


def test_lists_isolate_their_items() -> None:
    items = ["سمن", "NGO (Iran)", "اتحاد"]
    assert FA.join(items) == "\u2068سمن\u2069، \u2068NGO (Iran)\u2069 و \u2068اتحاد\u2069"
    assert AR.join(items) == "\u2068سمن\u2069 و\u2068NGO (Iran)\u2069 و\u2068اتحاد\u2069"
    assert EN.join(items) == "\u2068سمن\u2069, \u2068NGO (Iran)\u2069 and \u2068اتحاد\u2069"
    assert FA.join(iter(["یک"])) == "\u2068یک\u2069"
    assert FA.join([]) == ""


def test_digits_of_any_string() -> None:
    typed = "نسخهٔ 1 و ۲ و ٣"
    assert FA.digits_of(typed) == "نسخهٔ ۱ و ۲ و ۳"
    assert ARAB.digits_of(typed) == "نسخهٔ ١ و ٢ و ٣"
    assert EN.digits_of(typed) == "نسخهٔ 1 و 2 و 3"


@given(st.text())
def test_digits_of_changes_digits_only(s: str) -> None:
    assert ascii_digits(FA.digits_of(s)) == ascii_digits(s)


@pytest.mark.parametrize("fields", [{"language": "de"}, {"digits": "x"}, {"calendar": "x"}])
def test_unknown_settings_are_refused(fields: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is not one of"):
        Formatter(**{"language": "fa", **fields})  # type: ignore[arg-type]


def test_equal_readers_are_equal() -> None:
    used = Formatter("fa", "IR")
    used.number(5)
    assert used == Formatter("fa", "IR")
    assert hash(used) == hash(Formatter("fa", "IR"))


@pytest.mark.parametrize(
    ("formatter", "written"),
    [(FA, "۱۲۳۴٫۵"), (AR, "1234.5"), (ARAB, "١٢٣٤٫٥"), (EN, "1234.5"), (Formatter("ar", "MA"), "1234.5")],
)
def test_a_number_to_be_typed(formatter: Formatter, written: str) -> None:
    assert formatter.typed(1234.5) == formatter.typed(Decimal("1234.5")) == written
    assert formatter.typed(2) == formatter.typed(2.0) == formatter.digits_of("2")


@given(st.decimals(min_value=0, max_value=10**6, places=3), st.sampled_from((FA, AR, ARAB, EN, Formatter("ar", "MA"))))
def test_what_a_field_shows_is_read_as_what_it_was(value: Decimal, formatter: Formatter) -> None:
    assert parse_number(formatter.typed(value)) == value
    assert float(parse_number(formatter.typed(float(value)))) == float(value)
