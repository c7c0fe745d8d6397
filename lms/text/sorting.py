"""Sort keys: strings whose code-point order is the alphabetical order of a language.

They are stored in a column and compared by SQLite (BINARY), PostgreSQL (COLLATE "C") and
Python alike. Groups of letters that a dictionary does not tell apart share a place.
"""

import re
import unicodedata

from lms.text.cleaning import clean_line

_PERSIAN = "آ|اٱ|ءأؤإئ|ب|پ|ت|ث|ج|چ|ح|خ|د|ذ|ر|ڕ|ز|ژ|س|ش|ص|ض|ط|ظ|ع|غ|ف|ڤ|ق|کكڪ|گ|ل|ڵ|م|ن|وۆ|هةۀەھہۃ|یىيېےێ"
_ARABIC = "ءأؤإئا|ٱ|ب|پ|تة|ث|ج|چ|ح|خ|د|ذ|ر|ڕ|ز|ژ|س|ش|ص|ض|ط|ظ|ع|غ|ف|ڤ|ق|كڪ|ک|گ|ل|ڵ|م|ن|هھہ|ۀەۃ|وۆ|ىيیېےێ"
_LATIN = "a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|q|r|s|t|u|v|w|x|y|z"

# Below the first letter: space 0x20, numbers 0x30-0x7e. Then the own script, the second, all others.
_OWN, _SECOND, _OTHER = 0x100, 0x200, "\u0280"
_TIE = "\x01"
# Long enough for every title; keeps the key within what an index of PostgreSQL takes.
_LONGEST = 200
_NUMBER = re.compile("[0-9]+")
_IGNORED = {"Mn", "Me", "Cf", "Cc", "Cs"}


class _Places(dict[int, str]):
    """The place of each character in one language's order, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        place = self[code] = self._place(chr(code))
        return place

    def _place(self, c: str) -> str:
        simpler = unicodedata.normalize("NFKD", c.casefold())
        if simpler != c:
            return simpler.translate(self)
        if c.isdecimal():
            return str(unicodedata.decimal(c))
        category = unicodedata.category(c)
        if c == "ـ" or category in _IGNORED:
            return ""
        return " " if category[0] in "PSZ" else _OTHER + c


def _places(own: str, second: str) -> _Places:
    places = _Places()
    for alphabet, offset in ((own, _OWN), (second, _SECOND)):
        for index, group in enumerate(alphabet.split("|")):
            places.update({ord(letter): chr(offset + index) for letter in group})
    return places


_ORDERS = {
    "fa": _places(_PERSIAN, _LATIN),
    "ar": _places(_ARABIC, _LATIN),
    "en": _places(_LATIN, _PERSIAN),
}
_ORDERS["ar"][ord("آ")] = 2 * _ORDERS["ar"][ord("ا")]


def sort_key(s: str, language: str) -> str:
    """Return the key that puts s in the alphabetical order of language ("fa", "ar" or "en").

    Numbers come first and by value, then the language's own script, then the other one.
    Marks, case and punctuation decide only between texts that are otherwise equal.
    """
    line = clean_line(s)[:_LONGEST]
    places = " ".join(line.translate(_ORDERS[language]).split())
    return _NUMBER.sub(_by_value, places) + _TIE + line


def _by_value(run: re.Match[str]) -> str:
    """Return a run of digits led by its length, so that 2 comes before 10."""
    digits = run[0].lstrip("0") or "0"
    return chr(min(ord("0") + len(digits), ord("~"))) + digits
