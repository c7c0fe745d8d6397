"""The language of texts that do not say theirs, from their letters."""

import re
from collections.abc import Iterable

# Letters and vowel signs; digits are every language's.
_ARABIC_SCRIPT = re.compile("[\u0620-\u065f\u066e-\u06ef\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile("[A-Za-z]")
_PERSIAN = re.compile("[پچژگیک\u200c]|\\b(?:است|می|را|که|از|این|های)\\b")
_ARABIC = re.compile("[ةإأىيك\u064b-\u0652]|\\b(?:ال|وال|في|من|على|هذا|هل|ما)")
_STRONGLY_PERSIAN = re.compile("[پچژگ]")


def guess(texts: Iterable[str], preferred: str) -> str:
    """The language of texts that belong together; `preferred` where their letters do not tell."""
    joined = "\n".join(texts)
    latin, arabic = len(_LATIN.findall(joined)), len(_ARABIC_SCRIPT.findall(joined))
    if not latin and not arabic:
        return preferred
    return "en" if latin > 2 * arabic else _arabic_or_persian(joined, preferred)


def _arabic_or_persian(text: str, preferred: str) -> str:
    persian = len(_PERSIAN.findall(text)) + 5 * len(_STRONGLY_PERSIAN.findall(text))
    arabic = len(_ARABIC.findall(text))
    if persian == arabic:
        return preferred if preferred in ("fa", "ar") else "fa"
    return "fa" if persian > arabic else "ar"


def in_script_of(text: str, language: str) -> bool:
    """Whether a word can be one of `language`, by its script; words without letters can be any."""
    if _ARABIC_SCRIPT.search(text):
        return language in ("fa", "ar")
    return language == "en" or not _LATIN.search(text)
