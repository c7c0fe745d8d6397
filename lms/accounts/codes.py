"""Codes that people copy from paper or from a message: letters and digits that are not taken for one another."""

import hashlib
import re
import unicodedata

from lms.text import ascii_digits, short_id

GROUP = 4
_SEPARATORS = re.compile(r"[\W_]+")


def new_code(groups: int) -> str:
    """A random code in groups of four, as it is written: 20 bits a group."""
    return "-".join(short_id(GROUP).upper() for _ in range(groups))


def read_code(typed: str) -> str:
    """A typed code without its separators, in one spelling: any digits, either case."""
    return _SEPARATORS.sub("", ascii_digits(unicodedata.normalize("NFKC", typed))).upper()


def code_hash(code: str) -> str:
    """What is stored of a code, however it was typed."""
    return hashlib.sha256(read_code(code).encode("utf-8", "surrogatepass")).hexdigest()
