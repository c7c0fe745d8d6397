"""Countries and time zones to choose from, named in the reader's language."""

from functools import cache

from babel import Locale
from babel.dates import get_timezone_location

from lms.text import sort_key

# Where most of our readers are: these stand first.
_NEAR = "IR AF TJ BH AE KW OM QA SA YE IQ JO LB PS SY EG SD LY TN DZ MA MR DJ SO KM TR"
_ZONES = """
Asia/Tehran Asia/Kabul Asia/Dushanbe Asia/Bahrain Asia/Dubai Asia/Kuwait Asia/Muscat Asia/Qatar Asia/Riyadh
Asia/Aden Asia/Baghdad Asia/Amman Asia/Beirut Asia/Gaza Asia/Hebron Asia/Damascus Africa/Cairo Africa/Khartoum
Africa/Tripoli Africa/Tunis Africa/Algiers Africa/Casablanca Africa/Nouakchott Africa/Djibouti
Africa/Mogadishu Indian/Comoro Europe/Istanbul Europe/London Europe/Paris Europe/Berlin Europe/Brussels
Europe/Stockholm Asia/Karachi America/New_York America/Toronto America/Los_Angeles Australia/Sydney
"""
# Where a country lives by one clock; readers there need not choose it.
_ZONE_OF = {
    "IR": "Asia/Tehran",
    "AF": "Asia/Kabul",
    "TJ": "Asia/Dushanbe",
    "BH": "Asia/Bahrain",
    "AE": "Asia/Dubai",
    "KW": "Asia/Kuwait",
    "OM": "Asia/Muscat",
    "QA": "Asia/Qatar",
    "SA": "Asia/Riyadh",
    "YE": "Asia/Aden",
    "IQ": "Asia/Baghdad",
    "JO": "Asia/Amman",
    "LB": "Asia/Beirut",
    "PS": "Asia/Hebron",
    "SY": "Asia/Damascus",
    "EG": "Africa/Cairo",
    "SD": "Africa/Khartoum",
    "LY": "Africa/Tripoli",
    "TN": "Africa/Tunis",
    "DZ": "Africa/Algiers",
    "MA": "Africa/Casablanca",
    "MR": "Africa/Nouakchott",
    "DJ": "Africa/Djibouti",
    "SO": "Africa/Mogadishu",
    "KM": "Indian/Comoro",
    "TR": "Europe/Istanbul",
    "PK": "Asia/Karachi",
    "GB": "Europe/London",
    "FR": "Europe/Paris",
    "DE": "Europe/Berlin",
    "BE": "Europe/Brussels",
    "SE": "Europe/Stockholm",
}
# CLDR's long form is not what people there call it.
_USUAL = {"PS": {"fa": "فلسطین", "ar": "فلسطين", "en": "Palestine"}}
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


@cache
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of every country: those near our readers first, each part in alphabetical order."""
    names = {
        code: _USUAL.get(code, {}).get(language) or name
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    }
    ordered = sorted(names.items(), key=lambda item: (item[0] not in _NEAR.split(), sort_key(item[1], language)))
    return tuple(ordered)


@cache
def time_zones(language: str) -> tuple[tuple[str, str], ...]:
    """(IANA name, city) of the time zones where networks are, in alphabetical order, UTC first."""
    cities = [(zone, get_timezone_location(zone, locale=language, return_city=True)) for zone in _ZONES.split()]
    return (("UTC", "UTC"), *sorted(cities, key=lambda item: sort_key(item[1], language)))


def zone_of(country: str | None) -> str:
    """The IANA name of a country's time zone, or nothing for one that is far, or has several."""
    return _ZONE_OF.get(country or "", "")


def country_name(code: str | None, language: str) -> str:
    """The name of a country, or nothing."""
    return dict(countries(language)).get(code or "", "")
