"""Lists of staff, as they are pasted or uploaded: names, mail addresses, languages, in any order that headers tell."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache

from lms.formats import LANGUAGES
from lms.text import answer_key, clean_line

MOST_ENTRIES = 500
_COLUMNS = {
    "name": "نام، نام کامل، نام و نام خانوادگی، نام نمایشی، اسم، الاسم، الاسم الكامل، name, full name, display name",
    "email": (
        "ایمیل، رایانامه، پست الکترونیک، پست الکترونیکی، نشانی ایمیل، البريد، البريد الإلكتروني، الإيميل، "
        "email, e-mail, mail, mail address, email address"
    ),
    "language": "زبان، اللغة، لغة، language, lang",
}
_LANGUAGES = {
    "fa": "fa، فارسی، پارسی، دری، الفارسية، فارسي، persian, farsi, dari",
    "ar": "ar، عربی، العربية، عربي، arabic",
    "en": "en، انگلیسی، الإنجليزية، إنجليزي، english",
}
_SEPARATORS = re.compile(r"[,;،؛]")
_MAIL = re.compile(r"[^\s<>,;،؛()]+@[^\s<>,;،؛()]*")
_EDGES = " \t,;،؛<>()[]\"'-–—:|"


def column_words(table: dict[str, str]) -> dict[str, str]:
    """The keys of a table of words (as those above) by each of their words, however it is spelled."""
    return {answer_key(word): key for key, words in table.items() for word in _SEPARATORS.split(words)}


_COLUMN_OF, _LANGUAGE_OF = column_words(_COLUMNS), column_words(_LANGUAGES)


@dataclass(frozen=True)
class Entry:
    """One person of a list: where it stands, and what is known; an empty language is the list's own."""

    line: int
    name: str = ""
    email: str = ""
    language: str = ""


@lru_cache(maxsize=256)
def language_of(word: str) -> str:
    """The code of a language that is named in any of the three; nothing for another."""
    return _LANGUAGE_OF.get(answer_key(word), "")


def entries_of_text(text: str) -> list[Entry]:
    """The entries of a pasted list: one a line; cells cut by tabs as a spreadsheet gives them, else freely written."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip(_EDGES)]
    if any("\t" in line for _number, line in lines):
        rows = [(number, [clean_line(cell) for cell in line.split("\t")]) for number, line in lines]
        return list(_entries_of_rows(rows))
    return [_free(number, clean_line(line)) for number, line in lines]


def _free(number: int, line: str) -> Entry:
    """A line as people write one: "Sara Ahmadi, sara@example.org, fa"."""
    mail = _MAIL.search(line)
    rest = line.replace(mail[0], ",") if mail else line
    parts = [part.strip(_EDGES) for part in _SEPARATORS.split(rest)]
    parts = [part for part in parts if part]
    language = language_of(parts[-1]) if len(parts) > 1 or (parts and mail) else ""
    names = parts[:-1] if language else parts
    return Entry(number, " ".join(names), mail[0].strip(_EDGES) if mail else "", language)


def entries_of_table(headers: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> list[Entry]:
    """The entries of a table; headers that name no column of ours are a first row."""
    return list(_entries_of_rows([(1, list(headers)), *((line, list(cells)) for line, cells in rows)]))


def _entries_of_rows(rows: Sequence[tuple[int, list[str]]]) -> Iterator[Entry]:
    columns = [_COLUMN_OF.get(answer_key(cell)) for cell in rows[0][1]]
    named = "name" in columns or "email" in columns
    for line, cells in rows[1:] if named else rows:
        given = _by_header(columns, cells) if named else _by_position(cells)
        if any(given.values()):
            yield Entry(line, given.get("name", ""), given.get("email", ""), language_of(given.get("language", "")))


def _by_header(columns: Sequence[str | None], cells: Sequence[str]) -> dict[str, str]:
    """What stands under each known header; of two of a kind the first that is filled."""
    found: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column and cell and column not in found:
            found[column] = _one_line(cell)
    return found


def _by_position(cells: Sequence[str]) -> dict[str, str]:
    """Name, mail, language; a cell with an @ is the mail wherever it stands. A lone cell is read as a written line."""
    texts = [_one_line(cell) for cell in cells]
    if len(texts) == 1:
        alone = _free(0, texts[0])
        return {"name": alone.name, "email": alone.email, "language": alone.language}
    mail = next((text for text in texts if "@" in text), "")
    others = [text for text in texts if text and text != mail]
    language = next((text for text in others[1:] if language_of(text)), "")
    return {"name": others[0] if others else "", "email": mail, "language": language}


def _one_line(cell: str) -> str:
    return clean_line(cell.replace("\n", " "))


def to_json(entries: Iterable[Entry]) -> str:
    """The entries as a page carries them from the preview to the deed."""
    return json.dumps([astuple(entry) for entry in entries], ensure_ascii=False)


def from_json(text: str) -> list[Entry]:
    """The entries that a page carried. Raises ValueError for anything else: a page can be changed by hand."""
    rows = json.loads(text)
    if not isinstance(rows, list) or len(rows) > MOST_ENTRIES:
        raise ValueError("not a list of entries")
    return [_entry(row) for row in rows]


def _entry(row: object) -> Entry:
    if not (isinstance(row, list) and len(row) == 4 and isinstance(row[0], int)):
        raise ValueError("not an entry")
    if not all(isinstance(text, str) for text in row[1:]) or row[3] not in ("", *LANGUAGES):
        raise ValueError("not an entry")
    return Entry(row[0], clean_line(row[1]), clean_line(row[2]), row[3])
