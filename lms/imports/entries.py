"""People of a list of staff, as their rows name them: names, mail addresses, languages."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lms.imports.words import SEPARATORS, column_words
from lms.text import answer_key, clean_line, is_mail_address

_LANGUAGES = {
    "fa": "fa، فارسی، پارسی، دری، الفارسية، فارسي، persian, farsi, dari",
    "ar": "ar، عربی، العربية، عربي، arabic",
    "en": "en، انگلیسی، الإنجليزية، إنجليزي، english",
}
_PARTS = re.compile(r"[<,;،؛\n]")
_WRITTEN = re.compile(r"[@,;،؛]")
_MAIL = re.compile(r"[^\s<>,;،؛()]+@[^\s<>,;،؛()]*")
EDGES = " \t,;،؛<>()[]\"'-–—:|"
_LANGUAGE_OF = column_words(_LANGUAGES)


@dataclass(frozen=True)
class Entry:
    """One person of a list: where it stands, and what is known; an empty language is the list's own."""

    line: int
    name: str = ""
    email: str = ""
    language: str = ""
    #: As the row names it; nothing: that of the list.
    organization: str = ""


@lru_cache(maxsize=256)
def language_of(word: str) -> str:
    """The code of a language that is named in any of the three; nothing for another."""
    return _LANGUAGE_OF.get(answer_key(word), "")


def written_entry(line: int, text: str) -> Entry:
    """A line as people write one: "Sara Ahmadi, sara@example.org, fa"."""
    mail = _MAIL.search(text)
    rest = text.replace(mail[0], ",") if mail else text
    parts = [part.strip(EDGES) for part in SEPARATORS.split(rest)]
    parts = [part for part in parts if part]
    language = language_of(parts[-1]) if len(parts) > 1 or (parts and mail) else ""
    names = parts[:-1] if language else parts
    return Entry(line, " ".join(names), mail[0].strip(EDGES) if mail else "", language)


def holds_mail(cells: Iterable[str]) -> bool:
    """Whether a cell gives a mail address, alone or beside a name; not where it names one, as "Mail (a@b.org)" may."""
    return any(is_mail_address(part.strip(EDGES)) for cell in cells for part in _PARTS.split(cell))


def is_number(cell: str) -> bool:
    """Whether it holds digits of any script and no letter: a row's number, a telephone's."""
    return any(map(str.isdigit, cell)) and not any(map(str.isalpha, cell))


def entry_by_columns(line: int, cells: Sequence[str], columns: Sequence[str]) -> Entry:
    """What stands in each column; of two that hold the same the first that is filled."""
    found: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        kind = column.partition("_")[0]
        if kind and cell and kind not in found:
            found[kind] = _one_line(cell)
    language = language_of(found.get("language", ""))
    return Entry(line, found.get("person", ""), found.get("mail", ""), language, found.get("organization", ""))


def entry_by_position(line: int, cells: Sequence[str], _columns: Sequence[str] = ()) -> Entry:
    """Name, mail, language, numbers left out; a cell with an @ is the mail wherever it stands.

    A lone cell, or one that alone is filled and holds several things, is read as a written line.
    """
    texts = [_one_line(cell) for cell in cells]
    if len(texts) == 1:
        return written_entry(line, texts[0])
    filled = [text for text in texts if text and not text.isdecimal()]
    if len(filled) == 1 and _WRITTEN.search(filled[0]):
        return written_entry(line, filled[0])
    mail = next((text for text in filled if "@" in text), "")
    others = [text for text in filled if text != mail]
    language = next((code for text in others[1:] if (code := language_of(text))), "")
    return Entry(line, others[0] if others else "", mail, language)


def _one_line(cell: str) -> str:
    return clean_line(cell.replace("\n", " "))
