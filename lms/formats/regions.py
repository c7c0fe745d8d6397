"""What differs between countries that share a language: weeks, clocks, separators."""

from typing import NamedTuple

MONDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 2, 3, 4, 5, 6


class Week(NamedTuple):
    """A country's week; days are numbered as by ``date.weekday()``, Monday is 0."""

    start: int
    weekend: frozenset[int]


_IRAN = Week(SATURDAY, frozenset({FRIDAY}))
_AFGHANISTAN = Week(SATURDAY, frozenset({THURSDAY, FRIDAY}))
_MOST_ARAB = Week(SATURDAY, frozenset({FRIDAY, SATURDAY}))
_SAUDI = Week(SUNDAY, frozenset({FRIDAY, SATURDAY}))
_WORLD = Week(MONDAY, frozenset({SATURDAY, SUNDAY}))
_AMERICAN = Week(SUNDAY, frozenset({SATURDAY, SUNDAY}))

_BY_COUNTRY = {
    "IR": _IRAN,
    "AF": _AFGHANISTAN,
    **dict.fromkeys(["BH", "EG", "KW", "QA", "OM", "IQ", "JO", "SY", "SD", "LY", "DZ"], _MOST_ARAB),
    **dict.fromkeys(["SA", "YE"], _SAUDI),
    **dict.fromkeys(["LB", "PS", "AE", "MA", "TN", "MR"], _WORLD),
    **dict.fromkeys(["US", "CA"], _AMERICAN),
}
_BY_LANGUAGE = {"fa": _IRAN, "ar": _MOST_ARAB, "en": _WORLD}

LEVANT = frozenset(["IQ", "JO", "LB", "PS", "SY"])
FRENCH_MONTHS = frozenset(["DZ", "TN"])
COMMA_DECIMAL = frozenset(["DZ", "LY", "MA", "MR", "TN"])
ARABIC_24_HOURS = frozenset(["KM", "MA"])


def week_of(language: str, country: str | None) -> Week:
    """Return the week of a country, or the usual one of a language where the country is not known."""
    return _BY_COUNTRY.get(country or "", _BY_LANGUAGE[language])
