"""People of a list of staff, as its columns or its rows name them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lms.accounts.names import mail_key
from lms.imports.full_names import name_of_parts
from lms.imports.kinds import is_number, language_of, one_line, says_anything, says_no_mail
from lms.imports.written import Told, people_in, told_by_line
from lms.text import is_mail_address

_WRITTEN = re.compile(r"[@,;،؛]")


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
class Places:
    """In which cells of a row its name, its mail address and its language stand; None where there is none.

    A cell that holds both name and mail address is the name's.
    """

    name: int | None = None
    mail: int | None = None
    language: int | None = None


def places_in(cells: Sequence[str]) -> Places:
    """Where a row has what: a cell with an @ is the mail wherever it stands, a number is nobody's name."""
    filled = [index for index, cell in enumerate(cells) if says_anything(cell) and not is_number(cell)]
    mails = [index for index in filled if "@" in cells[index]]
    both = next((index for index in mails if _holds_name_and_mail(cells[index])), None)
    mail = mails[0] if mails and both is None else None
    others = [index for index in filled if index not in mails]
    # What alone stands beside an address may be the name of a language.
    names = [] if mails and len(others) == 1 and language_of(cells[others[0]]) else others
    name = both if both is not None else next(iter(names), None)
    language = next((index for index in others if index != name and language_of(cells[index])), None)
    return Places(name, mail, language)


def told_by_cells(cells: Sequence[str]) -> Told:
    """What the cells of a row tell; a lone cell, and one that alone is filled, is read as a written line."""
    texts = [one_line(cell) for cell in cells]
    words = [text for text in texts if says_anything(text) and not is_number(text)]
    if len(words) == 1 and (len(texts) == 1 or _WRITTEN.search(words[0])) and people_in(words[0]) == words:
        told = told_by_line(words[0])
        return Told(told.name, told.email, told.language, (*told.rest, *filter(is_number, texts)))
    places = places_in(texts)
    taken = (places.name, places.mail, places.language)
    name, mail, language = ("" if index is None else texts[index] for index in taken)
    entry = entry_by_columns(0, (name, mail, language), ("person", "mail", "language"))
    rest = ("" if index in taken else text for index, text in enumerate(texts))
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
    if person.email and mail.email and mail_key(person.email) != mail_key(mail.email):
        person = Told(found["person"])
    parts = found.get("given", ""), found.get("family", "")
    # What a mail program calls an address may be an office's name.
    whole = person.name if person.name or says_anything(parts[0]) else mail.name
    name = name_of_parts(whole, *parts)
    language = language_of(found.get("language", "")) or person.language or mail.language
    return Entry(line, name, mail.email or person.email, language, found.get("organization", ""))


def _told_of(cell: str, *, is_mail: bool = False) -> Told:
    """Name and mail address of a cell, of which it may hold both."""
    told = told_by_line(cell) if "@" in cell else Told()
    if is_mail_address(told.email) and not told.rest:
        return told
    if is_mail:
        return Told(email="" if says_no_mail(cell) else cell)
    return Told(cell if says_anything(cell) else "")


def _holds_name_and_mail(cell: str) -> bool:
    told = _told_of(cell)
    return bool(told.email and told.name)
