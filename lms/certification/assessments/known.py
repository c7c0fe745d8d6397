"""The instruments that the enabled plugins bring, in memory: what requirements name, and how they are called."""

from collections.abc import Sequence

from lms.db import Texts, text_of
from lms.i18n import gettext as _
from lms.i18n import language
from lms.text import isolate

_titles: dict[str, Texts] = {}


def name_of(plugin: str, key: str) -> str:
    """What stands for an instrument in a requirement."""
    return f"{plugin}/{key}"


def learn(plugin: str, key: str, titles: Texts) -> None:
    """Note an instrument when the program starts."""
    _titles[name_of(plugin, key)] = titles


def instrument_choices() -> Sequence[tuple[str, str]]:
    """Every instrument, with its title in the reader's language."""
    return [(name, text_of(titles, language())) for name, titles in _titles.items()]


def instrument_title(name: str) -> str:
    """Its title in the reader's language, isolated."""
    return isolate(text_of(_titles.get(name), language()) or _("an instrument that is gone"))
