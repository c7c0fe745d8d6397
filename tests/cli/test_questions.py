"""`lms questions`: what comes from files of others into the bank, and goes from there into files for others."""

import json
from pathlib import Path

import pytest

from tests.cli.processes import Installation

pytestmark = pytest.mark.once
GIFT = "// [tag:پایه]\n::یک::شبکه چیست؟ {=پیوند ~ساختمان}\n\nHow are you, all of you, today? {~%-50%a ~b}\n"


def test_questions_come_and_go(upgraded: Installation, tmp_path: Path) -> None:
    file, out = tmp_path / "پرسش‌ها.txt", tmp_path / "out.xml"
    file.write_text(GIFT, encoding="utf-8")
    looked = json.loads(upgraded.lms("questions", "import", str(file), "--dry-run", "--json"))
    assert (looked["format"], looked["imported"]) == ("gift", 0)
    assert [item["verdict"] for item in looked["items"]] == ["taken", "dropped"]
    assert [note["code"] for note in looked["items"][1]["notes"]] == ["no_right_answer"]
    assert "1 taken, 0 changed, 1 dropped" in upgraded.lms("questions", "import", str(file))
    assert "1 taken" in upgraded.lms("questions", "export", "--format", "moodle", "--tag", "پایه", str(out))
    assert "شبکه چیست؟" in out.read_text(encoding="utf-8")
    told = json.loads(
        upgraded.lms(
            *("questions", "export", "--format", "gift", "--json", "--language", "fa"),
            *("--module", "networking_kit/what-networking-is", str(tmp_path / "out.txt")),
        )
    )
    assert told["exported"] > 0
    assert {item["verdict"] for item in told["items"]} <= {"taken", "changed"}
    (tmp_path / "x.txt").write_text("no question at all", encoding="utf-8")
    assert "none of the formats" in upgraded.process("questions", "import", str(tmp_path / "x.txt"), status=1)
