"""iCalendar (RFC 5545): days with a name, as a calendar on a phone subscribes to them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MIMETYPE = "text/calendar"
MOST_OCTETS = 75
"""Of a line, its end not counted."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u0085\u2028\u2029]")


@dataclass(frozen=True)
class DayEvent:
    """Something that is on a whole day. `uid` stays the same however often it is told; `stamp` says when it changed."""

    uid: str
    day: date
    stamp: datetime
    summary: str
    description: str = ""
    url: str = ""


def calendar(name: str, language: str, events: Iterable[DayEvent]) -> bytes:
    """A calendar of days, as a feed that is asked for again and again."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tashbik//Certification//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        *(line for each in events for line in _event(each, language)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def _event(event: DayEvent, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{event.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(event.day)}"
    yield f"DTEND;VALUE=DATE:{_day(event.day + timedelta(days=1))}"
    yield f"SUMMARY;LANGUAGE={language}:{escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION;LANGUAGE={language}:{escaped(event.description)}"
    if event.url:
        yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def escaped(text: str) -> str:
    """A text as the value of a property: RFC 5545, 3.3.11. Line ends of every kind become one, controls go."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    marked = plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return _UNWRITABLE.sub("", marked.replace("\n", "\\n"))


def folded(line: str) -> bytes:
    """A line with its end, in pieces of at most 75 octets, the later ones after a space; no character is torn."""
    pieces, size = [bytearray()], 0
    for character in line:
        octets = character.encode()
        if size + len(octets) > MOST_OCTETS:
            pieces.append(bytearray(b" "))
            size = 1
        pieces[-1] += octets
        size += len(octets)
    return b"\r\n".join(bytes(piece) for piece in pieces) + b"\r\n"
