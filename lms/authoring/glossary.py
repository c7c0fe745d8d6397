"""The glossary: terms that the kit has one word for in each language. It suggests and warns, and changes nothing."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask, current_app

from lms.formats import LANGUAGES
from lms.text import fold_key

_ARTICLE = re.compile(r"^ال(?=\w{3})")


@dataclass(frozen=True)
class Term:
    """A term: the words that stand for it in each language, the preferred one first."""

    words: dict[str, tuple[str, ...]]

    @cached_property
    def patterns(self) -> dict[str, re.Pattern[str]]:
        """What finds it in a folded text: with its endings, and in Arabic with what is written before it."""
        each = {code: [_pattern(word, code) for word in words] for code, words in self.words.items()}
        return {code: re.compile("|".join(patterns)) for code, patterns in each.items()}


def _pattern(word: str, language: str) -> str:
    before = r"\b[وفبکكل]{0,2}(?:ال|ل)?" if language == "ar" else r"\b"
    return r"\w*\s+".join(before + _stem(part, language) for part in word.split(" "))


def _stem(part: str, language: str) -> str:
    """A word without its article, its half-spaces written as such, as spaces or not at all."""
    stem = r"\s?".join(re.escape(fold_key(piece)) for piece in part.split("\u200c"))
    return _ARTICLE.sub("", stem) if language == "ar" else stem


@dataclass(frozen=True)
class Expected:
    """A term of a source that its translation does not have: as the source has it, and as the glossary would."""

    source: str
    words: tuple[str, ...]


def read_glossary(path: Path) -> list[Term]:
    """The terms in a file. Raises ValueError where it is none."""
    try:
        terms = json.loads(path.read_text("utf-8"))["terms"]
        return [Term({code: tuple(term[code]) for code in LANGUAGES}) for term in terms]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path.name} is no glossary: {error}") from error


def register_glossaries(app: Flask, paths: Sequence[Path]) -> None:
    """Add the terms of these files to those of the installation. Raises ValueError."""
    known: list[Term] = app.extensions.setdefault("lms_glossary", [])
    known += [term for path in paths for term in read_glossary(path)]


def glossary() -> list[Term]:
    """The terms of the installation."""
    found: list[Term] = current_app.extensions.get("lms_glossary", [])
    return found


def expected_in(text: str, original: str, language: str, source: str, terms: Sequence[Term]) -> tuple[Expected, ...]:
    """The terms of the original whose words the text does not have; longer terms hide the shorter ones in them."""
    rest, folded = fold_key(original), fold_key(text)
    found = []
    for term in sorted(terms, key=lambda term: -max(map(len, term.words[source]))):
        rest, times = term.patterns[source].subn(" ", rest)
        if times and not term.patterns[language].search(folded):
            found.append(Expected(term.words[source][0], term.words[language]))
    return tuple(found)
