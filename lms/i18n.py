"""Strings in the reader's language: Babel's catalogs, one gettext domain a package, never merged."""

import gettext as stdlib_gettext
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy

from lms.formats import LANGUAGES, Formatter
from lms.paths import TRANSLATIONS

DOMAIN = "messages"
LANGUAGE_NAMES = {"fa": "فارسی", "ar": "العربية", "en": "English"}

_ENGLISH_READER = Formatter("en")
_reader: ContextVar[Formatter] = ContextVar("reader", default=_ENGLISH_READER)
_catalogs: dict[tuple[str, str], stdlib_gettext.NullTranslations] = {}


def reader() -> Formatter:
    """How the present reader has numbers and dates written; its `language` is the language of strings."""
    return _reader.get()


def language() -> str:
    """The present reader's language: fa, ar or en."""
    return _reader.get().language


def set_reader(formatter: Formatter) -> None:
    """Make `formatter` the reader of this request or task."""
    _reader.set(formatter)


@contextmanager
def reading_as(formatter: Formatter) -> Iterator[Formatter]:
    """Render a block for another reader: a mail, a certificate."""
    token = _reader.set(formatter)
    try:
        yield formatter
    finally:
        _reader.reset(token)


def load_catalogs(domain: str, folder: Path) -> None:
    """Read `<folder>/<language>/LC_MESSAGES/<domain>.po` of every language; a missing file means English only.

    What a plugin's domain does not translate, the core's may: frames and words that all pages share.
    """
    for code in LANGUAGES:
        path = folder / code / "LC_MESSAGES" / f"{domain}.po"
        if path.exists():
            found = _catalogs[domain, code] = _compiled(path)
            if domain != DOMAIN and (DOMAIN, code) in _catalogs:
                found.add_fallback(_catalogs[DOMAIN, code])


def _compiled(path: Path) -> stdlib_gettext.GNUTranslations:
    with path.open("rb") as source:
        messages = read_po(source)
    buffer = BytesIO()
    write_mo(buffer, messages)
    buffer.seek(0)
    return stdlib_gettext.GNUTranslations(buffer)


def catalog(domain: str = DOMAIN) -> stdlib_gettext.NullTranslations:
    """The strings of a domain in the reader's language; the core's where the domain has none."""
    return _catalogs.get((domain, language())) or _catalogs.get((DOMAIN, language())) or _ENGLISH


_ENGLISH = stdlib_gettext.NullTranslations()


def gettext(message: str, **values: object) -> str:
    """`message` in the reader's language, with %(name)s filled from `values`."""
    text = catalog().gettext(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, n: int, **values: object) -> str:
    """The form for `n`; `%(num)s` is `n` in the reader's digits."""
    return catalog().ngettext(singular, plural, n) % {"num": reader().number(n), **values}


def plural_form(singular: str, plural: str, n: int) -> str:
    """The form for `n`, not filled: Jinja fills it itself, escaping what it fills in."""
    return catalog().ngettext(singular, plural, n)


def plural_form_in(context: str, singular: str, plural: str, n: int) -> str:
    """`plural_form` in the meaning that `context` names."""
    return catalog().npgettext(context, singular, plural, n)


def pgettext(context: str, message: str, **values: object) -> str:
    """`message` in the reader's language, in the meaning that `context` names."""
    text = catalog().pgettext(context, message)
    return text % values if values else text


def npgettext(context: str, singular: str, plural: str, n: int, **values: object) -> str:
    """`ngettext` in the meaning that `context` names."""
    return catalog().npgettext(context, singular, plural, n) % {"num": reader().number(n), **values}


def lazy_gettext(message: str) -> str:
    """`gettext`, looked up when it is shown: for what is defined at import."""
    return LazyProxy(gettext, message, enable_cache=False)  # type: ignore[return-value]


def lazy_pgettext(context: str, message: str) -> str:
    """`pgettext`, looked up when it is shown."""
    return LazyProxy(pgettext, context, message, enable_cache=False)  # type: ignore[return-value]


def domain_gettext(domain: str) -> Callable[[str], str]:
    """The lazy gettext of a plugin's own domain."""

    def lookup(message: str) -> str:
        return catalog(domain).gettext(message)

    def lazy(message: str) -> str:
        return LazyProxy(lookup, message, enable_cache=False)  # type: ignore[return-value]

    return lazy


load_catalogs(DOMAIN, TRANSLATIONS)
