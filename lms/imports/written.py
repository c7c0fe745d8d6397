"""What a line tells that somebody wrote: "1. Sara Ahmadi <sara@example.org>, 0913 123 4567, Persian"."""

import re
from dataclasses import dataclass
from itertools import pairwise

from lms.imports.kinds import EDGES, address_of, is_number, language_of
from lms.text import is_mail_address

_SEPARATORS = re.compile(r"[,;،؛|]")
#: It begins where a word begins: begun in each place of a long word without an @, it would take hours.
_MAIL = re.compile(r"(?<![^\s<>,;،؛()|/\":@])[^\s<>,;،؛()|/\":@]+@[^\s<>,;،؛()|/\":]*")
_MAILTO = re.compile("mailto:", re.IGNORECASE)
#: A dot or a number before a line of a list.
_MARK = re.compile(r"\s*(?:[•●▪◦‣*·–—-]\s*)?(?:[(\[]?\d{1,3}(?:\s*[.)\]\-–—:،,/]+\s*|\s+))?(?=\D)")
_LONG_NUMBER = re.compile(r"(?<![\w@.])\+?\d[\d\s()./\-–]{5,}\d(?![\w@])")
_IN_PARENTHESES = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True)
class Told:
    """What a row tells by itself, whatever stands above it."""

    name: str = ""
    email: str = ""
    language: str = ""
    #: What it holds beside that, such as numbers or a town; of cells, each in its place.
    rest: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """As a row of columns: name, mail address, language, and what is left over."""
        return self.name, self.email, self.language, *self.rest


def people_in(line: str) -> list[str]:
    """The parts of a line that are about one person each: people may be listed as a mail program lists them."""
    if len(_MAIL.findall(line)) < 2:
        return [line]
    for signs in ("[;؛]", "[,،]"):
        parts = [part for part in re.split(signs, line) if part.strip(EDGES)]
        if all(len(_MAIL.findall(part)) == 1 for part in parts):
            return parts
    mails = list(_MAIL.finditer(line))
    begins = _MAIL.match(_words_of(line).lstrip(EDGES))
    # Where the line begins with an address, each name stands after its own, else before it.
    cuts = [mail.start() for mail in mails[1:]] if begins else [mail.end() for mail in mails[:-1]]
    return [line[start:end] for start, end in pairwise([0, *cuts, len(line)])]


def told_by_line(line: str) -> Told:
    """What a line about one person tells; numbers are left over."""
    text = _words_of(line)
    mail = _MAIL.search(text)
    words = text.replace(mail[0], ",") if mail else text
    numbers = [number.strip() for number in _LONG_NUMBER.findall(words)]
    words = _IN_PARENTHESES.sub(_with_language_apart, _LONG_NUMBER.sub(",", words))
    parts = [part for part in map(_trimmed, _SEPARATORS.split(words)) if part]
    names = [part for part in parts if not _is_left_over(part)]
    language = language_of(names[-1]) if len(names) > 1 or (names and mail) else ""
    rest = (*numbers, *filter(_is_left_over, parts))
    return Told(" ".join(names[:-1] if language else names), address_of(mail[0]) if mail else "", language, rest)


def _words_of(line: str) -> str:
    """What is written in it, without the mark of a list before it."""
    text = _MAILTO.sub("", line)
    return text[found.end() :] if (found := _MARK.match(text)) else text


def _with_language_apart(found: re.Match[str]) -> str:
    return f",{found[1]}," if language_of(found[1]) else found[0]


def _trimmed(part: str) -> str:
    trimmed = part.strip(EDGES)
    return trimmed + ")" if trimmed.count("(") > trimmed.count(")") else trimmed


def _is_left_over(part: str) -> bool:
    return is_number(part) or is_mail_address(address_of(part))
