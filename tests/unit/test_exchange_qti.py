"""QTI 2.1, 2.2 and 3.0, single items and packages."""

import pytest

from lms.exchange.errors import UnreadableFile
from lms.exchange.items import Verdict
from lms.exchange.reading import read_questions
from tests.unit.exchange_files import FILES, asked, codes, read, zipped


def test_a_choice_of_version_2() -> None:
    (item,) = read("qti21.xml").items
    question = asked(item)
    assert question["type"] == "single_choice"
    assert question["scoring"] == {"correct": ["a"]}
    assert question["text"]["en"] == {
        "prompt": "Look at the text:\\\n[NEVER LEAVE LUGGAGE]\\\nWhat does it **say**?",
        "options": {"a": "Stay with it.", "b": "Let others *watch* it."},
        "feedback": {"a": "Yes."},
    }
    assert codes(item) == {"image_left_out"}


def test_a_mapping_gives_shares() -> None:
    (item,) = read("qti3-multiple.xml").items
    assert asked(item)["scoring"] == {"correct": ["a", "c"], "partial": True, "penalty": 1}
    assert asked(item)["text"]["ar"]["prompt"] == "أي هذه صحيح؟"


def test_pairs_of_version_3() -> None:
    (item,) = read("qti3-match.xml").items
    assert asked(item)["scoring"] == {"pairs": {"i1": "m1", "i2": "m2"}}
    assert asked(item)["text"]["fa"]["matches"] == {"m1": "یکی شدن", "m2": "گفتگو", "m3": "هیچ"}


def test_a_field_within_a_sentence_is_a_gap() -> None:
    (item,) = read("qti3-entry.xml").items
    assert asked(item)["type"] == "gap_fill"
    assert "sun of [[g1]]; and all" in asked(item)["text"]["en"]["passage"]


def test_a_package_is_read_as_a_whole() -> None:
    files = {"imsmanifest.xml": b"<manifest xmlns='http://www.imsglobal.org/xsd/imscp_v1p1'/>"}
    files |= {f"items/item{at}.xml": (FILES / "qti21.xml").read_bytes() for at in (10, 2)}
    files["inner.zip"] = zipped({"q.xml": (FILES / "qti3-multiple.xml").read_bytes()})
    files["images/sign.png"] = b"\x89PNG"
    reading = read_questions(zipped(files), "export.zip")
    assert reading.format == "qti"
    assert [item.verdict for item in reading.items] == [Verdict.TAKEN, Verdict.CHANGED, Verdict.CHANGED]


def test_older_qti_is_refused_with_advice() -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_questions(b"<questestinterop><item/></questestinterop>", "old.xml")
    assert refused.value.code == "old_qti"
