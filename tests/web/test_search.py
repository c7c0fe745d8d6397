"""Finding lessons, however the words are typed."""

import pytest
from flask import Flask

from lms.db import write_unit
from lms.search import Entry, Hit, find, index_module
from lms.search.finding import EXCERPT, MOST_HITS, excerpt
from tests.queries import counted_statements

MODULES = {
    901: [
        Entry("", "fa", "شبکه‌سازی چیست", "آغاز کار"),
        Entry("origin", "fa", "خاستگاه", "سازمان‌ها از سال 1405 با هم کار می‌کنند.\nشبکه‌سازی از اینجا آغاز شد."),
        Entry("", "ar", "ما التشبيك", "بداية العمل"),
        Entry("origin", "ar", "النشأة", "تعمل المنظمات معًا، والتشبيك يبدأ من هنا."),
    ],
    902: [
        Entry("", "en", "Working together", "On networks"),
        Entry("first", "en", "Partners", "Networks of NGOs work together."),
    ],
}


@pytest.fixture(autouse=True)
def entries(app: Flask) -> None:
    """Two modules, one of them in English only."""
    with write_unit():
        for module_id, found in MODULES.items():
            index_module(module_id, found)


def keys(query: str, language: str) -> list[tuple[int, str]]:
    """What is found, in order."""
    return [(hit.module_id, hit.lesson_key) for hit in find(query, language, list(MODULES))]


@pytest.mark.parametrize("query", ["شبكه سازي", "شبکهسازی", "شبکه‌سازی", "شبکه‌سا", "«شبکه‌سازی»"])
def test_spelling_makes_no_difference(query: str) -> None:
    assert keys(query, "fa") == [(901, ""), (901, "origin")]


@pytest.mark.parametrize("query", ["منظمات", "المنظمات", "المنظّمات", "وَالمنظمات"])
def test_the_article_makes_no_difference(query: str) -> None:
    assert keys(query, "ar") == [(901, "origin")]


@pytest.mark.parametrize("query", ["1405", "۱۴۰۵", "١٤٠٥"])
def test_digits_make_no_difference(query: str) -> None:
    assert keys(query, "fa") == [(901, "origin")]


def test_all_words_must_be_there() -> None:
    assert keys("شبکه‌سازی سازمان", "fa") == [(901, "origin")]
    assert keys("شبکه‌سازی دانشگاه", "fa") == []


def test_titles_come_first_and_modules_before_lessons() -> None:
    assert keys("together", "en") == [(902, ""), (902, "first")]
    assert keys("network", "en") == [(902, ""), (902, "first")]
    assert keys("partners", "en") == [(902, "first")]


def test_another_language_is_searched_only_where_there_is_no_own() -> None:
    assert keys("networks", "fa") == [(902, ""), (902, "first")]
    assert keys("المنظمات", "fa") == []


def test_only_in_the_modules_asked_for() -> None:
    assert find("شبکه", "fa", [902]) == []
    assert find("شبکه", "fa", []) == []


@pytest.mark.parametrize("query", ["", " ", "%", "_", "'", '"*', "،"])
def test_nothing_asked_nothing_found(query: str) -> None:
    assert keys(query, "fa") == []


def test_the_original_text_is_marked() -> None:
    hit: Hit = find("شبكه سازي", "fa", list(MODULES))[1]
    assert hit.excerpt == [("شبکه‌سازی", True), (" از اینجا آغاز شد.", False)]
    assert hit.title == [("خاستگاه", False)]
    assert hit.language == "fa"


def test_an_excerpt_is_cut_around_the_match() -> None:
    text = "کار " * 100 + "شبکه " + "کار " * 100
    marked = excerpt(text, "شبکه", "fa")
    assert marked[0][0].startswith("… ")
    assert marked[1] == ("شبکه", True)
    assert marked[2][0].endswith(" …")
    assert sum(len(words) for words, _found in marked) < EXCERPT + 80
    assert excerpt("کار " * 100, "نیست", "fa")[0][0].endswith(" …")
    assert excerpt("", "نیست", "fa") == []


def test_an_excerpt_says_more_than_a_heading() -> None:
    text = "شبکه\nشبکه جایی است که چند سازمان در آن با هم کار می‌کنند و از هم یاد می‌گیرند."
    assert len(excerpt(text, "شبکه", "fa")) > 1


def test_one_query_however_much_is_found() -> None:
    with counted_statements() as few:
        find("کار", "fa", list(MODULES))
    with write_unit():
        index_module(903, [Entry(f"l{n}", "fa", "درس", "کار با هم") for n in range(30)])
    with counted_statements() as many:
        assert len(find("کار", "fa", [*MODULES, 903])) == MOST_HITS
    assert len([statement for statement in few if statement.startswith("SELECT")]) == 1
    assert len(many) == len(few)
