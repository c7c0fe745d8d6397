"""Keys under which two spellings of the same words are equal.

Different keyboards write ی or ي, ک or ك, شبکه‌سازی with or without a ZWNJ, names with or
without vowel marks. Keys forget all that. They are stored, so any change of what they
forget raises ``key_version`` and needs a reindex.
"""

import re
import unicodedata

from lms.text.cleaning import ZWNJ

key_version = 1

_LETTERS = {
    **dict.fromkeys("يىېے", "ی"),
    **dict.fromkeys("كڪ", "ک"),
    **dict.fromkeys("ةۀەہھۃ", "ه"),
    **dict.fromkeys("«»“”„‟", '"'),
    **dict.fromkeys("‘’‚‛", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("ءـ٬", ""),
    "ٱ": "ا",
    "٪": "%",
    "٫": ".",
    "،": ",",
    "؛": ";",
    "؟": "?",
}
# Marks, format characters (ZWNJ and bidi controls among them), controls and lone surrogates.
_DROPPED = {"Mn", "Me", "Cf", "Cc", "Cs"}
_NOT_WORD = re.compile(r"[\W_]+")


class _Folding(dict[int, str]):
    """The folding of single characters, filled as they are met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(c: str) -> str:
    if c.isspace():
        return " "
    if unicodedata.category(c) in _DROPPED:
        return ""
    return str(unicodedata.decimal(c)) if c.isdecimal() else c.casefold()


_FOLDING = _Folding({ord(c): folded for c, folded in _LETTERS.items()})


def fold_key(s: str) -> str:
    """Return the joined key of s: letters folded, marks and ZWNJ gone, digits ASCII, lower case."""
    return " ".join(unicodedata.normalize("NFKD", s).translate(_FOLDING).split())


def split_key(s: str) -> str:
    """Return the key of s with every ZWNJ read as a space."""
    return fold_key(s.replace(ZWNJ, " "))


def answer_key(s: str) -> str:
    """Return the compact key of s: the joined key without spaces and punctuation.

    A text of punctuation only keeps it, so that "+" and "-" stay different answers.
    It makes 125 of 12.5: numeric answers are compared by ``parse_number`` instead.
    """
    key = fold_key(s)
    return _NOT_WORD.sub("", key) or key
