"""The interface languages, their direction, and the choice among them by a browser's header."""

from functools import lru_cache

LANGUAGES = ("fa", "ar", "en")

_LONGEST_HEADER = 1000
# Other names of our languages: Dari, Iranian Persian, Standard Arabic.
_ALIASES = {"prs": "fa", "pes": "fa", "fas": "fa", "arb": "ar", "ara": "ar", "eng": "en"}


def direction(language: str) -> str:
    """Return "rtl" or "ltr", the direction in which a language is written."""
    return "rtl" if language in ("fa", "ar") else "ltr"


@lru_cache(maxsize=1024)
def negotiate(accept_language_header: str, default: str = "fa") -> str:
    """Return the language of ours that an Accept-Language header ranks highest, or default.

    A regional tag counts as its language (ar-EG is Arabic); rank goes before exactness.
    What cannot be parsed is passed over.
    """
    ranked = [_ranked(item) for item in accept_language_header[:_LONGEST_HEADER].split(",")]
    # The sort is stable: of equal ranks the first named wins.
    for quality, language in sorted(ranked, key=lambda item: -item[0]):
        if quality > 0 and language in LANGUAGES:
            return language
    return default


def _ranked(item: str) -> tuple[float, str]:
    tag, _, parameters = item.partition(";")
    primary = tag.strip().lower().replace("_", "-").partition("-")[0]
    return _quality(parameters), _ALIASES.get(primary, primary)


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().lower().partition("=")
    if name.strip() != "q":
        return 0.0 if name.strip() else 1.0
    try:
        quality = float(value) if value.strip().isascii() else 0.0
    except ValueError:
        return 0.0
    return quality if 0 <= quality <= 1 else 0.0
