"""People of a list of staff, as its columns or its rows name them: names, mail addresses, languages."""

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
_NOTHING = "ندارد، بدون ایمیل، نیست، لا يوجد، لا توجد، بدون بريد، none, no, nil, n/a"
EDGES = " \t,;،؛<>()[]\"'-–—:|"
_LANGUAGE_OF = column_words(_LANGUAGES)
_NO_MAIL = frozenset(column_words({"": _NOTHING}))


@dataclass(frozen=True)
class Entry:
    """One person of a list: where it stands, and what is known; an empty language is the list's own."""

    line: int
    name: str = ""
    email: str = ""
    language: str = ""
    #: As the row names it; nothing: that of the list.
    organization: str = ""


@dataclass(frozen=True)
class Told:
    """What a row tells by itself, whatever stands above it."""

    name: str = ""
    email: str = ""
    language: str = ""
    #: What it holds beside that: numbers, a town.
    rest: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """As a row of columns: name, mail address, language, and what is left over."""
        return self.name, self.email, self.language, *self.rest


@dataclass(frozen=True)
class Places:
    """In which cells of a row its name, its mail address and its language stand; None where there is none.

    A cell that holds both name and mail address is the name's.
    """

    name: int | None = None
    mail: int | None = None
    language: int | None = None


@lru_cache(maxsize=256)
def language_of(word: str) -> str:
    """The code of a language that is named in any of the three; nothing for another."""
    return _LANGUAGE_OF.get(answer_key(word), "")


def holds_mail(cells: Iterable[str]) -> bool:
    """Whether a cell gives a mail address, alone or beside a name; not where it names one, as "Mail (a@b.org)" may."""
    return any(is_mail_address(part.strip(EDGES)) for cell in cells for part in _PARTS.split(cell))


def is_number(cell: str) -> bool:
    """Whether it holds digits of any script and no letter: a row's number, a telephone's."""
    return any(map(str.isdigit, cell)) and not any(map(str.isalpha, cell))


def told_by_line(text: str) -> Told:
    """A line as people write one: "Sara Ahmadi, sara@example.org, fa"."""
    mail = _MAIL.search(text)
    rest = text.replace(mail[0], ",") if mail else text
    parts = [part.strip(EDGES) for part in SEPARATORS.split(rest)]
    parts = [part for part in parts if part]
    language = language_of(parts[-1]) if len(parts) > 1 or (parts and mail) else ""
    names = parts[:-1] if language else parts
    return Told(" ".join(names), mail[0].strip(EDGES) if mail else "", language)


def places_in(cells: Sequence[str]) -> Places:
    """Where a row has what: a cell with an @ is the mail wherever it stands, a number is nobody's name."""
    filled = [index for index, cell in enumerate(cells) if cell and not is_number(cell)]
    mails = [index for index in filled if "@" in cells[index]]
    both = next((index for index in mails if _holds_name_and_mail(cells[index])), None)
    mail = mails[0] if mails and both is None else None
    others = [index for index in filled if index not in mails]
    name = both if both is not None else others[0] if others else None
    language = next((index for index in others if index != name and language_of(cells[index])), None)
    return Places(name, mail, language)


def told_by_cells(cells: Sequence[str]) -> Told:
    """What the cells of a row tell; a lone cell, and one that alone is filled, is read as a written line."""
    texts = [one_line(cell) for cell in cells]
    words = [text for text in texts if text and not is_number(text)]
    if len(words) == 1 and _WRITTEN.search(words[0]):
        told = told_by_line(words[0])
        return Told(told.name, told.email, told.language, (*told.rest, *(text for text in texts if is_number(text))))
    places = places_in(texts)
    taken = (places.name, places.mail, places.language)
    name, mail, language = ("" if index is None else texts[index] for index in taken)
    entry = entry_by_columns(0, (name, mail, language), ("person", "mail", "language"))
    rest = (text for index, text in enumerate(texts) if text and index not in taken)
    return Told(entry.name, entry.email, entry.language, tuple(rest))


def entry_by_columns(line: int, cells: Sequence[str], columns: Sequence[str]) -> Entry:
    """What stands in each column; of two that hold the same the first that is filled.

    A cell that holds both a name and a mail address gives what the row has not got otherwise.
    """
    found: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        kind = column.partition("_")[0]
        if kind and cell and kind not in found:
            found[kind] = one_line(cell)
    person, mail = _told_of(found.get("person", "")), _told_of(found.get("mail", ""), is_mail=True)
    name = " ".join(filter(None, (person.name or mail.name, found.get("family", ""))))
    language = language_of(found.get("language", "")) or person.language or mail.language
    return Entry(line, name, mail.email or person.email, language, found.get("organization", ""))


def _told_of(cell: str, *, is_mail: bool = False) -> Told:
    """Name and mail address of a cell, of which it may hold both."""
    told = told_by_line(cell) if "@" in cell else Told()
    if is_mail_address(told.email) and "@" not in told.name:
        return told
    if not is_mail:
        return Told(cell)
    return Told(email="" if answer_key(cell) in _NO_MAIL or not any(map(str.isalnum, cell)) else cell)


def _holds_name_and_mail(cell: str) -> bool:
    told = _told_of(cell)
    return bool(told.email and told.name)


def one_line(cell: str) -> str:
    """A cell without line ends."""
    return clean_line(cell.replace("\n", " "))
