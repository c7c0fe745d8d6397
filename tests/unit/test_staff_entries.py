"""Lists of staff as people write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.imports.entries import Entry, entries_of_table, entries_of_text, from_json, language_of, to_json
from lms.imports.plan import Known, State, plan


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("سارا احمدی", Entry(1, "سارا احمدی")),
        ("سارا احمدی، sara@example.org", Entry(1, "سارا احمدی", "sara@example.org")),
        ("Sara Ahmadi <sara@example.org>", Entry(1, "Sara Ahmadi", "sara@example.org")),
        ("sara@example.org; Sara; English", Entry(1, "Sara", "sara@example.org", "en")),
        ("نور العلوي، العربية", Entry(1, "نور العلوي", "", "ar")),
        ("sara@example.org", Entry(1, "", "sara@example.org")),
        ("Ahmadi, Sara", Entry(1, "Ahmadi Sara")),
        ("فارسی", Entry(1, "فارسی")),
        ("\u202eevil\u202c name", Entry(1, "evil name")),
        ("Sara\tsara@example.org\tfa", Entry(1, "Sara", "sara@example.org", "fa")),
    ],
)
def test_a_line_is_read_as_it_is_meant(line: str, entry: Entry) -> None:
    assert entries_of_text(line) == [entry]


def test_a_line_without_tabs_may_stand_among_lines_with_them() -> None:
    found = entries_of_text("علی رضایی، ali@example.org\nSara\tsara@example.org\nHuda, Arabic")
    assert found == [
        Entry(1, "علی رضایی", "ali@example.org"),
        Entry(2, "Sara", "sara@example.org"),
        Entry(3, "Huda", "", "ar"),
    ]


@pytest.mark.parametrize(
    "headers",
    [
        ["ایمیل", "نام و نام خانوادگی", "زبان"],
        ["البريد الإلكتروني", "الاسم الكامل", "اللغة"],
        ["E-Mail", " Full  Name", "LANGUAGE"],
        ["رايانامه", "نام", "زبان"],
    ],
)
def test_headers_name_the_columns_in_three_languages(headers: list[str]) -> None:
    found = entries_of_table(headers, [(2, ["a@b.org", "Ali", "عربی"]), (5, ["", "", ""])])
    assert found == [Entry(2, "Ali", "a@b.org", "ar")]


def test_without_headers_the_first_row_is_a_person() -> None:
    found = entries_of_table(["Ali", "a@b.org"], [(2, ["Sara", ""]), (3, ["x@y.org", "Nour"])])
    assert found == [Entry(1, "Ali", "a@b.org"), Entry(2, "Sara"), Entry(3, "Nour", "x@y.org")]


def test_blank_lines_count_but_make_no_entry() -> None:
    assert entries_of_text("Ali\n\n  ,, \nSara\n") == [Entry(1, "Ali"), Entry(4, "Sara")]


def test_languages_are_named_in_any_language() -> None:
    names = ("fa", "فارسي", "Farsi", "العربية", "انگلیسی", "Deutsch")
    assert [language_of(w) for w in names] == ["fa", "fa", "fa", "ar", "en", ""]


def states(*entries: Entry, known: Known | None = None) -> list[State]:
    return [planned.state for planned in plan(entries, known or Known())]


def test_each_row_is_judged() -> None:
    known = Known(frozenset({"علی"}), frozenset({"open@x.org", "نور"}), frozenset({"used@x.org"}))
    assert states(
        Entry(1, "Sara", "s@x.org"),
        Entry(2, "Other", "S@X.org"),
        Entry(3, "علي"),
        Entry(4, "نور"),
        Entry(5, "N", "open@x.org"),
        Entry(6, "U", "used@x.org"),
        Entry(7, "W", "w@x"),
        Entry(8, "x" * 121),
        Entry(9),
        Entry(10, "نُور", "nour@x.org"),
        known=known,
    ) == ["new", "duplicate", "namesake", "invited", "invited", "joined", "wrong_mail", "too_long", "nobody", "new"]


LETTERS = st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=200)


@given(LETTERS)
def test_any_text_gives_entries_that_can_be_carried(text: str) -> None:
    entries = entries_of_text(text)
    assert from_json(to_json(entries)) == entries
    for entry in entries:
        assert not set("\n\r\t\u202e") & set(entry.name + entry.email)
    assert len(plan(entries, Known())) == len(entries)


@given(st.lists(st.lists(LETTERS, max_size=4), max_size=6), st.lists(LETTERS, max_size=4))
def test_any_table_gives_entries(rows: list[list[str]], headers: list[str]) -> None:
    entries = entries_of_table(headers, list(enumerate(rows, start=2)))
    assert len(entries) <= len(rows) + 1
    assert from_json(to_json(entries)) == entries


@given(st.one_of(LETTERS, st.recursive(st.none() | st.integers() | LETTERS, st.lists, max_leaves=8).map(str)))
def test_what_is_not_a_list_of_entries_is_refused(text: str) -> None:
    with suppress(ValueError):
        assert isinstance(from_json(text), list)


@pytest.mark.parametrize("text", ['[[1,"a","b","de"]]', '[[1,"a"]]', '[["1","a","",""]]', '{"a":1}', '[[1,2,"",""]]'])
def test_what_a_page_carries_is_checked(text: str) -> None:
    with pytest.raises(ValueError, match="entr"):
        from_json(text)
