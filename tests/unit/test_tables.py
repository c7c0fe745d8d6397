"""Tables read: files as people's machines really write them, and files made to do harm."""

import resource
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from lms.documents.sheets import Cell, Column, write_csv, write_xlsx
from lms.documents.tables import Table, TableError, read_table

HEADER = ("نام", "سازمان")
ROW = ("مریم رستمی", "مهر، کویر")


def code_of(data: bytes, name: str = "x.xlsx", **limits: int) -> str:
    with pytest.raises(TableError) as refusal:
        read_table(data, name, **limits)
    return refusal.value.code


def workbook(cells: dict[tuple[int, int], object], **formats: str) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        dated = book.add_format({"num_format": formats.get("dated", "yyyy-mm-dd")})
        for (row, column), value in cells.items():
            sheet.write(row, column, value, *([dated] if isinstance(value, date) else []))
    return stream.getvalue()


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name) or old.read(name))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return stream.getvalue()


def sheet_of(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


PLAIN = workbook({(0, 0): "name", (1, 0): "x"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "؛", "،"])
def test_csv_of_every_common_kind(encoding: str, delimiter: str) -> None:
    lines = [HEADER, ROW, ("علی", "نسیم")]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    assert read_table(text.encode(encoding), "x.csv") == Table(HEADER, (ROW, ("علی", "نسیم")), (2, 3))


def test_csv_of_an_old_windows() -> None:
    text = "الاسم;المنظمة\r\nلیلى منصور;جمعية نسيج\r\nپروین;گچساران\r\n".replace("ی", "ي")
    table = read_table(text.encode("cp1256"), "x.csv")
    assert table.headers == ("الاسم", "المنظمة")
    assert table.rows[1] == ("پروين", "گچساران")


def test_a_list_of_names_is_a_table_of_one_column() -> None:
    assert read_table("نام\nمریم\nعلی\n".encode(), "x.txt").rows == (("مریم",), ("علی",))


def test_a_first_line_may_name_the_delimiter() -> None:
    table = read_table(b"sep=;\r\na;b\r\n1,5;2\r\n", "x.csv")
    assert (table.headers, table.rows) == (("a", "b"), (("1,5", "2"),))


def test_empty_rows_are_left_out_and_the_numbers_stay() -> None:
    table = read_table(b"\n\na,b,\n,,\n1,2\n\n3\n", "x.csv")
    assert table == Table(("a", "b"), (("1", "2"), ("3", "")), (5, 7))


def test_cells_are_cleaned_and_joiners_kept() -> None:
    cell = "\u202a+98\xa0912\u202c"
    table = read_table(f"a,b\n  می\u200cرود ,{cell}\n'=x,'tis\n".encode(), "x.csv")
    assert table.rows == (("می\u200cرود", "+98 912"), ("=x", "'tis"))


def test_workbook_cells_become_plain_texts() -> None:
    values = [12, 12.0, 0.1 + 0.2, -3.5, 989121234567, date(2026, 6, 14), datetime(2026, 6, 14, 9, 30), True, "۱۲"]  # noqa: DTZ001
    data = workbook({(0, n): f"h{n}" for n in range(len(values))} | {(1, n): value for n, value in enumerate(values)})
    (row,) = read_table(data, "x.xlsx").rows
    assert row == ("12", "12", "0.3", "-3.5", "989121234567", "2026-06-14", "2026-06-14T09:30", "true", "۱۲")


def test_a_workbook_is_known_by_its_content_and_keeps_its_row_numbers() -> None:
    table = read_table(workbook({(2, 1): "name", (4, 1): "x", (5, 2): "y"}), "list.csv")
    assert table == Table(("", "name", ""), (("", "x", ""), ("", "", "y")), (5, 6))


def test_what_we_write_we_read_again() -> None:
    columns = [Column("a", "نام"), Column("b", "تعداد", "integer"), Column("c", "روز", "date")]
    rows: list[list[Cell]] = [["+98 مهر", 3, date(2026, 6, 14)], ["-", 0, None]]
    stream = BytesIO()
    write_xlsx(stream, columns, rows, language="fa", sheet_name="x", about=[("a", "b")])
    expected = (("+98 مهر", "3", "2026-06-14"), ("-", "0", ""))
    assert read_table(stream.getvalue(), "x").rows == expected
    assert read_table("".join(write_csv(columns, rows)).encode(), "x").rows == expected


@pytest.mark.parametrize("data", [b"", b" \n", b"a,b\n", b"a,b\n,,\n", workbook({}), workbook({(0, 0): "a"})])
def test_nothing_below_a_header_is_empty(data: bytes) -> None:
    assert code_of(data) == "empty"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 x",
        b"<html><table>",
        b'{"a": 1}',
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\x00\x01\x02",
        repacked(PLAIN, {})[:4],
    ],
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    assert code_of(data) in {"not_a_table", "unreadable"}


def test_an_archive_of_something_else_is_no_table() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert code_of(stream.getvalue()) == "not_a_table"


@pytest.mark.parametrize(("name", "detail"), [("list.XLS", "xls"), ("list.xlsx", "locked")])
def test_old_and_locked_workbooks_are_told_apart(name: str, detail: str) -> None:
    with pytest.raises(TableError) as refusal:
        read_table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, name)
    assert (refusal.value.code, refusal.value.detail) == ("not_a_table", detail)


def test_limits_on_rows_and_columns() -> None:
    assert len(read_table(b"a\n" + b"1\n" * 5, "x", max_rows=5).rows) == 5
    assert code_of(b"a\n" + b"1\n" * 6, max_rows=5) == "too_many_rows"
    assert code_of(b"a,b,c\n1\n", max_columns=2) == "too_large"
    assert code_of(workbook({(n, 0): "x" for n in range(8)}), max_rows=5) == "too_many_rows"
    assert code_of(b"x" * (20 * 1024 * 1024 + 1)) == "too_large"


def test_a_zip_bomb_is_refused_unread() -> None:
    assert code_of(repacked(PLAIN, {"xl/media/a.bin": bytes(61 * 1024 * 1024)})) == "too_large"
    assert code_of(repacked(PLAIN, {"xl/media/a.bin": bytes(20 * 1024 * 1024)})) == "too_large"
    assert code_of(repacked(PLAIN, {f"{number}.txt": b"x" for number in range(2001)})) == "too_large"


FAR_CELLS = [
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    '<row r="1048576"><c><v>1</v></c></row><row><c r="XFD1"><v>1</v></c></row>',
    f"<row>{'<c/>' * 5000}<c><v>1</v></c></row>{'<row/>' * 5000}<row><c><v>1</v></c></row>",
]


@pytest.mark.parametrize("rows", FAR_CELLS, ids=range(len(FAR_CELLS)))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_two_cells_far_apart_do_not_fill_the_memory(rows: str, encoding: str) -> None:
    sheet = sheet_of(rows).decode().encode(encoding)
    assert code_of(repacked(PLAIN, {"xl/worksheets/sheet1.xml": sheet})) in {"too_large", "unreadable"}


def test_one_text_in_many_cells_does_not_fill_the_memory() -> None:
    shared = '<c t="s"><v>0</v></c>'
    rows = "".join(f"<row>{shared * 40}</row>" for _ in range(1000))
    texts = b"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>" + b"x" * 100_000
    changes = {"xl/worksheets/sheet1.xml": sheet_of(rows), "xl/sharedStrings.xml": texts + b"</t></si></sst>"}
    decoy = {"xl/a.xml": b"<sst><si><t>x</t></si></sst>"}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert code_of(repacked(PLAIN, changes | decoy)) == "too_large"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_entities_are_refused() -> None:
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>' + sheet_of("<row><c><v>&a;</v></c></row>")
    assert code_of(repacked(PLAIN, {"xl/worksheets/sheet1.xml": entities})) == "unreadable"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_broken_workbook_is_unreadable(part: str) -> None:
    assert code_of(repacked(PLAIN, {part: b"<sheetData"})) in {"unreadable", "empty"}


@given(st.binary(max_size=400), st.integers(0, len(PLAIN) - 1))
def test_damage_is_refused_and_never_crashes(noise: bytes, place: int) -> None:
    for data in (noise, PLAIN[:place] + noise + PLAIN[place + len(noise) :]):
        with suppress(TableError):
            assert len(read_table(data, "x").headers) > 0
