"""Markdown as it is shown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.training.rendering import TAGS, plain_text, render_inline, render_markdown

ZWNJ = "\u200c"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("**«نقل»**ی", "<strong>«نقل»</strong>ی"),
        ("**(مهم)**است", "<strong>(مهم)</strong>است"),
        ("*«یک»*و**«دو»**", "<em>«یک»</em>و<strong>«دو»</strong>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("شبکه\u200cها", "شبکه\u200cها"),
        ("<https://a.example/ب>، سپس", "</a>، سپس"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("زبان [C++]{ltr}!", '<bdi dir="ltr">C++</bdi>!'),
        ("[**۰۲۱** 88]{ltr}", '<bdi dir="ltr"><strong>۰۲۱</strong> 88</bdi>'),
        ("[x]{top}", "[x]{top}"),
        ("[x](https://a.example){ltr}", 'rel="noopener noreferrer">x</a>{ltr}'),
        ("![تصویر](a.png)", "!<a "),
    ],
)
def test_inline(source: str, shown: str) -> None:
    assert shown in render_inline(source, "fa")


@pytest.mark.parametrize("digits", ["1. x\n2. y", "۱. ایک\n۲. دو", "١. واحد\n٢. اثنان", "۳) سه\n۴) چهار"])
def test_a_list_is_counted_in_any_digits(digits: str) -> None:
    html = render_markdown(digits, "fa")
    assert html.startswith("<ol")
    assert html.count("<li") == 2
    assert ('start="3"' in html) == digits.startswith("۳")


def test_every_block_with_words_has_a_direction() -> None:
    source = "# سر\n\nمتن\n\n- یک\n\n> نقل\n\n| الف |\n|---|\n| ب |\n"
    html = render_markdown(source, "fa")
    for tag in ("h3", "p", "li", "th", "td"):
        assert f'<{tag} dir="rtl">' in html


def test_a_sentence_that_begins_with_a_foreign_word_keeps_its_direction() -> None:
    assert '<p dir="rtl">NGO ها' in render_markdown("NGO ها با هم کار می\u200cکنند", "fa")


def test_what_is_in_another_script_says_its_language() -> None:
    assert '<p dir="ltr" lang="en">' in render_markdown("Working together", "ar")
    assert '<bdi lang="en" dir="ltr">The Global Fund</bdi>' in render_markdown("نهاد The Global Fund است", "fa")
    assert '<bdi lang="fa" dir="rtl">شبکه سازی</bdi>' in render_inline("the word شبکه سازی in Persian", "en")
    assert '<li dir="rtl"><bdi lang="en"' in render_markdown("- Working together", "fa")


def test_numbers_and_dots_alone_take_the_direction_of_what_is_around_them() -> None:
    html = render_markdown("| الف | … |\n|---|---|\n| ۱۲ | … |", "fa")
    assert html.count("dir=") == 1


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"])
def test_only_harmless_addresses_are_links(address: str) -> None:
    assert "href" not in render_markdown(f"[x]({address})", "en")


@pytest.mark.parametrize("address", ["https://a.example/", "mailto:a@b.example", "../other/", "/fa/m/x/"])
def test_links(address: str) -> None:
    html = render_markdown(f"[x]({address})", "en")
    assert f'href="{address}"' in html
    assert "noopener" in html


def test_plain_text_has_a_line_a_block() -> None:
    assert plain_text(render_markdown("a **b** & c\n\n- d\n- e", "en")) == "a b & c\nd\ne"


MARKDOWN = st.text(
    st.sampled_from(list("ab ی‌شNGO«»*_`[]()<>!#>-+|\n\\&;:/1۲.\"'=~{}\t")) | st.characters(codec=None), max_size=120
)


@given(MARKDOWN, st.sampled_from(["fa", "ar", "en"]))
def test_nothing_but_our_tags_ever_comes_out(source: str, language: str) -> None:
    for html in (render_markdown(source, language), render_inline(source, language)):
        found = set(re.findall(r"<\s*/?\s*([A-Za-z!?][^\s>/]*)", html))
        assert found <= TAGS
        assert not re.search(r"<[^>]*\s(?!href=|title=|dir=|lang=|class=|rel=|start=|tabindex=)[a-z-]+=", html)
