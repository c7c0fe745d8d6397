"""The question types that there are. The core registers its own exactly as a plugin's are registered."""

from collections.abc import Iterable

from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.quizzes.question_types.base import QuestionType

_types: dict[str, QuestionType] = {}


class UnknownType(NotAllowed):
    """A question is of a type that no enabled plugin brings."""


def register_types(types: Iterable[QuestionType]) -> None:
    """Make question types known. Raises ValueError where two of different classes share a key."""
    for found in types:
        known = _types.setdefault(found.key, found)
        if type(known) is not type(found):
            raise ValueError(f"two question types are named {found.key!r}")


def all_types() -> list[QuestionType]:
    """Every type, in the order of registration."""
    return list(_types.values())


def find_type(key: str) -> QuestionType | None:
    """The type of that key, or None."""
    return _types.get(key)


def type_of(key: str) -> QuestionType:
    """The type of that key. Raises UnknownType."""
    found = _types.get(key)
    if found is None:
        raise UnknownType(_("This quiz needs a question type that is not installed here."))
    return found
