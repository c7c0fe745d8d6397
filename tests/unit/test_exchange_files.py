"""Files by others: encodings, archives, attacks; texts as Moodle's editor leaves them."""

import io
import zipfile
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.exchange.errors import REASONS, UnreadableFile
from lms.exchange.markdown import to_html, to_markdown
from lms.exchange.multilang import split
from lms.exchange.reading import FORMATS, Wanted, read_questions
from lms.exchange.runs import read_html
from lms.exchange.sheet import template_csv, template_xlsx
from lms.exchange.texts import Source, words_of
from tests.unit.exchange_files import asked, read_text, zipped

BOTH = {"ar": "a ب c", "en": "a x c"}
GIFT = "شبکه‌ی پژوهشگران چیست؟ {=پیوند ~ساختمان}"


@pytest.mark.parametrize(
    "data",
    [
        GIFT.encode(),
        GIFT.encode("utf-8-sig"),
        GIFT.encode("utf-16"),
        GIFT.encode("utf-16-le"),
        GIFT.encode("utf-16-be"),
        GIFT.replace("ی", "ي").encode("cp1256"),
        GIFT.replace("ی", "ي").encode("cp1256", "strict").replace(b"\n", b"\r\n"),
    ],
    ids=["utf-8", "with a mark", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "cp1256 of Windows"],
)
def test_encodings(data: bytes) -> None:
    (item,) = read_questions(data, "q.txt", Wanted(format="gift")).items
    assert asked(item)["text"]["fa"]["prompt"] == "شبکه‌ی پژوهشگران چیست؟"


def test_a_text_that_was_encoded_twice_is_mended() -> None:
    spoilt = ("شبکه چیست؟ " * 3 + "{=الف ~ب}").encode().decode("cp1256", "ignore")
    (item,) = read_questions(spoilt.encode(), "q.txt", Wanted(format="gift", language="fa")).items
    assert "شبکه چیست؟" in asked(item)["text"]["fa"]["prompt"]


def refused(data: bytes, name: str = "q.xml") -> str:
    with pytest.raises(UnreadableFile) as error:
        read_questions(data, name)
    assert error.value.message
    return error.value.code


def test_attacks_by_xml_are_refused() -> None:
    bomb = b'<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>'
    outside = b'<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'
    deep = b"<quiz>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</quiz>"
    assert refused(bomb) == "not_xml"
    assert refused(outside) == "not_xml"
    assert refused(deep) == "too_deep"


def test_attacks_by_archive_are_refused() -> None:
    assert refused(zipped({"../out.xml": b"<quiz/>"}), "a.zip") == "archive"
    assert refused(zipped({"/abs.xml": b"<quiz/>"}), "a.zip") == "archive"
    assert refused(zipped({"big.txt": b"\0" * 5_000_000}), "a.zip") == "archive"
    assert refused(zipped({f"{n}.png": b"" for n in range(3100)}), "a.zip") == "archive"
    assert refused(zipped({"q.gift": b"x {=a ~b}"})[:-30], "a.zip") == "archive"
    nested = zipped({"q.gift": b"x {=a ~b}"})
    for _level in range(4):
        nested = zipped({"in.zip": nested})
    assert refused(nested, "a.zip") == "too_deep"


def test_a_locked_archive_is_refused() -> None:
    data = bytearray(zipped({"q.gift": b"x {=a ~b}"}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        start = archive.start_dir
    data[6] |= 1
    data[start + 8] |= 1
    assert refused(bytes(data), "a.zip") == "archive"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\x03" * 20, "not_text"),
        (b"nothing of the kind", "unknown_format"),
        (b"<html><body>x</body></html>", "unknown_format"),
        (b"<quiz></quiz>", "no_question"),
        (b"a,b\n1,2\n", "unknown_format"),
    ],
)
def test_what_is_no_file_of_questions(data: bytes, code: str) -> None:
    assert refused(data, "file") == code
    assert set(REASONS) >= {code}


@given(st.binary(max_size=200), st.sampled_from(["", *FORMATS]))
def test_any_bytes_are_read_or_refused(data: bytes, named: str) -> None:
    with suppress(UnreadableFile):
        assert read_questions(data, "file", Wanted(format=named)).items


@given(st.text(alphabet="<>/abipluh1ol divspan=\"'&;&amp*_`[]()\\!\nسیا", max_size=80))
def test_markdown_of_any_html_says_the_same_and_stays(text: str) -> None:
    runs, _notes = read_html(text)
    markdown, given_up = to_markdown(runs)
    again, _notes = read_html(to_html(markdown))
    assert "".join(run.text for run in again) == "".join(run.text for run in runs)
    if not given_up:
        assert again == runs
    assert to_markdown(again)[0] == markdown


@pytest.mark.parametrize(
    ("html", "markdown", "codes"),
    [
        ("<p>a <b>b</b></p><p>c</p>", "a **b**\\\nc", []),
        ("<b>«نقل»</b>ی", "**«نقل»**ی", []),
        ("2 * 3 &lt; 7", "2 * 3 < 7", []),
        ("<ol><li>x<li>y</ol>", "1. x\\\n2. y", ["list_written_out"]),
        ('<img src="data:image/png;base64,AAAA" alt="map">', "[map]", ["image_left_out"]),
        (
            '<a href="https://x.org">k</a> <a href="mod/page.php?id=3">in</a>',
            "[k](https://x.org) in",
            ["link_left_out"],
        ),
        ("<script>alert(1)</script>ok<style>p{}</style>", "ok", []),
        ('<span style="color:red">x</span>', "x", []),
        ("H<sub>2</sub>O", "H2O", ["formatting_left_out"]),
        ("<iframe src=x></iframe>a", "a", ["media_left_out"]),
        ("\\(x^2\\)", "\\\\(x^2\\\\)", ["formula_kept_as_typed"]),
    ],
)
def test_html_of_an_editor(html: str, markdown: str, codes: list[str]) -> None:
    found, notes = words_of(Source(html))
    assert found == {"": markdown}
    assert [note.code for note in notes] == codes


def test_a_picture_of_megabytes_within_a_text_is_left_out_fast() -> None:
    text = f'<p>x<img src="data:image/png;base64,{"A" * 400_000}"></p>'
    assert words_of(Source(text))[0] == {"": "x"}


@pytest.mark.parametrize(
    ("text", "by_language", "others"),
    [
        ("no tags", {"": "no tags"}, set()),
        ("1: {mlang fa}ف{mlang}{mlang ar,en}x{mlang}", {"fa": "1: ف", "ar": "1: x", "en": "1: x"}, set()),
        ("{mlang en}x{mlang}{mlang other}y{mlang}", {"en": "x"}, set()),
        ("{mlang de}x{mlang}", {}, {"de"}),
        ('<span lang="fa_ir" class="multilang">ف</span>', {"fa": "ف"}, set()),
        ('a <span class="multilang" lang="en">x</span>\n<span class="multilang" lang=ar>ب</span> c', BOTH, set()),
        ('<lang lang="prs">د</lang><lang lang="en">x</lang>', {"fa": "د", "en": "x"}, set()),
        ('<span class="multilang" lang="fa"><span>ف</span>!</span>', {"fa": "<span>ف</span>!"}, set()),
    ],
)  # fmt: skip
def test_languages_are_split(text: str, by_language: dict[str, str], others: set[str]) -> None:
    assert split(text) == (by_language, others)


@pytest.mark.parametrize(("body", "name"), [(template_csv(), "t.csv"), (template_xlsx(), "t.xlsx")])
def test_the_template_is_read_as_it_is_given(body: bytes, name: str) -> None:
    choice, statement, number = read_questions(body, name).items
    assert asked(choice)["type"] == "single_choice"
    assert set(asked(choice)["text"]) == {"fa", "ar", "en"}
    assert asked(choice)["tags"] == ["network"]
    assert asked(statement)["scoring"] == {"correct": ["false"]}
    assert asked(number)["scoring"] == {"answer": 4, "tolerance": 0}


def test_a_table_of_ones_own() -> None:
    csv = "پرسش;گزینه ۱;گزینه ۲;پاسخ درست;نمره\nکدام؟;این;آن;۲;۱٫۵\nچند؟;;;۱۲;\nکی؟;آ;ب;ج;1\n"
    first, second, third = read_text(csv, Wanted(language="fa"), "t.csv").items
    assert asked(first)["scoring"] == {"correct": ["b"]}
    assert asked(first)["mark"] == 1.5
    assert asked(second)["type"] == "short_text"
    assert third.question is None


UNCLOSED = ["<", "<li>", "<!--", "<![CDATA[", "<a ", "<b>", '<span class="multilang" lang="fa">', "{mlang fa}"]


@pytest.mark.parametrize("piece", UNCLOSED)
def test_nonsense_of_a_whole_text_is_read_in_no_time(piece: str) -> None:
    begun = process_time()
    words_of(Source(piece * (200_000 // len(piece))))
    assert process_time() - begun < 20
