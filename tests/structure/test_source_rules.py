"""Rules of the house that the linters do not know."""

import re
from pathlib import Path

import pytest

from tests.structure.sources import LMS, ROOT, python_files, templates

MOST_LINES = 300
PHYSICAL = re.compile(
    r"(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right)|float:|(?<![-\w])(?:left|right)\s*:"
)
SHEET = LMS / "static" / "tashbik.css"


def test_only_the_edge_commits() -> None:
    committing = [
        str(path.relative_to(LMS)) for path in python_files() if re.search(r"\.commit\(", path.read_text("utf-8"))
    ]
    assert committing == ["db.py"]


def test_no_file_outgrows_its_room() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in ("lms", "modules", "tools", "benchmarks")
        for path in python_files(ROOT / folder)
        if (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES
    }
    assert not long, long


def test_the_stylesheet_names_no_side() -> None:
    assert not PHYSICAL.findall(SHEET.read_text("utf-8"))


def test_the_dark_tokens_stand_twice_and_are_the_same() -> None:
    sheet = SHEET.read_text("utf-8")
    by_system = re.search(r"prefers-color-scheme: dark\) \{ :root:not\(\[data-theme=light\]\) \{(.*?)\}", sheet, re.S)
    by_choice = re.search(r":root\[data-theme=dark\] \{(.*?)\}", sheet, re.S)
    assert by_system
    assert by_choice
    assert by_system[1].split() == by_choice[1].split()


@pytest.mark.parametrize("path", list(templates()), ids=lambda path: str(path.relative_to(LMS)))
def test_a_template_has_no_inline_style_script_or_number_field(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=", text)
    assert 'type="number"' not in text
    assert 'pattern="' not in text


@pytest.mark.parametrize("path", list(templates()), ids=lambda path: str(path.relative_to(LMS)))
def test_a_template_isolates_names(path: Path) -> None:
    bare = re.findall(r"\{\{\s*[\w.()]*(?:display_name|sign_in_name|\.email|\.phone)\s*\}\}", path.read_text("utf-8"))
    assert not bare, bare
