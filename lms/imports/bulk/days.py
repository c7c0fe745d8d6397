"""Days as offices write them: any digits, three calendars, numbers or names of months."""

import re
from datetime import date
from functools import lru_cache

from lms.formats.calendars import from_gregorian, from_hijri, from_jalali, to_jalali
from lms.formats.names import HIJRI, gregorian_months, jalali_months
from lms.text import answer_key, ascii_digits, clean_line

LONGEST = 40
CALENDARS = ("auto", "jalali", "hijri", "gregorian")
_READ = {"jalali": from_jalali, "hijri": from_hijri, "gregorian": from_gregorian}
_GAP = r"(?:\s*[/.,،-]\s*|\s+|(?<=[0-9])(?=[^\W\d])|(?<=[^\W\d])(?=[0-9]))"
_PARTS = re.compile(rf"([0-9]{{1,4}}){_GAP}(.+?){_GAP}([0-9]{{1,4}})")
_TIME = re.compile(r"[T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$")
_EPOCH = re.compile(r"(ه\.?\s?ش|ه\.?\s?ق|م|هـ|ش|ق)\.?$")


def _months() -> dict[str, tuple[str, int]]:
    """Calendar and number of every month by its name in any language of ours."""
    found: dict[str, tuple[str, int]] = {}
    for calendar, lists in (
        ("hijri", list(HIJRI.values())),
        ("gregorian", [gregorian_months(*place) for place in _PLACES]),
        ("jalali", [jalali_months(*place) for place in _PLACES]),
    ):
        for names in lists:
            for number, name in enumerate(names, 1):
                found[answer_key(name)] = (calendar, number)
    return found


_PLACES = (
    ("fa", None),
    ("fa", "AF"),
    ("ar", None),
    ("ar", "LB"),
    ("ar", "DZ"),
    ("ar", "MA"),
    ("ar", "MR"),
    ("en", None),
)
_MONTHS = _months()


@lru_cache(maxsize=20_000)
def day_of(text: str, calendar: str, today: date) -> date:
    """The day that a cell names, in the given calendar, or ("auto") in the one that its year tells.

    The name of a month tells its calendar, and a workbook's own dates are Gregorian, whatever is given.

    1403/07/12, ۱۲ مهر ۱۴۰۳, 2024-10-03, 3/10/2024 (the day first), 29 ربيع الأول 1446. Years from 1850 on are
    Gregorian; of the others those up to next Jalali year are Jalali, the later ones Hijri. Raises ValueError for
    anything else, and for a day that does not exist.
    """
    plain = _EPOCH.sub("", _TIME.sub("", ascii_digits(clean_line(text)))).strip()
    parts = _PARTS.fullmatch(plain) if len(plain) <= LONGEST else None
    if parts is None:
        raise ValueError(f"no day: {text[:LONGEST]!r}")
    first, middle, last = parts.groups()
    if max(len(first), len(last)) != 4 or min(len(first), len(last)) > 2:
        raise ValueError("a year has four digits")
    year, day = (int(first), int(last)) if len(first) == 4 else (int(last), int(first))
    named, month = ("", int(middle)) if middle.isdecimal() else _MONTHS.get(answer_key(middle), ("", 0))
    told = _calendar_of(year, today)
    return _READ[named or (told if calendar == "auto" or told == "gregorian" else calendar)](year, month, day)


def _calendar_of(year: int, today: date) -> str:
    if year >= 1850:
        return "gregorian"
    return "jalali" if year <= to_jalali(today)[0] + 1 else "hijri"
