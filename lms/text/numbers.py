"""Reading numbers as people type them, in any of the three sets of digits."""

import re
from decimal import Decimal

from lms.text.cleaning import ascii_digits

_LONGEST = 64
_UNSEEN = re.compile("[\u061c\u200c-\u200f\u2066-\u2069\u202a-\u202e\ufeff]")
_SIGNS = str.maketrans("−﹣－‐‑–٫", "------.")
_NUMBER = re.compile(
    r"(?P<sign>[-+]?) ?"
    r"(?P<whole>[0-9]+|[0-9]{1,3}(?:(?P<group>[,٬ \u00a0\u2009\u202f])[0-9]{3})(?:(?P=group)[0-9]{3})*|)"
    r"(?:\.(?P<fraction>[0-9]*))?"
)


def parse_number(s: str) -> Decimal:
    """Return the number that s writes.

    Digits may be ASCII, Persian or Arabic-Indic; ``٫`` and ``.`` are the decimal point;
    ``٬``, ``,`` and spaces may group thousands. Raises ValueError for anything else, also
    for what could be read in two ways, as 12,5.
    """
    typed = _UNSEEN.sub("", ascii_digits(s)).translate(_SIGNS).strip()
    found = _NUMBER.fullmatch(typed) if len(typed) <= _LONGEST else None
    if not found:
        raise ValueError(f"not a number: {s[:_LONGEST]!r}")
    whole = re.sub("[^0-9]", "", found["whole"])
    fraction = found["fraction"] or ""
    if not whole + fraction:
        raise ValueError(f"no digits: {s[:_LONGEST]!r}")
    return Decimal(f"{found['sign']}{whole or 0}.{fraction or 0}") if fraction else Decimal(found["sign"] + whole)
