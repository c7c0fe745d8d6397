"""Reading what people and files give: shared by the types."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.quizzes.question_types.base import MAIN, Fault, Given
from lms.text import clean_line, clean_text, parse_number

LONGEST_ANSWER = 1000
"""Characters of a written answer."""
ID = re.compile(r"[a-z][a-z0-9-]{0,39}")


def ids_of(value: Any) -> list[str]:
    """`value` where it is a list of different ids, else an empty list."""
    if not isinstance(value, list) or not all(isinstance(item, str) and ID.fullmatch(item) for item in value):
        return []
    return value if len(set(value)) == len(value) else []


def mapping_of(value: Any) -> Mapping[str, Any]:
    """`value` where it is a mapping, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def chosen_of(given: Given, allowed: list[str]) -> list[str]:
    """The ids chosen, each once, in the order of `allowed`. Raises DomainError for any other."""
    values = set(given.get(MAIN, ()))
    if not values <= set(allowed):
        raise DomainError(_("Choose from the options shown."))
    return [option for option in allowed if option in values]


def line_of(given: Given) -> str:
    """The line that was typed, cleaned. Raises DomainError where it is longer than answers may be."""
    return clean_answer(next(iter(given.get(MAIN, ())), ""))


def clean_answer(typed: str) -> str:
    """A line that was typed, cleaned. Raises DomainError where it is longer than answers may be."""
    if len(typed) > LONGEST_ANSWER:
        raise DomainError(_("This answer is too long. Write it in a few words."))
    return clean_line(typed)


def is_share(value: Any) -> bool:
    """Whether `value` is a number from 0 to 1."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def author_number(given: Given, name: str) -> float | None:
    """A number in a studio form, None where there is none. Raises DomainError that names the field."""
    typed = author_text(given, name)
    if not typed:
        return None
    try:
        number = parse_number(typed)
    except ValueError:
        raise DomainError(_("Write a number, in any digits."), name) from None
    return int(number) if number == number.to_integral_value() else float(number)


def author_share(given: Given, name: str, default: float) -> float:
    """A share of the mark in a studio form. Raises DomainError for anything but a number from 0 to 1."""
    typed = author_number(given, name)
    share = default if typed is None else typed
    if not is_share(share):
        raise DomainError(_("Give the share of the mark as a number from 0 to 1."), name)
    return share


def author_lines(given: Given, name: str) -> list[str]:
    """The lines of a field of a studio form that hold something."""
    return [line.strip() for line in author_text(given, name).splitlines() if line.strip()]


def feedback_faults(text: Mapping[str, Any], language: str, keys: list[str]) -> Iterator[Fault]:
    """Feedback that belongs to nothing, or is no text."""
    for key, value in mapping_of(text.get("feedback", {})).items():
        if key not in keys or not isinstance(value, str):
            yield Fault(f"text.{language}.feedback.{key}", _("This feedback belongs to no answer."))


def languages_in(given: Given) -> list[str]:
    """The languages whose fields a studio form holds."""
    return [name.removeprefix("prompt.") for name in given if name.startswith("prompt.")]


def author_text(given: Given, name: str) -> str:
    """One field of a studio form, cleaned."""
    return clean_text(next(iter(given.get(name, ())), "")).strip()


def author_feedback(given: Given, keys: list[str], language: str) -> dict[str, str]:
    """The feedback of a language in a studio form, empty ones left out."""
    found = {key: author_text(given, f"feedback.{key}.{language}") for key in keys}
    return {key: text for key, text in found.items() if text}


def whole_author_number(given: Given, name: str, least: int, most: int) -> int | None:
    """A whole number of a studio form; None where the field is empty. Raises DomainError that names the field."""
    typed = author_text(given, name)
    if not typed:
        return None
    try:
        number = parse_number(typed)
    except ValueError:
        raise DomainError(_("Write a number, in any digits."), name) from None
    if number != int(number) or not least <= number <= most:
        low, high = reader().number(least), reader().number(most)
        raise DomainError(_("Write a whole number from %(low)s to %(high)s.", low=low, high=high), name)
    return int(number)


def says(value: Any) -> bool:
    """Whether a value is a text that says something."""
    return isinstance(value, str) and bool(value.strip())
