"""The catalogs: whole, in step with the sources, and written as the language is written."""

import re

import pytest
from babel.messages.catalog import Message

from lms.formats import Formatter
from lms.i18n import ngettext, reading_as
from lms.text.orthography import RULES, prose
from tools.catalogs import PLURALS, key_of, messages_of, po_path, read_catalog, source_strings, translated

LANGUAGES = ("fa", "ar")
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def texts_of(message: Message) -> list[str]:
    """Every form of a translation."""
    return list(message.string) if isinstance(message.string, (list, tuple)) else [message.string or ""]


def ids_of(message: Message) -> list[str]:
    """Singular and plural of a source string."""
    return list(message.id) if isinstance(message.id, (list, tuple)) else [message.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_of_the_sources_is_translated(language: str) -> None:
    catalog = {key_of(message): message for message in messages_of(read_catalog(language))}
    wanted = {key_of(message) for message in messages_of(source_strings())}
    assert wanted == set(catalog), "run: python -m tools.catalogs update"
    assert not [key for key, message in catalog.items() if not translated(message)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same(language: str) -> None:
    wrong = []
    for message in messages_of(read_catalog(language)):
        wanted = {name for text in ids_of(message) for name in PLACEHOLDER.findall(text)}
        for index, text in enumerate(texts_of(message)):
            # Arabic says zero, one and two in words.
            missing = (
                wanted
                - set(PLACEHOLDER.findall(text))
                - ({"num"} if len(texts_of(message)) > 1 and index < 3 else set())
            )
            if missing or set(PLACEHOLDER.findall(text)) - wanted:
                wrong.append((key_of(message), text))
    assert not wrong


PERSIAN_WRONG = {**RULES["fa"], "a term of the glossary": re.compile("امتحان(?! کنید)|دانش‌آموز|کوییز")}
ARABIC_WRONG = {**RULES["ar"], "a term of the glossary": re.compile("اختبار قصير|امتحان")}


@pytest.mark.parametrize(("language", "rules"), [("fa", PERSIAN_WRONG), ("ar", ARABIC_WRONG)])
def test_orthography(language: str, rules: dict[str, re.Pattern[str]]) -> None:
    wrong = [
        (rule, text)
        for message in messages_of(read_catalog(language))
        for text in texts_of(message)
        for rule, pattern in rules.items()
        if pattern.search(prose(PLACEHOLDER.sub("", text)))
    ]
    assert not wrong, wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plural_rule_is_the_standard_one(language: str) -> None:
    assert f'"Plural-Forms: {PLURALS[language]}\\n"' in po_path(language).read_text("utf-8")


ARABIC_COUNTS = {0: "لا دروس", 1: "درس واحد", 2: "درسان", 3: "3 دروس", 10: "10 دروس", 11: "11 درسًا", 99: "99 درسًا"}
ARABIC_COUNTS |= {100: "100 درس", 101: "101 درس", 102: "102 درس", 103: "103 دروس"}


@pytest.mark.parametrize(("count", "words"), list(ARABIC_COUNTS.items()))
def test_arabic_counts_as_arabic_does(count: int, words: str) -> None:
    with reading_as(Formatter("ar")):
        assert ngettext("%(num)s lesson", "%(num)s lessons", count) == words


@pytest.mark.parametrize(("count", "words"), [(0, "۰ درس"), (1, "۱ درس"), (2, "۲ درس"), (11, "۱۱ درس")])
def test_persian_nouns_stay_singular(count: int, words: str) -> None:
    with reading_as(Formatter("fa")):
        assert ngettext("%(num)s lesson", "%(num)s lessons", count) == words
