"""Public ids and the codes that stand on certificates.

A certificate code is ``TSH-XXXX-XXXX``: seven random symbols and a check symbol. Symbols
have the values 0-29 in the order of ``ALPHABET``; with the weights 8, 7, 6, 5, 4, 3, 2, 1
from left to right the weighted sum of all eight is a multiple of 31. As 31 is prime and
greater than any value or weight, a wrong symbol or two exchanged neighbours always break
the sum. Codes that would need the check value 30 are never issued.
"""

import re
import secrets
import unicodedata

from lms.text.cleaning import ascii_digits

# No 0 1 I L O U: they are misread on paper, or make words.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "TSH"

_MODULUS = 31
_LENGTH = 8
_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
_NOT_SYMBOL = re.compile(r"[\W_]+")


def short_id(length: int = 10) -> str:
    """Return a random public id of lower-case letters and digits (49 bits at length 10)."""
    return _random(length).lower()


def certificate_code() -> str:
    """Return a new random certificate code, such as TSH-7K2M-94QD."""
    while True:
        payload = _random(_LENGTH - 1)
        check = -_weighted_sum(payload) % _MODULUS
        if check < len(ALPHABET):
            return _written(payload + ALPHABET[check])


def normalize_code(s: str) -> str:
    """Return a typed code in its written form.

    Any digits, either case, spaces, missing hyphens and a missing prefix are accepted. What
    cannot be a code comes back in upper case without separators, and is not well-formed.
    """
    typed = _NOT_SYMBOL.sub("", ascii_digits(unicodedata.normalize("NFKC", s))).upper()
    symbols = typed.removeprefix(PREFIX) if len(typed) == len(PREFIX) + _LENGTH else typed
    return _written(symbols) if len(symbols) == _LENGTH else typed


def code_is_well_formed(s: str) -> bool:
    """Tell whether s, however typed, is a code that could have been issued."""
    prefix, *groups = normalize_code(s).split("-")
    symbols = "".join(groups)
    return (
        prefix == PREFIX
        and len(symbols) == _LENGTH
        and all(symbol in _VALUES for symbol in symbols)
        and _weighted_sum(symbols) % _MODULUS == 0
    )


def _random(length: int) -> str:
    # One number for all symbols: whatever the system is asked for costs as much as making them.
    number, symbols = secrets.randbelow(len(ALPHABET) ** length), ""
    for _ in range(length // 2):
        number, value = divmod(number, len(_PAIRS))
        symbols += _PAIRS[value]
    return symbols + ALPHABET[number] if length % 2 else symbols


def _weighted_sum(symbols: str) -> int:
    return sum((_LENGTH - place) * _VALUES[symbol] for place, symbol in enumerate(symbols))


def _written(symbols: str) -> str:
    return f"{PREFIX}-{symbols[:4]}-{symbols[4:]}"
