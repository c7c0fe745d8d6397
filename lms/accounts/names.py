"""Sign-in names: in any script, unique by their folded key, so that no keyboard keeps anybody out."""

import secrets
from collections.abc import Iterator, Sequence
from functools import lru_cache

from lms.errors import DomainError
from lms.formats import Formatter
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.text import ascii_digits, clean_line, fold_key

SHORTEST, LONGEST = 3, 40
LONGEST_DISPLAY_NAME = 120
SIZES = (2, 2, 2, 3, 3, 4, 5, 6, 7, 8)


def sign_in_key(name: str) -> str:
    """The key under which two spellings of a sign-in name are one: folded, without spaces."""
    return fold_key(name).replace(" ", "")


def mail_key(address: str) -> str:
    """The key under which two spellings of a mail address are one."""
    return "".join(ascii_digits(clean_line(address)).split()).casefold()


def checked_sign_in_name(name: str) -> str:
    """The name as it is stored.

    Raises DomainError where it is too short or too long, or could be taken for a mail address.
    """
    cleaned = clean_line(name)
    if "@" in fold_key(cleaned):
        raise DomainError(_("A sign-in name has no @ in it."), "sign_in_name")
    if _letters(cleaned) < SHORTEST or len(cleaned) > LONGEST:
        raise DomainError(
            _(
                "A sign-in name has %(least)s to %(most)s characters.",
                least=reader().number(SHORTEST),
                most=reader().number(LONGEST),
            ),
            "sign_in_name",
        )
    return cleaned


def checked_display_name(name: str) -> str:
    """The name as it is stored. Raises DomainError where nothing is left of it, or too much."""
    cleaned = clean_line(name)
    if not cleaned:
        raise DomainError(_("Write a name that others know you by; it need not be your full name."), "display_name")
    if len(cleaned) > LONGEST_DISPLAY_NAME:
        raise DomainError(_("This name is too long."), "display_name")
    return cleaned


def suggestions(display_name: str, language: str, sizes: Sequence[int] = SIZES) -> Iterator[str]:
    """Sign-in names to try in turn: the first word of the name and a random number of so many digits, ever longer."""
    stem = next((word for word in clean_line(display_name).split() if _can_begin(word)), "user")[: LONGEST - 8]
    formatter = _formatter(language)
    for size in sizes:
        number = 10 ** (size - 1) + secrets.randbelow(9 * 10 ** (size - 1))
        yield stem + formatter.digits_of(str(number))


_formatter = lru_cache(maxsize=8)(Formatter)


@lru_cache(maxsize=4096)
def _can_begin(word: str) -> bool:
    """Whether a sign-in name can begin with a word of somebody's name."""
    return "@" not in fold_key(word) and _letters(word[: LONGEST - 8]) >= SHORTEST - 1


def _letters(name: str) -> int:
    """How many letters and digits a name has."""
    return sum(c.isalnum() for c in sign_in_key(name))
