"""What is done to text on its way in (cleaning) and to values on their way out (isolation)."""

import re
import unicodedata

ZWNJ = "\u200c"

_TO_ASCII = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")

# Bidi marks and controls, zero-width space, word joiner, BOM, soft hyphen; lone surrogates cannot be stored.
_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_GAP = re.compile(r"[\s\u200c]+")

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Embeddings and overrides can turn a whole page around; isolates and marks are what authors need.
_NOT_IN_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\ufeff\ud800-\udfff]")

_PERSIAN_LETTERS = str.maketrans("يك", "یک")
# A final ى: nothing but marks stands between it and the end of its word.
_FINAL_ALEF_MAKSURA = re.compile(r"ى(?=[\u064b-\u065f\u0670]*(?![\w\u064b-\u065f\u0670]))")


def ascii_digits(s: str) -> str:
    """Return s with Persian and Arabic-Indic digits written as 0-9."""
    return s.translate(_TO_ASCII)


def clean_line(s: str) -> str:
    """Return a single-line value (name, title, code) as it is stored.

    NFC; no control, bidi or invisible characters; white space collapsed to single
    spaces; ZWNJ kept inside words and dropped at the edges and beside spaces.
    """
    # Most lines hold nothing that would have to go: what is printable has no sign of these, and no space but " ".
    if s.isprintable() and "  " not in s and unicodedata.is_normalized("NFC", s):
        return s.strip(" ")
    seen = _UNSEEN.sub("", _CONTROL.sub("", s))
    return _GAP.sub(_one_gap, unicodedata.normalize("NFC", seen)).strip(" " + ZWNJ)


def _one_gap(gap: re.Match[str]) -> str:
    return ZWNJ if gap[0].strip(ZWNJ) == "" else " "


def clean_text(s: str) -> str:
    r"""Return a multi-line text as it is stored: NFC, ``\n`` line ends, no control characters.

    Tabs, ZWNJ, bidi marks and isolates stay; bidi embeddings and overrides go.
    """
    lines = _LINE_END.sub("\n", s)
    return unicodedata.normalize("NFC", _NOT_IN_TEXT.sub("", lines))


def clean_for_language(s: str, language: str) -> str:
    """Return s with the letters of its language: in Persian ي and final ى become ی, ك becomes ک."""
    if language != "fa":
        return s
    letters = unicodedata.normalize("NFC", s).translate(_PERSIAN_LETTERS)
    return _FINAL_ALEF_MAKSURA.sub("ی", letters)


def isolate(s: str) -> str:
    """Return s so that it cannot disturb, or be disturbed by, the direction of text around it."""
    return f"\u2068{s}\u2069"


def isolate_ltr(s: str) -> str:
    """Return s isolated and left-to-right: codes, addresses, phone numbers."""
    return f"\u2066{s}\u2069"
