"""iCalendar: lines that are folded, texts that are escaped, and days."""

import re
import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.documents.icalendar import MOST_OCTETS, DayEvent, calendar, escaped, folded

STAMP = datetime(2026, 8, 1, 6, 30, tzinfo=UTC)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=300)


def unfolded(data: bytes) -> str:
    """What a reader of RFC 5545 makes of folded lines: a line end and the space after it go."""
    return data.replace(b"\r\n ", b"").decode()


def unescaped(value: str) -> str:
    """What a reader makes of a text."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


@given(TEXTS)
def test_folding_keeps_the_line_and_its_width(text: str) -> None:
    line = escaped(text)
    data = folded(line)
    assert data.endswith(b"\r\n")
    assert all(len(piece) <= MOST_OCTETS for piece in data.removesuffix(b"\r\n").split(b"\r\n"))
    for piece in data.split(b"\r\n"):
        piece.decode()
    assert unfolded(data) == line + "\r\n"


@given(TEXTS)
def test_escaping_loses_no_letter_and_ends_no_line(text: str) -> None:
    value = escaped(text)
    assert not re.search(r"[\r\n]", value)
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), "what separates values is marked"
    kept = re.sub("[\x00-\x08\x0b-\x1f\x7f\u0085\u2028\u2029]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    assert unescaped(value) == kept


def test_a_line_that_just_fits_is_not_folded() -> None:
    assert folded("x" * MOST_OCTETS) == b"x" * MOST_OCTETS + b"\r\n"
    assert folded("x" * (MOST_OCTETS + 1)) == b"x" * MOST_OCTETS + b"\r\n x\r\n"
    assert folded("x" * (MOST_OCTETS - 1) + "ش") == b"x" * (MOST_OCTETS - 1) + "\r\n ش\r\n".encode()


@given(TEXTS, TEXTS, st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_nothing_that_is_written_adds_a_property(summary: str, description: str, day: date) -> None:
    event = DayEvent("0190-1", day, STAMP, summary, description, "https://a.org/fa/organizations/x")
    lines = unfolded(calendar(summary, "fa", [event])).removesuffix("\r\n").split("\r\n")
    names = [re.split("[:;]", line)[0] for line in lines]
    assert names.count("BEGIN") == names.count("END") == 2
    assert names.count("SUMMARY") == 1
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in lines
    assert "DTSTAMP:20260801T063000Z" in lines


def test_a_calendar_reads_as_it_should() -> None:
    event = DayEvent("u-1", date(2026, 12, 31), STAMP, "پایان اعتبار؛ سطح ۱, آماده", "الف\nب;\\")
    assert unfolded(calendar("تقویم", "fa", [event])).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tashbik//Certification//EN",
        "CALSCALE:GREGORIAN",
        "NAME:تقویم",
        "X-WR-CALNAME:تقویم",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        "BEGIN:VEVENT",
        "UID:u-1",
        "DTSTAMP:20260801T063000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY;LANGUAGE=fa:پایان اعتبار؛ سطح ۱\\, آماده",
        "DESCRIPTION;LANGUAGE=fa:الف\\nب\\;\\\\",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize("letter", ["é", "👩‍👩‍👧", "ي\u200c", "\u200f"])
def test_no_character_is_torn(letter: str) -> None:
    for before in range(MOST_OCTETS - 8, MOST_OCTETS + 1):
        pieces = folded("x" * before + letter * 40).split(b"\r\n")
        assert unicodedata.normalize("NFC", b"".join(p.removeprefix(b" ") for p in pieces).decode()).startswith("x")
