"""Lists of staff as people write them."""

import json
from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lms.documents.table_errors import TableError
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.imports.brought import listed_table, listed_text
from lms.imports.bulk.columns import LIST_FIELDS, by_header, recognised
from lms.imports.entries import Entry
from lms.imports.field_names import FIELD_NAMES
from lms.imports.kinds import is_phone, language_of
from lms.imports.listed import FIELDS, Listed, from_json, to_json
from lms.imports.plan import Known, State, plan
from tests.conftest import LANGUAGES


def entries_of_text(text: str) -> list[Entry]:
    return listed_text(text).entries()


def entries_of_table(headers: list[str], rows: list[tuple[int, list[str]]]) -> list[Entry]:
    return listed_table(headers, rows).entries()


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
def test_any_text_gives_people_that_can_be_carried(text: str) -> None:
    listed = listed_text(text)
    assert from_json(to_json(listed)) == listed
    entries = listed.entries()
    for entry in entries:
        assert not set("\n\r\t\u202e") & set(entry.name + entry.email)
    assert len(plan(entries, Known())) == len(entries)


@given(st.lists(st.lists(LETTERS, max_size=4), max_size=6), st.lists(LETTERS, max_size=4))
def test_any_table_gives_people(rows: list[list[str]], headers: list[str]) -> None:
    listed = listed_table(headers, list(enumerate(rows, start=2)))
    assert len(listed.entries()) <= len(rows) + 1
    assert from_json(to_json(listed)) == listed


@given(
    st.lists(st.lists(LETTERS, max_size=4), min_size=1, max_size=6),
    st.lists(st.sampled_from(["", *FIELDS]), max_size=5),
    st.booleans(),
)
def test_columns_chosen_by_hand_are_what_is_read(rows: list[list[str]], columns: list[str], headed: bool) -> None:
    listed = listed_table([], list(enumerate(rows, start=2))).matched(columns, headed=headed)
    assert from_json(to_json(listed)) == listed
    for entry in listed.entries() if columns else []:
        cells = dict(listed.body)[entry.line]
        held = {column for column, cell in zip(columns, cells, strict=False) if cell}
        assert bool(entry.email) <= bool({"person", "mail"} & held), "one cell may hold both"
        assert bool(entry.name) <= bool({"person", "given", "family", "mail"} & held)


def test_a_number_is_nobodys_name() -> None:
    found = entries_of_table(["1", "Ali", "a@b.org"], [(2, ["۲", "Sara", "s@b.org"])])
    assert found == [Entry(1, "Ali", "a@b.org"), Entry(2, "Sara", "s@b.org")]


def test_one_header_makes_a_head_though_nobody_stands_under_it() -> None:
    listed = listed_table(["کارمند", "سازمان"], [(2, ["سارا", "زیتون"])])
    assert listed.headed
    assert not listed.is_matched
    assert [entry.name for entry in listed.matched(["person", ""], headed=True).entries()] == ["سارا"]


def test_a_matching_from_before_names_the_columns() -> None:
    headers, rows = ["کارمند", "پست"], [(2, ["سارا", "sara@example.org"])]
    assert not listed_table(headers, rows).headed
    listed = listed_table(headers, rows, lambda headers: by_header(headers, ["person", "mail"]))
    assert listed.headed
    assert listed.entries() == [Entry(2, "سارا", "sara@example.org")]


def test_an_organization_may_stand_in_the_row() -> None:
    headers = ["نام", "سازمان", "المنظمة بالعربية"]
    listed = listed_table(headers, [(2, ["سارا", "زیتون", ""]), (3, ["نور", "", "زيتون"]), (4, ["علی", "سرو", ""])])
    assert [entry.organization for entry in listed.entries()] == ["زیتون", "زيتون", "سرو"]
    known = Known(own_names=frozenset({"زیتون"}))
    assert states(*listed.entries(), known=known) == ["new", "new", "elsewhere"], "in any spelling"


@given(st.one_of(LETTERS, st.recursive(st.none() | st.integers() | LETTERS, st.lists, max_leaves=8).map(str)))
def test_what_is_not_a_list_is_refused(text: str) -> None:
    with suppress(ValueError):
        assert isinstance(from_json(text), Listed)


def carried(rows: str, columns: str = "[]", headed: str = "false") -> str:
    return f'{{"rows": {rows}, "columns": {columns}, "headed": {headed}, "written": false}}'


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '{"rows": []}',
        carried("1"),
        carried('[[1, "a"]]'),
        carried('[["1", ["a"]]]'),
        carried("[[1, [2]]]"),
        carried("[[true, []]]"),
        carried('[[1, ["a"]]]', '["score"]'),
        carried('[[1, ["a"]]]', "1"),
    ],
)
def test_what_a_page_carries_is_checked(text: str) -> None:
    with pytest.raises(ValueError, match="not"):
        from_json(text)


@pytest.mark.parametrize("rows", [501, 502, 5000])
def test_more_people_than_a_page_shows_are_refused_wherever_they_come_from(rows: int) -> None:
    lines = [[line, ["a", "b"]] for line in range(rows)]
    with pytest.raises(TableError, match="too_many_rows"):
        from_json(carried(json.dumps(lines)))
    for text in ("a\n" * rows, "a\tb\n" * rows):
        with pytest.raises(TableError, match="too_many_rows"):
            listed_text(text)


@pytest.mark.parametrize("text", ["a" + "\tb" * 50, "name\n" * 400 + "a" + "\t" * 50 + "b"])
def test_more_columns_than_a_page_shows_are_refused(text: str) -> None:
    with pytest.raises(TableError, match="too_large"):
        listed_text(text)


def test_headers_do_not_count_as_a_person() -> None:
    listed = listed_text("name\tcity\n" + "a\tb\n" * 500)
    assert len(from_json(to_json(listed)).entries()) == 500
    with pytest.raises(TableError, match="too_many_rows"):
        listed.matched(listed.columns, headed=False)


def test_rows_are_of_one_width_and_none_is_empty() -> None:
    listed = listed_text("کارمند\n \t\u202e\t\nسارا\tsara@example.org\t\tمنشی\n")
    assert listed.rows == ((1, ("کارمند", "", "", "")), (3, ("سارا", "sara@example.org", "", "منشی")))


@pytest.mark.parametrize(
    "cell",
    [
        *("a@b.org", " <a@b.org>", "(a@b.org)", "mailto:a@b.org"),
        *("Ali <a@b.org>", "Ali، a@b.org", "a@b.org; Ali", "Ali a@b.org", "Ali:a@b.org"),
    ],
)
def test_a_mail_address_beside_a_name_says_that_it_is_a_person(cell: str) -> None:
    assert listed_text(f"Mark\t{cell}").begins_with_a_person


@pytest.mark.parametrize("cell", ["E-Mail", "@", "Mail (such as a@b.org)", "Mail(a@b.org)", "a@b"])
def test_a_header_may_show_how_a_mail_address_looks(cell: str) -> None:
    listed = listed_text(f"name\t{cell}\nAli\tali@b.org")
    assert listed.headed
    assert not listed.begins_with_a_person


def test_a_row_with_a_mail_address_is_no_head() -> None:
    listed = listed_text("Mark\tmark@example.org\nSara\tsara@example.org")
    assert not listed.headed, "though marks are a header too"
    assert listed.entries() == [Entry(1, "Mark", "mark@example.org"), Entry(2, "Sara", "sara@example.org")]


def test_a_cell_that_alone_is_filled_may_hold_several_things() -> None:
    found = entries_of_table(["1", "Ali, a@b.org", ""], [(2, ["2", "", ""]), (3, ["3", "Sara (office)", ""])])
    assert found == [Entry(1, "Ali", "a@b.org"), Entry(3, "Sara (office)")]


PERSONS = [
    ["Mark", "Berlin"],
    ["Emily", "Post"],
    ["Peter", "Lang"],
    ["Doris", "Day"],
    ["کشور", "رضایی"],
    ["الی", "احمدی"],
    ["كشور", "ناهيد"],
]
"""People, one of whose names is also a word that stands above columns."""


@pytest.mark.parametrize("first", PERSONS)
@pytest.mark.parametrize("below", [["Sara", "Ahmadi"], ["علی", "۱۲ب"], ["نور", ""]])
def test_a_name_that_is_also_the_name_of_a_column_loses_nobody(first: list[str], below: list[str]) -> None:
    listed = listed_table(first, [(2, below)])
    assert not listed.headed
    assert [entry.line for entry in listed.entries()] == [1, 2]


@pytest.mark.parametrize(
    ("first", "below"),
    [
        (["Employee", "Town", "Address"], ["Sara", "Qom", "sara@example.org"]),
        (["Employee", "Town"], ["Sara sara@example.org", "Qom"]),
        (["کارمند", "زبان"], ["سارا", "فارسی"]),
        (["الموظفة", "المدينة", "الرقم"], ["نور", "المنامة", "٣٣١٢"]),
        (["کارمند", "شهر", "شمارهٔ پرسنلی"], ["سارا", "اصفهان", "۰۱۲-۳۴"]),
    ],
)
def test_a_known_word_above_rows_of_another_kind_is_a_head(first: list[str], below: list[str]) -> None:
    empty = [""] * len(below)
    assert listed_table(first, [(2, empty), (3, below)]).headed
    other = ["Omar", "Doha", "Cedar"][: len(below)]
    assert not listed_table(first, [(2, below), (3, other)]).headed, "rows of several kinds tell nothing"


@pytest.mark.parametrize(
    "cell", ["–", "", "mark@wrong", "B12", "12", "English"], ids=["dash", "empty", "mail", "room", "number", "language"]
)
def test_a_cell_that_no_title_could_be_makes_no_head(cell: str) -> None:
    kinds = ("sara@example.org", "12", "فارسی")
    assert not any(listed_table(["Mark", cell], [(2, ["Sara", kind])]).headed for kind in kinds)


@pytest.mark.parametrize("first", [["Town", "Job title"], ["شهر", "سمت"], ["المدينة", "المنصب"], ["x", "Town", "Role"]])
def test_two_known_words_are_a_head(first: list[str]) -> None:
    assert listed_table(first, [(2, ["Sara", "Ahmadi"])]).headed


@pytest.mark.parametrize("word", ["Name", "e-mail", "نام و نام خانوادگی", "رایانامه", "سازمان", "الاسم", "الجمعية"])
def test_one_word_that_is_nobodys_name_is_a_head(word: str) -> None:
    assert listed_table(["x", word], [(2, ["Sara", "Ahmadi"])]).headed


WORDS = st.text(alphabet=st.characters(categories=["Lo", "Lu", "Ll"]), min_size=1, max_size=12)


@given(st.sampled_from(PERSONS), st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6), st.booleans())
def test_among_names_alone_nobody_is_a_head(first: list[str], below: list[tuple[str, str]], turned: bool) -> None:
    assume(not any(language_of(word) for pair in below for word in pair))
    rows = [list(reversed(pair)) if turned else list(pair) for pair in (first, *below)]
    listed = listed_table(rows[0], list(enumerate(rows[1:], start=2)))
    assert [line for line, _cells in listed.body] == list(range(1, len(rows) + 1))


CELLS = st.sampled_from(
    [
        *("", "Ali", "سارا احمدی", "قم", "7", "۰۹۱۳۱۲۳۴۵۶۷", "fa", "العربية", "–"),
        *("a@b.org", "Sara <s@b.org>", "Huda (h@b.org)", "wrong@", "d@e.org;f@g.org"),
    ]
)


@given(st.lists(st.lists(CELLS, max_size=4), max_size=6))
def test_of_a_list_without_headers_every_cell_is_shown_or_named_as_left_out(rows: list[list[str]]) -> None:
    listed = listed_table([], list(enumerate(rows, start=2)))
    assume(not listed.headed)
    entries = {entry.line: entry for entry in listed.entries()}
    for line, cells in enumerate(rows, start=2):
        words = [word.strip("<>()") for cell in cells for word in cell.split() if word != "–"]
        own = dict(listed.body).get(line, ())
        left = " ".join(own[index] for index in listed.left_out if own)
        entry = entries.get(line, Entry(line))
        shown = f"{left} {entry.name} {entry.email} {entry.language} {language_of(entry.language)}"
        assert [word for word in words if word not in shown and not language_of(word)] == []


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6))
def test_a_cell_with_an_address_is_read_as_the_mail_wherever_it_stands(rows: list[list[str]]) -> None:
    assume(all(sum("@" in cell for cell in cells) <= 1 for cells in rows))
    found = {entry.line: entry.email for entry in listed_table([], list(enumerate(rows, start=2))).entries()}
    for line, cells in enumerate(rows, start=2):
        meant = [word.strip("<>()") for cell in cells for word in cell.split() if "@" in word]
        assert not meant or found[line] == meant[0]


@pytest.mark.parametrize(
    ("number", "meant"),
    [
        ("۰۹۱۳ ۱۲۳ ۴۵۶۷", True),
        ("+98 (913) 123-4567", True),
        ("٠٠٩٧٣٣٣١٢٣٤٥٦", True),
        ("9131234567", True),
        ("031-3221 4455", True),
        ("1270012345", False),
        ("0012345678", False),
        ("12", False),
        ("داخلی ۱۲", False),
        ("", False),
    ],
)
def test_a_telephone_number_is_told_from_others(number: str, meant: bool) -> None:
    assert is_phone(number) == meant


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_our_files_write_above_a_column_is_understood(language: str) -> None:
    with reading_as(Formatter(language)):
        labels = {field: str(label) for field, label in FIELD_NAMES.items()}
    assert {field: recognised([label], fields=LIST_FIELDS)[0] for field, label in labels.items()} == {
        # Alone, a first name is the name.
        field: "person" if field == "given" else field
        for field in FIELDS
    }


def test_most_rows_say_what_a_column_holds() -> None:
    rows = [["سارا", "s@b.org", "fa"], ["علی", "ندارد", ""], ["نور", "-", "العربية"], ["هدی", "wrong", ""]]
    listed = listed_table([], list(enumerate(rows, start=2)))
    assert listed.columns == ("person", "mail", "language")
    assert [(entry.email, entry.language) for entry in listed.entries()] == [
        ("s@b.org", "fa"),
        ("", ""),
        ("", "ar"),
        ("wrong", ""),
    ], "what is meant as an address is shown as a wrong one"


def test_a_name_and_an_address_may_stand_in_one_cell() -> None:
    both = ["Sara Ahmadi <sara@b.org>", "Ali (ali@b.org)", "huda@b.org", "نور"]
    rows = [[str(number), cell, "Qom"] for number, cell in enumerate(both, start=1)]
    for listed in (
        listed_table([], list(enumerate(rows))),
        listed_table(["No", "Name", "City"], list(enumerate(rows))),
    ):
        assert [(entry.name, entry.email) for entry in listed.entries()] == [
            ("Sara Ahmadi", "sara@b.org"),
            ("Ali", "ali@b.org"),
            ("", "huda@b.org"),
            ("نور", ""),
        ]


def people(text: str) -> list[tuple[str, str, str]]:
    return [(entry.name, entry.email, entry.language) for entry in entries_of_text(text)]


SARA, ALI = ("سارا احمدی", "sara@b.org", "fa"), ("Ali", "ali@b.org", "en")


@pytest.mark.parametrize(
    "text",
    [
        "نام;ایمیل;زبان\nسارا احمدی;sara@b.org;فارسی\nAli;ali@b.org;انگلیسی",
        "الاسم؛ البريد الإلكتروني؛ اللغة\nسارا احمدی؛ sara@b.org؛ الفارسية\nAli؛ ali@b.org؛ الإنجليزية\n",
        "زبان، رایانامه، نام\nفارسی، sara@b.org، سارا احمدی\nانگلیسی، ali@b.org، Ali",
        'name,mail,language,city\n"سارا احمدی",sara@b.org,fa,"Qom, Iran"\nAli,ali@b.org,en',
        "فهرست کارکنان\n\nنام;ایمیل;زبان\nسارا احمدی;sara@b.org;فارسی\nAli;ali@b.org;انگلیسی",
        "کارکنان\t\t\nسال ۱۴۰۵\nنام\tایمیل\tزبان\nسارا احمدی\tsara@b.org\tفارسی\nAli\tali@b.org\ten",
        'نام\tایمیل\tزبان\n"سارا\nاحمدی"\tsara@b.org\tفارسی\n"Ali"\tali@b.org\tانگلیسی',
        "نام\tایمیل سازمانی (الزامی)\tزبان\nسارا احمدی\tsara@b.org\tفارسی\nAli\tali@b.org\tانگلیسی",
    ],
)
def test_a_pasted_table_is_read_by_its_headers(text: str) -> None:
    assert people(text) == [SARA, ALI]
    assert listed_text(text).headed


@pytest.mark.parametrize("head", ["نام", "نام و نام خانوادگی:", "الاسم", "Name"])
def test_a_word_above_a_written_list_is_nobody(head: str) -> None:
    assert people(f"{head}\nسارا احمدی، sara@b.org، فارسی\nAli, ali@b.org, English") == [SARA, ALI]
    assert people(head) == [(head.strip(":"), "", "")], "but alone it may be"


@pytest.mark.parametrize(
    "text",
    [
        "سارا احمدی <sara@b.org>; Ali <ali@b.org>",
        "سارا احمدی <sara@b.org>, Ali <ali@b.org>",
        '"سارا احمدی" <sara@b.org>؛ "Ali" <ali@b.org>;',
        "سارا احمدی، sara@b.org، Ali، ali@b.org",
        "sara@b.org سارا احمدی; ali@b.org Ali",
        "sara@b.org سارا احمدی ali@b.org Ali",
        "1. <sara@b.org> سارا احمدی <ali@b.org> Ali",
        "۱)sara@b.org سارا احمدی ali@b.org Ali",
        "mailto:sara@b.org سارا احمدی mailto:ali@b.org Ali",
        "sara@b.org، سارا احمدی، ali@b.org، Ali",
        "1. سارا احمدی sara@b.org Ali ali@b.org",
    ],
)
def test_several_people_may_stand_in_one_line(text: str) -> None:
    assert people(text) == [(*SARA[:2], ""), (*ALI[:2], "")]
    assert {entry.line for entry in entries_of_text(f"\n{text}")} == {2}


def test_addresses_alone_may_stand_in_one_line() -> None:
    for text in ("sara@b.org, ali@b.org; huda@b.org", "sara@b.org ali@b.org huda@b.org"):
        assert [email for _name, email, _language in people(text)] == ["sara@b.org", "ali@b.org", "huda@b.org"]
    last_first = '"Ahmadi, Sara" <sara@b.org>; "Rezaei, Ali" <ali@b.org>'
    assert [name for name, _email, _language in people(last_first)] == ["Ahmadi Sara", "Rezaei Ali"]


@pytest.mark.parametrize("mark", ["1. ", "۲- ", "٣) ", "12 ", "• ", "* ", "- ", "– ", "(4) ", "۵، "])
def test_what_stands_before_the_lines_of_a_list_is_no_name(mark: str) -> None:
    assert people(f"{mark}سارا احمدی\n{mark}sara@b.org") == [("سارا احمدی", "", ""), ("", "sara@b.org", "")]


@pytest.mark.parametrize(
    "line", ["سارا احمدی، {}", "سارا احمدی {}", "{} سارا احمدی", "سارا احمدی: {}؛ sara@b.org", "سارا احمدی ({})"]
)
@pytest.mark.parametrize("number", ["۰۹۱۳۱۲۳۴۵۶۷", "+98 913 123 4567", "0913-123-4567"])
def test_a_telephone_number_is_no_part_of_a_name(line: str, number: str) -> None:
    listed = listed_text(line.format(number))
    assert [entry.name for entry in listed.entries()] == ["سارا احمدی"]
    assert listed.columns == ("person", "mail", "language", "phone")
    assert listed.rows[0][1][3] == number
    assert not listed.written, "so that it can be seen that it is left out"


@pytest.mark.parametrize(
    "written",
    [
        "sara۱۲@b.org",
        "sara\u200c12@b.org\u200c",
        "\u200fsara12@b.org\u200f",
        "sara12@b.org.",
        "mailto:sara12@b.org",
        "<sara12@b.org>",
    ],
)
def test_an_address_is_taken_as_it_is_meant(written: str) -> None:
    for text in (f"سارا، {written}", f"سارا {written}", f"سارا\t{written}", f"نام\tایمیل\nسارا\t{written}"):
        assert people(text) == [("سارا", "sara12@b.org", "")], text


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("سارا احمدی (فارسی)", ("سارا احمدی", "", "fa")),
        ("Sara (office)", ("Sara (office)", "", "")),
        ("سارا احمدی / sara@b.org", ("سارا احمدی", "sara@b.org", "")),
        ("Sara|sara@b.org|English", ("Sara", "sara@b.org", "en")),
        ("| Sara | sara@b.org |", ("Sara", "sara@b.org", "")),
        ("(Sara)", ("Sara", "", "")),
    ],
)
def test_signs_between_what_is_told_are_no_part_of_it(line: str, found: tuple[str, str, str]) -> None:
    assert people(line) == [found]


def test_a_quote_that_does_not_end_swallows_nobody() -> None:
    assert people('"Sara\tsara@b.org\nAli\tali@b.org') == [("Sara", "sara@b.org", ""), ("Ali", "ali@b.org", "")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('Sara\tsara@x.org\n"Mina Rostami\nAli Karimi', ["Sara", "Mina Rostami", "Ali Karimi"]),
        ('Sara\tsara@x.org\n"Mina\nRostami"\tm@x.org', ["Sara", "Mina Rostami"]),
    ],
)
def test_only_a_pair_of_quotes_holds_lines_together(text: str, names: list[str]) -> None:
    assert [entry.name for entry in entries_of_text(text)] == names


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", ["a" * 200_000, "1" * 200_000 + "a", "@" + "a" * 200_000, "a@" * 100_000])
def test_the_longest_word_is_read_in_no_time(text: str) -> None:
    assert len(listed_text(text).entries()) == 1


def test_a_title_may_stand_above_the_headers_of_a_file() -> None:
    rows = [(2, ["", ""]), (3, ["نام", "آدرس ایمیل"]), (4, ["سارا", "sara@b.org"])]
    assert entries_of_table(["فهرست کارکنان", ""], rows) == [Entry(4, "سارا", "sara@b.org")]
    assert len(entries_of_table(["Sara", ""], [(2, ["Mark", "Berlin"]), (3, ["Ali", "Qom"])])) == 3
    assert len(entries_of_table(["Sara", "Qom"], [(2, ["name", "mail"]), (3, ["Ali", "ali@b.org"])])) == 3


@pytest.mark.parametrize("header", ["آدرس ایمیل", "نشانی رایانامه", "آدرس پست الكترونيكي", "بريد إلكتروني", "إيميل"])
def test_an_address_is_called_by_many_names(header: str) -> None:
    assert recognised([header]) == ["mail"]


def test_lines_of_a_file_are_read_as_pasted_ones() -> None:
    found = entries_of_table(["۱. سارا"], [(2, ["۲. علی (عربی)"]), (3, ["• هدی 09131234567"])])
    assert found == [Entry(1, "سارا"), Entry(2, "علی", "", "ar"), Entry(3, "هدی")]


def test_a_cell_that_its_column_could_not_take_is_not_lost() -> None:
    rows = [["سارا", "s@b.org", "fa", "قم"], ["علی", "a@b.org", "آلمانی", ""], ["نور", "n@b.org", "", "۰۹۱۳۱۲۳۴۵۶۷"]]
    listed = listed_table([], list(enumerate(rows, start=2)))
    assert listed.columns == ("person", "mail", "language", "", "")
    assert [[cells[index] for _line, cells in listed.body] for index in listed.left_out] == [
        ["", "آلمانی", ""],
        ["قم", "", "۰۹۱۳۱۲۳۴۵۶۷"],
    ], "what is left over keeps to its column"
    two = listed_table(["name", "mail"], [(2, ["Sara <s@b.org>", "other@b.org"]), (3, ["s@b.org", "S@b.org"])])
    assert [(entry.name, entry.email) for entry in two.entries()] == [
        ("Sara <s@b.org>", "other@b.org"),
        ("", "S@b.org"),
    ]


def test_a_person_above_the_headers_is_no_title() -> None:
    assert people("Ali <ali@b.org>\t\nname\tmail\nSara\tsara@b.org")[0] == ("Ali", "ali@b.org", "")
    assert people("Ali\t\t\nMark\tDay\tmark@b.org\nSara\tOmid\tsara@b.org")[0] == ("Ali", "", "")


def test_a_dash_is_nobodys_name_and_a_wrong_address_stays_as_it_was_typed() -> None:
    rows = [["سارا", "s@b.org", "–"], ["–", "–", "…"], ["-", "a@b.org", "fa"], ["علی", "۰۹۱۳", ""]]
    expected = [Entry(2, "سارا", "s@b.org"), Entry(4, "", "a@b.org", "fa"), Entry(5, "علی", "۰۹۱۳")]
    assert entries_of_table([], list(enumerate(rows, start=2))) == expected
    assert entries_of_table(["نام", "ایمیل", "زبان"], list(enumerate(rows, start=2))) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Full name\tFirst name\tLast name\tEmail\nMina Rostami\tMina\tRostami\tm@x.org", "Mina Rostami"),
        ("نام و نام خانوادگی\tفامیل\tایمیل\nمینا رستمی\tرستمی\tm@x.org", "مینا رستمی"),
        ("نام و نام خانوادگی\tفامیل\tایمیل\nمینا رستمی\tرستمي\tm@x.org", "مینا رستمی"),
        ("Name\tLast name\tEmail\nMinarostami\tRostami\tm@x.org", "Minarostami Rostami"),
        ("First name\tLast name\tEmail\nAli\tAli\tm@x.org", "Ali Ali"),
        ("First name\tLast name\tEmail\nمریم\t-\tm@x.org", "مریم"),
        ("First name\tLast name\tEmail\n-\tرستمی\tm@x.org", "رستمی"),
        ("First name\tLast name\tEmail\n-\t–\tm@x.org", ""),
        ("Full name\tFirst name\tLast name\tEmail\n\tMina\tRostami\tm@x.org", "Mina Rostami"),
        ("نام کامل\tنام\tنام خانوادگی\tایمیل\n–\tمینا\tرستمی\tm@x.org", "مینا رستمی"),
        ("Full name\tFirst name\tLast name\tEmail\n\tMina\t\tm@x.org", "Mina"),
        ("Full name\tFirst name\tLast name\tEmail\nAli Hasan Ahmed\tAli\tAl Ahmed\tm@x.org", "Ali Hasan Ahmed"),
        ("نام\tنام کوچک\tنام خانوادگی\tایمیل\nعلی\tعلی\tرضایی\tm@x.org", "علی رضایی"),
        ("Full name\tFirst name\tLast name\tEmail\n\tMina\tRostami\tMehr office <m@x.org>", "Mina Rostami"),
        ("Name\tLast name\tEmail\nRostami, Mina\tRostami\tm@x.org", "Mina Rostami"),
        ("نام\tفامیل\tایمیل\nرستمی، مینا\tرستمي\tm@x.org", "مینا رستمی"),
        ("Full name\tFirst name\tLast name\tEmail\nRostami, Mina\tMina\tRostami\tm@x.org", "Mina Rostami"),
        ("Name\tLast name\tEmail\nMina,\tRostami\tm@x.org", "Mina, Rostami"),
        ("Name\tLast name\tEmail\nAli Hasan\tAli\tm@x.org", "Ali Hasan Ali"),
    ],
)
def test_a_family_name_stands_once_in_a_name(text: str, name: str) -> None:
    listed = listed_text(text)
    assert listed.headed
    assert [(entry.name, entry.email) for entry in listed.entries()] == [(name, "m@x.org")]


@pytest.mark.parametrize("name", ["نهاد", "سمن", "Ngo", "Person", "فرد", "هاتف"])
@pytest.mark.parametrize("other", ["حداد", "رضایی"])
def test_a_word_above_columns_that_somebody_is_called_by_loses_nobody(name: str, other: str) -> None:
    assert people(f"{name}\nسارة\nليلى") == [(name, "", ""), ("سارة", "", ""), ("ليلى", "", "")]
    for first in ((name, other), (other, name)):
        listed = listed_text("\t".join(first) + "\nسارة\tأحمد")
        assert not listed.headed
        assert [entry.line for entry in listed.entries()] == [1, 2]
    assert listed_text(f"{name}\tx\nسارة\ts@x.org").headed, "where the rows below tell it, it is a header"


def test_a_column_whose_header_says_something_else_is_not_taken_for_the_mails() -> None:
    listed = listed_table(["Name", "Sign-in name", "Contact"], [(2, ["Sara", "sara@x.org", "sara@y.org"])])
    assert listed.headed
    assert listed.columns == ("person", "", "mail")
    assert listed.entries() == [Entry(2, "Sara", "sara@y.org")]
