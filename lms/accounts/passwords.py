"""Passwords: Argon2, fit for small servers. Hashing takes a tenth of a second: never inside a write unit."""

import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.text import ascii_digits, fold_key

SHORTEST, LONGEST = 8, 200
# What is tried first by whoever guesses, with any digits and signs after it.
_COMMON = frozenset(
    """12345678 123456789 1234567890 12341234 12344321 87654321 11223344 password passw0rd p@ssword p@ssw0rd qwerty
    qwertyui qwertyuiop iloveyou asdfghjk asdfghjkl zxcvbnm abcd abc 1q2w3e4r 1qaz2wsx admin welcome letmein tashbik
    test user guest iran salam""".split()  # noqa: SIM905
)
_TAIL = " 0123456789!@#$%*.-_"
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def normalized(password: str) -> bytes:
    """The password as it is hashed: the same from every keyboard (NFC, digits in ASCII)."""
    return unicodedata.normalize("NFC", ascii_digits(password)).encode("utf-8", "surrogatepass")


def checked_password(password: str, *, names: tuple[str, ...] = (), field: str = "password") -> str:
    """The password itself.

    Raises DomainError at `field` where it is too short or too long, one of the commonest, or one of `names`.
    """
    if len(password) < SHORTEST:
        raise DomainError(_("A password has %(least)s characters or more.", least=reader().number(SHORTEST)), field)
    if len(password) > LONGEST:
        raise DomainError(_("A password has at most %(most)s characters.", most=reader().number(LONGEST)), field)
    key = fold_key(password)
    if {key, key.rstrip(_TAIL)} & _COMMON or len(set(key)) < 3 or key in {fold_key(name) for name in names if name}:
        raise DomainError(_("This password is guessed at once. Choose another, a few words for example."), field)
    return password


def hash_password(password: str) -> str:
    """What is stored of a password."""
    return _hasher.hash(normalized(password))


def password_matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one that was hashed; takes as long where there is no hash."""
    try:
        _hasher.verify(password_hash or _hash_of_nothing(), normalized(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


@lru_cache(maxsize=1)
def _hash_of_nothing() -> str:
    return _hasher.hash("")
