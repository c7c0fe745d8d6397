"""Archives by others: looked into within limits, never unpacked to disk."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from lms.exchange.errors import UnreadableFile
from lms.training.packages import UNREADABLE

MOST_ENTRIES = 3000
MOST_BYTES = 50 * 1024 * 1024
MOST_RATIO = 200
DEEPEST = 2
"""Archives in an archive, that many levels."""
ZIP = b"PK\x03\x04"


class Room:
    """What is left of the limits, shared by an archive and those in it."""

    def __init__(self) -> None:
        self.bytes, self.entries = MOST_BYTES, MOST_ENTRIES


def is_zip(data: bytes) -> bool:
    """Whether these bytes begin as a zip."""
    return data.startswith(ZIP)


def files_in(data: bytes, depth: int = 0, room: Room | None = None) -> Iterator[tuple[str, bytes]]:
    """The files of an archive, those of archives in it too, by their path in it. Raises UnreadableFile.

    A path that leads out of the archive, a locked entry, or one that grows beyond the limits, refuses the whole.
    """
    room = room or Room()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if entry.is_dir() or entry.filename.startswith("__MACOSX/"):
                    continue
                yield from _files_of(archive, entry, depth, room)
    except UNREADABLE as error:
        raise UnreadableFile("archive") from error


def _files_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int, room: Room) -> Iterator[tuple[str, bytes]]:
    name = entry.filename.replace("\\", "/")
    if name.startswith("/") or ".." in PurePosixPath(name).parts or entry.flag_bits & 0x1:
        raise UnreadableFile("archive")
    content = _content(archive, entry, room)
    if not is_zip(content):
        yield name, content
    elif depth < DEEPEST:
        for inner, found in files_in(content, depth + 1, room):
            yield f"{name}/{inner}", found
    else:
        raise UnreadableFile("too_deep")


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: Room) -> bytes:
    """Read no more than there is room for: what an entry says of its size is not believed."""
    most = min(room.bytes, max(entry.compress_size, 1024) * MOST_RATIO)
    with archive.open(entry) as source:
        content = source.read(most + 1)
    room.bytes -= len(content)
    room.entries -= 1
    if len(content) > most or room.bytes < 0 or room.entries < 0:
        raise UnreadableFile("archive")
    return content
