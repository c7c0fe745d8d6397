"""Amounts of money: typed in any digits, kept exactly, written as the reader writes them."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from babel.numbers import get_currency_name

from lms.i18n import gettext as _
from lms.i18n import language, reader
from lms.text import isolate, parse_number

CURRENCIES = (
    *("IRR", "AFN", "IQD", "SYP", "LBP", "JOD", "EGP", "SDG", "LYD", "TND", "DZD", "MAD", "MRU", "SAR", "YER"),
    *("OMR", "AED", "QAR", "BHD", "KWD", "TRY", "PKR", "USD", "EUR", "GBP", "CHF", "SEK", "NOK", "DKK", "CAD", "JPY"),
)
MOST = Decimal(10) ** 15
PLACES = 3
"""Decimals of the smallest coin: a fils is a thousandth of a dinar."""


def currency_name(code: str) -> str:
    """What the reader calls a currency."""
    return get_currency_name(code, locale=language())


def currency_choices() -> list[tuple[str, str]]:
    """Codes and names, in the order of the list: those of the region first."""
    return [(code, currency_name(code)) for code in CURRENCIES]


def read_amount(typed: str) -> str:
    """The amount as it is stored. Raises ValueError, with a message for the reader."""
    try:
        amount = parse_number(typed)
    except ValueError:
        raise ValueError(_("Write a number, in any digits.")) from None
    if not 0 < amount < MOST:
        raise ValueError(_("Write an amount above nothing."))
    exact = amount.normalize()
    if -int(exact.as_tuple().exponent) > PLACES:
        raise ValueError(_("Write at most three decimals."))
    return f"{exact:f}"


def written(value: Mapping[str, str]) -> str:
    """An amount with its currency, isolated."""
    try:
        amount = Decimal(value["amount"])
    except (KeyError, InvalidOperation):
        return ""
    return isolate(f"{reader().number(amount)} {currency_name(value.get('currency', ''))}")
