"""Files that come with a request: told by their content, cleaned of what they say about their maker, stored."""

import io
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from werkzeug.datastructures import FileStorage

from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.media.documents import DOCUMENTS, sniff_document
from lms.media.images import clean
from lms.media.recordings import clean_recording
from lms.media.types import TYPES, sniff
from lms.storage import Storage
from lms.text import clean_line

LONGEST_NAME = 120
_KNOWN = {**TYPES, **DOCUMENTS}
_ANIMATED = {"gif": "image", "avif": "image"}
_ALIASES = {"jpeg": "jpg", "jpe": "jpg", "text": "txt", "md": "txt", "csv": "txt", "m4b": "m4a", "oga": "ogg"}


@dataclass(frozen=True)
class Incoming:
    """A file that lies in the storage and belongs to nothing yet."""

    name: str
    digest: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Taken:
    """What is taken at a place: kinds, the size of each, and whether a name must say what the content is."""

    kinds: Collection[str]
    most_bytes: int
    strict: bool = False


def store_files(files: Sequence[FileStorage], taken: Taken, storage: Storage) -> list[Incoming]:
    """Store files as a place takes them. Raises DomainError (MediaError) for the first that is not taken."""
    return [_stored(file, taken, storage) for file in files if file.filename]


def _stored(file: FileStorage, taken: Taken, storage: Storage) -> Incoming:
    name, content = clean_line(file.filename or ""), _content(file)
    _refuse_large(content, name, taken.most_bytes)
    extension = _extension(content)
    if extension is None or _kind_of(extension) not in taken.kinds:
        raise DomainError(_("“%(name)s” is of a kind that is not taken here.", name=name))
    if taken.strict and _said(name) not in ("", extension):
        raise DomainError(_("“%(name)s” is not what the end of its name says. It was not taken.", name=name))
    cleaned, extension = _cleaned(content, extension)
    stored = storage.put(cleaned)
    return Incoming(_named(name, extension), stored.key, _KNOWN[extension][1], stored.size)


def _content(file: FileStorage) -> BinaryIO:
    """What can be searched and changed in place."""
    stream: BinaryIO = file.stream  # type: ignore[assignment]
    return stream


def _refuse_large(content: BinaryIO, name: str, most: int) -> None:
    size = content.seek(0, os.SEEK_END)
    content.seek(0)
    if size > most:
        raise DomainError(_("“%(name)s” is too large: %(most)s at most.", name=name, most=reader().file_size(most)))
    if size == 0:
        raise DomainError(_("“%(name)s” is empty.", name=name))


def _extension(content: BinaryIO) -> str | None:
    found = sniff(content.read(32))
    content.seek(0)
    return found if (found in _KNOWN and found != "vtt") or found in _ANIMATED else sniff_document(content)


def _kind_of(extension: str) -> str:
    return _ANIMATED.get(extension) or _KNOWN[extension][0]


def _cleaned(content: BinaryIO, extension: str) -> tuple[BinaryIO, str]:
    content.seek(0)
    if _kind_of(extension) == "image":
        made, extension = clean(content)
        return io.BytesIO(made), extension
    if _kind_of(extension) in ("audio", "video"):
        return clean_recording(content, extension), extension
    return content, extension


def _last(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2].strip(" .")


def _said(name: str) -> str:
    """What the end of a name says of the content; nothing where it has no such end."""
    _stem, dot, said = _last(name).rpartition(".")
    said = said.lower() if dot else ""
    return _ALIASES.get(said, said)


def _named(name: str, extension: str) -> str:
    """The name that its device gave, in its script, without a path, ending in what it is."""
    last = _last(name) or extension
    said = _said(name)
    stem = last.rpartition(".")[0] if said in _KNOWN or said in _ANIMATED else last
    return f"{stem[:LONGEST_NAME].rstrip()}.{extension}"
