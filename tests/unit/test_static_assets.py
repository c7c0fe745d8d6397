"""The files that every page loads: small enough for a poor connection, whole, and what their licences ask for."""

import gzip
import hashlib
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from lms.static import as_sent

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "lms" / "static"
FONTS = STATIC / "fonts"
CSS = (STATIC / "tashbik.css").read_text("utf-8")

NEEDED = (
    "«»‹›…–— ،؛؟٪٫٬ ۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩ 0123456789 AZaz().:/@+- "
    "پچژگکیهٔ ۀ أإآؤئءةىيك ًٌٍَُِّْٰ \u200c\u200d\u200e\u200f\u061c\u2066\u2067\u2068\u2069"
)
MANIFESTS = (
    FONTS / "manifest.json",
    ROOT / "lms" / "documents" / "fonts" / "manifest.json",
    ROOT / "tests" / "browser" / "vendor" / "manifest.json",
)


@pytest.mark.parametrize("path", sorted(FONTS.glob("*.woff2")), ids=lambda path: path.name)
def test_web_fonts_hold_every_character_of_the_interface(path: Path) -> None:
    cmap = TTFont(path).getBestCmap()
    assert [f"{character!r}" for character in NEEDED if ord(character) not in cmap] == []


def test_web_fonts_are_small() -> None:
    size = {path.name: path.stat().st_size for path in FONTS.glob("*.woff2")}
    assert size["vazirmatn.woff2"] <= 40 * 1024
    assert size["tashbik-arabic-400.woff2"] + size["tashbik-arabic-700.woff2"] <= 45 * 1024


def test_variable_font_spans_the_weights_of_the_sheet() -> None:
    (axis,) = TTFont(FONTS / "vazirmatn.woff2")["fvar"].axes
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 400, 700)


@pytest.mark.parametrize("path", sorted(FONTS.glob("tashbik-*.woff2")), ids=lambda path: path.name)
def test_a_subset_does_not_bear_a_reserved_name(path: Path) -> None:
    names = [record.toUnicode() for record in TTFont(path)["name"].names if record.nameID in {1, 3, 4, 6, 16}]
    assert names
    assert not any("plex" in name.lower() for name in names)


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda path: path.parent.parent.name)
def test_manifests_tell_the_truth(manifest: Path) -> None:
    entries = json.loads(manifest.read_text("utf-8"))
    folder = manifest.parent
    for entry in entries:
        assert hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() == entry["sha256"], entry["file"]
        for name in entry.get("licence_files", [entry.get("licence_file")]):
            assert (folder / name).stat().st_size > 1000
    undeclared = {path.name for path in folder.iterdir() if path.suffix in {".js", ".woff2", ".ttf"}} - {
        entry["file"] for entry in entries
    }
    assert undeclared == set()


def test_sheet_is_small_and_loads_only_our_own_files() -> None:
    served = as_sent(CSS)
    assert "/*" not in served
    assert served.count("{") == re.sub(r"/\*[^*]*\*/", "", CSS).count("{")
    assert "calc(2 * var(--gap) + .625rem)" in served, "signs that need their spaces have them"
    assert len(gzip.compress(served.encode(), 9)) < 12 * 1024
    addresses = re.findall(r"url\(([^)]*)\)", CSS)
    assert addresses
    for address in addresses:
        assert (STATIC / address).is_file(), address
    assert "@import" not in CSS


def test_every_face_swaps() -> None:
    faces = re.findall(r"@font-face \{([^}]*)\}", CSS)
    assert len(faces) == len(list(FONTS.glob("*.woff2")))
    assert all("font-display: swap" in face and "unicode-range: U+" in face for face in faces)


def test_dark_is_the_same_by_system_and_by_choice() -> None:
    blocks = re.findall(r"color-scheme: dark;([^}]*)\}", CSS)
    assert len(blocks) == 2
    assert " ".join(blocks[0].split()) == " ".join(blocks[1].split())


def test_sprite_names_each_icon_once() -> None:
    symbols = ElementTree.parse(STATIC / "icons.svg").getroot().findall("{http://www.w3.org/2000/svg}symbol")
    ids = [symbol.get("id") or "" for symbol in symbols]
    assert len(ids) == len(set(ids)) >= 50
    assert all(re.fullmatch(r"i-[a-z-]+", name) for name in ids)
    assert all(symbol.get("viewBox") for symbol in symbols)
