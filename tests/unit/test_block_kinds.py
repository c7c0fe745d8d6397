"""Kinds of blocks: what is refused of a text, and how it is shown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.training.block_kinds import BlockKind, Source, all_kinds, block_template, find_kind, register_plugin_kinds
from lms.training.blocks import render_block
from lms.training.checks import check_tree
from lms.training.publishing import plain_lesson
from lms.training.rendering import TAGS
from tests.content import LANGUAGES, make_lesson, make_tree

QUESTION = "کدام شبکه است؟\n- [ ] یک سازمان\n- [x] چند سازمان\n\nزیرا **با هم** کار می‌کنند."


def kind(key: str) -> BlockKind:
    found = find_kind(key)
    assert found is not None
    return found


def faults(key: str, text: str) -> list[str]:
    return list(kind(key).faults(Source(text, "fa")))


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("text", "متن"),
        ("heading", "عنوان"),
        ("list", "یک\nدو"),
        ("callout", "عنوان\nمتن"),
        ("table", "نقش‌ها\nنقش | کار\nعضو | رأی"),
        ("table", "نقش‌ها\n| نقش | کار |\n|---|---|\n| عضو | رأی |"),
        ("checklist", "- یک\n- [ ] دو"),
        ("term", "شبکه\nچند سازمان"),
        ("question", QUESTION),
        ("question", "چرا؟\n\nزیرا بهتر است."),
        ("case", "عنوان\nماجرا\n\n---\n\nپرسش؟"),
        ("case", "عنوان\nماجرا"),
    ],
)
def test_a_whole_text_is_taken(key: str, text: str) -> None:
    assert faults(key, text) == []


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("heading", "عنوان\nدیگر"),
        ("callout", "عنوان"),
        ("table", "نقش‌ها\nنقش | کار"),
        ("table", "نقش‌ها\nنقش\nکار"),
        ("table", "نقش‌ها\nنقش | کار\nیک | دو | سه"),
        ("checklist", "\n-\n"),
        ("term", "شبکه"),
        ("question", "کدام؟"),
        ("question", "کدام؟\n- [x] یک"),
        ("question", "کدام؟\n- [ ] یک\n- [ ] دو"),
        ("question", "- [ ] یک\n- [x] دو"),
        ("case", "عنوان\nماجرا\n---\n"),
        ("case", "عنوان\nماجرا\n---\nپرسش\n---\nپرسش"),
    ],
)
def test_half_a_text_is_not(key: str, text: str) -> None:
    assert faults(key, text)


def render(key: str, text: str, **data: str) -> dict[str, object]:
    return render_block({"id": "b", "kind": key, "data": data}, text, "fa")


def test_a_list_is_counted_where_its_first_line_is() -> None:
    assert str(render("list", "۱. یک\nدو")["html"]).startswith("<ol")
    html = str(render("list", "• یک\n- دو\nسه")["html"])
    assert html.startswith("<ul")
    assert html.count("<li") == 3


def test_a_question_knows_its_right_options_and_shows_why() -> None:
    shown = render("question", QUESTION)
    assert [option["right"] for option in shown["options"]] == [False, True]  # type: ignore[attr-defined]
    assert "<strong>با هم</strong>" in str(shown["answer"])


def test_a_table_may_be_pasted_from_a_sheet() -> None:
    html = str(render("table", "نقش‌ها\nنقش\tکار\nعضو\tرأی | نظر")["html"])
    assert html.count("<th ") + html.count("<th>") == 2
    assert "رأی | نظر" in html


def test_a_callout_has_a_tone() -> None:
    assert render("callout", "ع\nم", tone="tip")["data"] == {"tone": "tip"}
    assert render("callout", "ع\nم")["data"] == {"tone": "note"}
    assert list(kind("callout").data_faults({"tone": "loud"}))
    assert list(kind("text").data_faults({"tone": "tip"}))


def test_every_word_is_found_and_no_choice_is_a_word() -> None:
    words = plain_lesson([render("question", QUESTION), render("callout", "ع\nم", tone="warning")])
    assert "چند سازمان" in words
    assert "با هم" in words
    assert "warning" not in words


def test_languages_must_be_made_alike() -> None:
    tree = make_tree(lessons=("origin",))
    block = {"id": "ask", "kind": "question"}
    part = make_lesson("origin", [block])
    part["texts"] = {code: {"ask": QUESTION} for code in LANGUAGES}
    tree.lessons["origin"] = part
    assert check_tree(tree) == []
    part["texts"]["en"]["ask"] = "Which?\n- [x] one\n- [ ] two"
    assert [problem.where for problem in check_tree(tree)] == ["lessons/origin/en.md ask"]


def test_a_plugin_keeps_to_its_name() -> None:
    class Loud(BlockKind):
        key = "loud_words"
        label = "Loud"

    with pytest.raises(ValueError, match="loud_words"):
        register_plugin_kinds("quiet", [Loud()])
    assert find_kind("loud_words") is None
    assert block_template("loud_words") == "blocks/text.html"


@given(st.text(max_size=200), st.sampled_from([kind.key for kind in all_kinds()]), st.sampled_from(LANGUAGES))
def test_nothing_that_is_typed_breaks_a_kind_or_the_page(text: str, key: str, language: str) -> None:
    found = kind(key)
    list(found.faults(Source(text, language)))
    found.outline(text)
    shown = render_block({"id": "b", "kind": key}, text, language)
    html = " ".join(str(value) for name, value in shown.items() if name not in ("id", "kind", "title"))
    assert set(re.findall(r"<([a-z0-9]+)", html)) <= {*TAGS, "label", "input", "span"}
    assert "<script" not in html
