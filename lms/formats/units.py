"""Counted units of time. Their plurals are few and fixed, so they stand here and not in a catalog."""

from typing import NamedTuple


class ArabicUnit(NamedTuple):
    """An Arabic noun as it follows numbers; one and two carry no numeral and have two cases."""

    one: str
    two: str
    two_nominative: str
    few: str
    many: str
    other: str


_ARABIC = {
    "second": ArabicUnit("ثانية", "ثانيتين", "ثانيتان", "ثوانٍ", "ثانية", "ثانية"),
    "minute": ArabicUnit("دقيقة", "دقيقتين", "دقيقتان", "دقائق", "دقيقة", "دقيقة"),
    "hour": ArabicUnit("ساعة", "ساعتين", "ساعتان", "ساعات", "ساعة", "ساعة"),
    "day": ArabicUnit("يوم", "يومين", "يومان", "أيام", "يومًا", "يوم"),
}
_PERSIAN = {"second": "ثانیه", "minute": "دقیقه", "hour": "ساعت", "day": "روز"}


def counted(language: str, n: int, unit: str, *, nominative: bool = False) -> str:
    """Return n of a unit ("second", "minute", "hour", "day") with ASCII digits.

    ``nominative`` matters to the Arabic dual: «بقيت دقيقتان», but «قبل دقيقتين».
    """
    if language == "fa":
        return f"{n} {_PERSIAN[unit]}"
    if language == "en":
        return f"{n} {unit}" if n == 1 else f"{n} {unit}s"
    return _counted_arabic(n, _ARABIC[unit], nominative)


def _counted_arabic(n: int, unit: ArabicUnit, nominative: bool) -> str:
    if n == 1:
        return unit.one
    if n == 2:
        return unit.two_nominative if nominative else unit.two
    if 3 <= n % 100 <= 10:
        return f"{n} {unit.few}"
    return f"{n} {unit.many if n % 100 >= 11 else unit.other}"
