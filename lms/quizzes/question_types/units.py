"""Units of a numeric question: what was typed after the number, and what it is worth."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from lms.errors import DomainError
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.quizzes.question_types.base import Content, Fault
from lms.quizzes.question_types.comparing import matches
from lms.quizzes.question_types.reading import ids_of, is_share, mapping_of
from lms.text import parse_number

LARGEST_FACTOR = 10**12
_AFTER = re.compile(r"(?P<number>[-+−]?\s*[\d.,٫٬\s\u200e\u200f\u066b\u066c]*\d[.٫]?)\s*(?P<unit>[^\d\s].*)?")
_BEFORE = re.compile(r"(?P<unit>[^\d\s.٫+−-][^\d]*?)\s*(?P<number>[-+−]?[\d.٫].*)")


def parsed(typed: str) -> Decimal:
    """The number that was typed. Raises DomainError."""
    try:
        return parse_number(typed)
    except ValueError:
        raise DomainError(_("Write a number, in any digits.")) from None


def split_unit(typed: str) -> tuple[Decimal, str]:
    """The number that was typed and the unit after or before it, "" where there is none. Raises DomainError."""
    found = _AFTER.fullmatch(typed) or _BEFORE.fullmatch(typed)
    if found is None:
        raise DomainError(_("Write a number, in any digits, and its unit."))
    return parsed(found["number"].strip()), (found["unit"] or "").strip()


def factor_of(content: Content, unit: str) -> Decimal | None:
    """By what a number in this unit is multiplied to be compared; None where it is no unit of the question."""
    factors = mapping_of(content.scoring.get("units"))
    for key in ids_of(content.structure.get("units")):
        if unit and any(matches(unit, word, "folded") for word in _words(content, key)):
            return Decimal(str(factors[key]))
    return None


def _words(content: Content, key: str) -> list[str]:
    said = (mapping_of(content.text.get(code, {}).get("units")) for code in LANGUAGES)
    return [word for words in said for word in words.get(key, ())]


def base_unit(content: Content, language: str) -> str:
    """The unit in which the right answer is given, as a language writes it."""
    factors = mapping_of(content.scoring.get("units"))
    key = next(key for key in ids_of(content.structure.get("units")) if factors[key] == 1)
    word: str = content.text_in(language)["units"][key][0]
    return word


def unit_faults(content: Content) -> Iterator[Fault]:
    """Units without factor, none that the right answer is given in, units without words."""
    units, factors = ids_of(content.structure.get("units")), mapping_of(content.scoring.get("units"))
    if set(factors) != set(units) or not all(_is_factor(factor) for factor in factors.values()):
        yield Fault("scoring.units", _("Give each unit its factor, a number above 0."))
    if units and not any(_is_factor(factor) and factor == 1 for factor in factors.values()):
        yield Fault("scoring.units", _("One unit has the factor 1: the right answer is given in it."))
    for name in ("unit_missing", "unit_wrong"):
        if not is_share(content.scoring.get(name, 0)):
            yield Fault(f"scoring.{name}", _("Give the share of the mark as a number from 0 to 1."))
    for language, text in content.text.items():
        yield from _text_faults(text, language, units)


def _text_faults(text: Mapping[str, Any], language: str, units: list[str]) -> Iterator[Fault]:
    said = mapping_of(text.get("units"))
    for key in units:
        if not _are_words(said.get(key)):
            yield Fault(f"text.{language}.units.{key}", _("This unit has no words."))
    if units and text.get("unit"):
        yield Fault(f"text.{language}.unit", _("The unit beside the field gives away the one to be written."))


def _is_factor(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < LARGEST_FACTOR


def _are_words(value: Any) -> bool:
    words = value if isinstance(value, list) else []
    return bool(words) and all(isinstance(word, str) and word.strip() for word in words)
