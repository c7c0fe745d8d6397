"""What a cell of a list is: a mail address, the name of a language, a number, a telephone's number."""

import re
from collections.abc import Iterable
from functools import lru_cache

from lms.imports.words import column_words
from lms.text import answer_key, ascii_digits, clean_line, is_mail_address

_LANGUAGES = {
    "fa": "fa، فارسی، پارسی، دری، الفارسية، فارسي، persian, farsi, dari",
    "ar": "ar، عربی، العربية، عربي، arabic",
    "en": "en، انگلیسی، الإنجليزية، إنجليزي، english",
}
_LANGUAGE_OF = column_words(_LANGUAGES)
_NO_MAIL = frozenset(column_words({"": "ندارد، بدون ایمیل، نیست، لا يوجد، لا توجد، بدون بريد، none, no, nil, n/a"}))
_PARTS = re.compile(r"[\s<>,;،؛|/\":]")
#: What a header may show of how it is filled in.
_IN_PARENTHESES = re.compile(r"(?<=\w)\s*\([^()]*\)")
#: With a country's code, or as it is dialled within one; an Iranian mobile's also without its zero, as Excel has it.
_PHONE = re.compile(r"(\+|00)[0-9]{9,14}|0[1-9][0-9]{8,9}|9[0-9]{9}")
_WRITTEN_IN_PHONES = re.compile(r"[\s()./\-–]+")
_ZWNJ = "\u200c"
EDGES = " \t,;،؛<>()[]\"'-–—:|/•*·"


@lru_cache(maxsize=256)
def language_of(word: str) -> str:
    """The code of a language that is named in any of the three; nothing for another."""
    return _LANGUAGE_OF.get(answer_key(word), "")


def holds_mail(cells: Iterable[str]) -> bool:
    """Whether a cell gives a mail address, alone or beside a name; not where it names one, as "Mail (a@b.org)" may."""
    parts = (part for cell in cells for part in _PARTS.split(_IN_PARENTHESES.sub("", cell)))
    return any(is_mail_address(address_of(part)) for part in parts)


def address_of(text: str) -> str:
    """What was typed as a mail address, as it is meant: in ASCII digits, without what stands around it."""
    return ascii_digits(text).replace(_ZWNJ, "").strip(EDGES + ".")


def says_no_mail(cell: str) -> bool:
    """Whether it says that there is no mail address."""
    return answer_key(cell) in _NO_MAIL or not says_anything(cell)


def says_anything(cell: str) -> bool:
    """Whether there is a letter or a digit in it: a dash stands for nothing."""
    return any(map(str.isalnum, cell))


def is_number(cell: str) -> bool:
    """Whether it holds digits of any script and no letter: a row's number, a telephone's."""
    return any(map(str.isdigit, cell)) and not any(map(str.isalpha, cell))


def is_phone(cell: str) -> bool:
    """Whether it is written like a telephone number, in any digits."""
    return is_number(cell) and _PHONE.fullmatch(_WRITTEN_IN_PHONES.sub("", ascii_digits(cell))) is not None


def one_line(cell: str) -> str:
    """A cell without line ends."""
    return clean_line(cell.replace("\n", " "))
