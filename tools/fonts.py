"""Make the web-font subsets of lms/static/fonts from the full fonts of two npm packages.

Usage: npm pack the two packages named in SOURCES, unpack them under one folder as <folder>/<package>, then
`python tools/fonts.py FOLDER`. Needs the test requirements (fonttools[woff]). The output is byte-stable.
"""

import argparse
import shutil
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.varLib import instancer

TARGET = Path(__file__).parent.parent / "lms" / "static" / "fonts"

ASCII = "U+0020-007E"
PUNCTUATION = "U+00A0,U+00AB,U+00B7,U+00BB,U+00D7,U+2010-2015,U+2018-2019,U+201C-201D,U+2026,U+2039-203A,U+2212"
INVISIBLE = "U+061C,U+200B-200F,U+2066-2069"
# The letters of Persian and Arabic with their marks, both sets of digits, and the signs between digits.
ARABIC = (
    "U+060C,U+061B,U+061F,U+0621-063A,U+0640-0655,U+0660-066C,U+0670-0671,"
    "U+067E,U+0686,U+0698,U+06A9,U+06AF,U+06C0,U+06CC,U+06F0-06F9"
)
RANGES = f"{ASCII},{PUNCTUATION},{INVISIBLE},{ARABIC}"


@dataclass(frozen=True)
class Face:
    """One subset: what it is made from and what it is called."""

    source: str
    target: str
    family: str | None = None
    weights: tuple[int, int] | None = None


SOURCES = {"vazirmatn": "33.0.3", "@ibm/plex-sans-arabic": "1.1.0"}
LICENCES = {
    "vazirmatn/OFL.txt": "Vazirmatn-OFL.txt",
    "@ibm/plex-sans-arabic/LICENSE.txt": "TashbikArabic-OFL.txt",
}
PLEX = "@ibm/plex-sans-arabic/fonts/complete/woff2/IBMPlexSansArabic"
# "Plex" is a reserved name, so what is made from it must be called something else.
FACES = (
    Face(
        "vazirmatn/fonts/webfonts/Vazirmatn[wght].woff2",
        "vazirmatn.woff2",
        weights=(400, 700),
    ),
    Face(f"{PLEX}-Regular.woff2", "tashbik-arabic-400.woff2", "Tashbik Arabic"),
    Face(f"{PLEX}-Bold.woff2", "tashbik-arabic-700.woff2", "Tashbik Arabic"),
)


def code_points(ranges: str) -> set[int]:
    """The code points of a CSS unicode-range."""
    points: set[int] = set()
    for part in ranges.replace(" ", "").split(","):
        first, _, last = part.removeprefix("U+").partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return points


def add_invisible(font: TTFont) -> None:
    """Give joiners and isolates an empty glyph: without one a browser may take another face for the word."""
    cmap = font.getBestCmap()
    glyph = cmap.get(0x200B) or "invisible"
    if glyph == "invisible":
        font.setGlyphOrder([*font.getGlyphOrder(), glyph])
        font["glyf"][glyph] = Glyph()
        font["hmtx"][glyph] = (0, 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({point: glyph for point in code_points(INVISIBLE) if point not in cmap})


def rename(font: TTFont, family: str) -> None:
    """Call the font by another family name, everywhere the name table says it."""
    names = font["name"]
    style = names.getDebugName(2) or "Regular"
    values = {
        1: family,
        3: f"{family} {style}",
        4: f"{family} {style}",
        6: f"{family}-{style}".replace(" ", ""),
        16: family,
    }
    for record in list(names.names):
        if record.nameID in values:
            record.string = values[record.nameID]


def make(face: Face, folder: Path, target: Path) -> Path:
    """Write one subset and return its path."""
    font = TTFont(folder / face.source, recalcTimestamp=False)
    add_invisible(font)
    options = subset.Options(
        hinting=False,
        desubroutinize=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17],
    )
    worker = subset.Subsetter(options)
    worker.populate(unicodes=code_points(RANGES))
    worker.subset(font)
    if face.weights:
        instancer.instantiateVariableFont(font, {"wght": face.weights}, inplace=True)
    if face.family:
        rename(font, face.family)
    font.flavor = "woff2"
    path = target / face.target
    font.save(path)
    return path


def main() -> None:
    """Make every subset and lay the licences beside them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--target", type=Path, default=TARGET)
    arguments = parser.parse_args()
    for face in FACES:
        path = make(face, arguments.folder, arguments.target)
        print(f"{path.name}: {path.stat().st_size / 1024:.1f} KB")
    for source, name in LICENCES.items():
        shutil.copyfile(arguments.folder / source, arguments.target / name)


if __name__ == "__main__":
    main()
