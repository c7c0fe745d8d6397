"""Tables written: what a spreadsheet finds when it opens them."""

import csv
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from lms.documents.sheets import Cell, Column, write_csv, write_xlsx

COLUMNS = [
    Column("organization", "سازمان", width=30),
    Column("people", "افراد", "integer"),
    Column("share", "درصد تکمیل", "percent"),
    Column("mean", "میانگین نمره", "number"),
    Column("day", "تاریخ", "date"),
    Column("jalali", "تاریخ شمسی"),
]
ROWS: list[list[Cell]] = [
    ["مؤسسهٔ مهر کویر", 12, 0.75, 8.25, date(2026, 6, 14), "۲۴ خرداد ۱۴۰۵"],
    ["=1+1", "کمتر از ۵", None, -2, datetime(2026, 6, 14, 9, 30, tzinfo=UTC), None],
]
ABOUT = [("سازمان‌ها", "همه"), ("زمان", "۲۴ خرداد ۱۴۰۵")]


def written(language: str = "fa", sheet_name: str = "گزارش", about: list[tuple[str, str]] | None = None) -> bytes:
    stream = BytesIO()
    assert write_xlsx(stream, COLUMNS, iter(ROWS), language=language, sheet_name=sheet_name, about=about or []) == 2
    return stream.getvalue()


def part(data: bytes, name: str) -> str:
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_another_reader_finds_real_numbers_and_dates() -> None:
    header, first, second = CalamineWorkbook.from_filelike(BytesIO(written())).get_sheet_by_index(0).to_python()
    assert header == [column.title for column in COLUMNS]
    assert first == ROWS[0]
    assert second == ["=1+1", "کمتر از ۵", "", -2, datetime(2026, 6, 14, 9, 30), ""]  # noqa: DTZ001


@pytest.mark.parametrize(("language", "rtl"), [("fa", True), ("ar", True), ("en", False)])
def test_sheets_run_in_the_direction_of_the_language(language: str, rtl: bool) -> None:
    data = written(language, about=ABOUT)
    for sheet in ("sheet1", "sheet2"):
        assert ('rightToLeft="1"' in part(data, f"xl/worksheets/{sheet}.xml")) is rtl


def test_header_is_bold_frozen_filtered_and_repeated() -> None:
    data = written()
    sheet = part(data, "xl/worksheets/sheet1.xml")
    assert re.search(r'<pane ySplit="1"[^>]*state="frozen"', sheet)
    assert '<autoFilter ref="A1:F3"/>' in sheet
    assert "<b/>" in part(data, "xl/styles.xml")
    assert "Print_Titles" in part(data, "xl/workbook.xml")


def test_second_sheet_says_what_the_first_is_about() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(written(about=ABOUT)))
    assert book.sheet_names == ["گزارش", "دربارهٔ این گزارش"]
    assert book.get_sheet_by_index(1).to_python() == [list(pair) for pair in ABOUT]


@pytest.mark.parametrize(
    "name", ["", "'", "x" * 60, "a/b\\c:d?e*f[g]", "گزارش تکمیل آموزش سازمان‌های عضو شبکهٔ ملی", "About this report"]
)
def test_any_name_becomes_a_sheet_name(name: str) -> None:
    names = CalamineWorkbook.from_filelike(BytesIO(written("en", name, ABOUT))).sheet_names
    assert len(set(names)) == 2
    assert all(0 < len(name) <= 31 for name in names)


def test_no_text_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    texts = ["=1+1", "+98", "@x", "{=1}", "https://example.org", "mailto:a@example.org", "0012", "1e5"]
    write_xlsx(path, [Column("x", "=x")], [[text] for text in texts], language="en", sheet_name="x", about=[])
    sheet = part(path.read_bytes(), "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert rows == [["=x"], *[[text] for text in texts]]


def test_rows_are_counted_as_they_come() -> None:
    rows: Iterator[list[Cell]] = ([f"سازمان {n}", n, 0.5, 1.5, date(2026, 1, 1), None] for n in range(20_000))
    assert write_xlsx(BytesIO(), COLUMNS, rows, language="fa", sheet_name="x", about=[]) == 20_000


def test_rows_of_another_width_are_refused() -> None:
    with pytest.raises(ValueError):
        write_xlsx(BytesIO(), COLUMNS, [["x"]], language="fa", sheet_name="x", about=[])


def test_csv_opens_in_a_spreadsheet() -> None:
    data = "".join(write_csv(COLUMNS, ROWS)).encode()
    assert data.startswith(b"\xef\xbb\xbf")
    header, first, second = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""))
    assert header == [column.title for column in COLUMNS]
    assert first == ["مؤسسهٔ مهر کویر", "12", "0.75", "8.25", "2026-06-14", "۲۴ خرداد ۱۴۰۵"]
    assert second == ["'=1+1", "کمتر از ۵", "", "-2", "2026-06-14 09:30+00:00", ""]


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
def test_csv_guards_texts_but_not_numbers(start: str) -> None:
    columns = [Column("text", f"{start}title"), Column("number", "n", "number")]
    header, row = csv.reader(StringIO("".join(write_csv(columns, [[f"{start}cmd", -5]])).lstrip("\ufeff"), newline=""))
    assert header[0] == f"'{start}title"
    assert row == [f"'{start}cmd", "-5"]


def test_csv_is_written_as_the_rows_come() -> None:
    pieces = write_csv([Column("n", "n", "integer")], ([number] for number in range(10**9)))
    written = next(pieces) + next(pieces)
    assert written.startswith("\ufeffn\r\n0\r\n1\r\n")
    assert len(written) < 200_000
