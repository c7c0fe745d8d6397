"""The name of a person of whom a list has a family name by itself."""

from lms.imports.kinds import says_anything
from lms.text import fold_key


def full_name(name: str, family: str) -> str:
    """The name with the family name at its end, once.

    Lists have the family name beside the whole name too. Where both are one and the same word they are two names:
    a name alone is no whole one, and people are called Ali Ali.
    """
    if not says_anything(family) or fold_key(name).endswith(f" {fold_key(family)}"):
        return name
    return f"{name} {family}" if says_anything(name) else family
