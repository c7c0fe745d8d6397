"""Files that come with a request: told by their content, cleaned of what they say about their maker, stored."""

import io
import os
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from werkzeug.datastructures import FileStorage

from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.media.documents import DOCUMENTS, sniff_document
from lms.media.images import clean
from lms.media.recordings import clean_recording
from lms.media.types import TYPES, sniff
from lms.quizzes.question_types.file_upload import FileUpload
from lms.quizzes.services.uploading import Incoming
from lms.storage import Storage
from lms.text import clean_line

LONGEST_NAME = 120
_KNOWN = {**TYPES, **DOCUMENTS}
_ANIMATED = {"gif": "image", "avif": "image"}
_ALIASES = {"jpeg": "jpg", "jpe": "jpg", "text": "txt", "md": "txt", "csv": "txt", "m4b": "m4a", "oga": "ogg"}


def take_files(
    files: Sequence[FileStorage], kind: FileUpload, structure: Mapping[str, Any], storage: Storage
) -> list[Incoming]:
    """Store files as the question takes them. Raises DomainError (MediaError) for the first that is not taken."""
    return [_taken(file, kind, structure, storage) for file in files if file.filename]


def _taken(file: FileStorage, kind: FileUpload, structure: Mapping[str, Any], storage: Storage) -> Incoming:
    name, content = clean_line(file.filename or ""), _content(file)
    _refuse_large(content, name, kind.most_bytes(structure))
    extension = _extension(content)
    if extension is None or _kind_of(extension) not in kind.kinds_of(structure):
        raise DomainError(_("“%(name)s” is of a kind that is not taken here.", name=name))
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


def _named(name: str, extension: str) -> str:
    """The name that its device gave, in its script, without a path, ending in what it is."""
    last = name.replace("\\", "/").rpartition("/")[2].strip(" .") or extension
    stem, dot, said = last.rpartition(".")
    known = _ALIASES.get(said.lower(), said.lower())
    stem = stem if dot and (known in _KNOWN or known in _ANIMATED) else last
    return f"{stem[:LONGEST_NAME].rstrip()}.{extension}"
