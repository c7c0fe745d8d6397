"""Files written in the manner of others' exports, and ways to look at what was read from them."""

import io
import zipfile
from pathlib import Path
from typing import Any

from lms.exchange.items import Item, Reading
from lms.exchange.reading import Wanted, read_questions

ANY = Wanted()
FILES = Path(__file__).parent.parent / "exchange_files"


def read(name: str, wanted: Wanted = ANY) -> Reading:
    """Read one of the files."""
    return read_questions((FILES / name).read_bytes(), name, wanted)


def read_text(text: str, wanted: Wanted = ANY, name: str = "questions.txt") -> Reading:
    """Read a text as if it were uploaded."""
    return read_questions(text.encode(), name, wanted)


def named(reading: Reading, name: str) -> Item:
    """The item of that name."""
    return next(item for item in reading.items if item.name == name)


def asked(item: Item) -> dict[str, Any]:
    """The question of an item that was taken."""
    assert item.question is not None, item.notes
    return dict(item.question)


def codes(item: Item) -> set[str]:
    """What was said of an item."""
    return {note.code for note in item.notes}


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()
