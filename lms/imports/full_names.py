"""The name of a person of whom a list has parts in columns of their own."""

from lms.imports.kinds import says_anything
from lms.imports.words import SEPARATORS
from lms.text import fold_key


def name_of_parts(whole: str, given: str, family: str) -> str:
    """The whole name as its column has it; where that says nothing, or where there is none, first and family name."""
    if not says_anything(whole):
        return full_name(given, family)
    # A column that is headed "name" alone may hold the first name.
    is_whole = says_anything(given) and fold_key(whole) != fold_key(given)
    return _in_order(whole, family) if is_whole else full_name(whole, family)


def full_name(name: str, family: str) -> str:
    """The name with the family name at its end, once.

    Lists have the family name beside the whole name too, also before a comma. Where both are one and the same word
    they are two names: a name alone is no whole one, and people are called Ali Ali.
    """
    if not says_anything(name):
        return family if says_anything(family) else name
    ordered = _in_order(name, family)
    if not says_anything(family) or fold_key(ordered).endswith(f" {fold_key(family)}"):
        return ordered
    return f"{ordered} {family}"


def _in_order(name: str, family: str) -> str:
    """The name, with the family name at its end where it stands before a comma."""
    first, *others = SEPARATORS.split(name, maxsplit=1)
    rest = others[0].strip() if others else ""
    if says_anything(family) and rest and fold_key(first.strip()) == fold_key(family):
        return f"{rest} {first.strip()}"
    return name
