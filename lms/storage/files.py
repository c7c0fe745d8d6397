"""Stored files: one interface, and its folder on the disk."""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO, Protocol

from flask import current_app

from lms.settings import Settings

PIECE = 1024 * 1024
_KEY = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Stored:
    """A stored file: its key (SHA-256 of its bytes, in hexadecimal) and its size in bytes."""

    key: str
    size: int


class Storage(Protocol):
    """Keeps files by the hash of their content: what is put twice is kept once, what is kept never changes."""

    def put(self, content: BinaryIO) -> Stored:
        """Keep what `content` gives, from where it stands to its end; on the disk when this returns."""

    def path(self, key: str) -> Path:
        """Where the file can be read. Raises FileNotFoundError where there is none of that key."""

    def remove(self, key: str) -> None:
        """Forget a file; nothing happens where it is not there. The caller knows that nobody else needs it."""


class FileStorage:
    """A folder: `files/ab/<key>`, ab being the first two digits of the key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: BinaryIO) -> Stored:
        """Written beside the folder, so that no backup meets half a file, then moved to its place at once."""
        incoming = self._folder.with_name(f"{self._folder.name}.incoming")
        incoming.mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(dir=incoming)
        partial = Path(name)
        try:
            stored = self._write(handle, content)
            place = self._place(stored.key)
            place.parent.mkdir(parents=True, exist_ok=True)
            partial.replace(place)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        return stored

    def _write(self, handle: int, content: BinaryIO) -> Stored:
        digest, size = hashlib.sha256(), 0
        with os.fdopen(handle, "wb") as file:
            for piece in pieces(content):
                digest.update(piece)
                size += len(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        return Stored(digest.hexdigest(), size)

    def path(self, key: str) -> Path:
        """Where the file lies. Raises FileNotFoundError."""
        place = self._place(key)
        if not place.is_file():
            raise FileNotFoundError(key)
        return place

    def remove(self, key: str) -> None:
        """Delete the file."""
        self._place(key).unlink(missing_ok=True)

    def _place(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise FileNotFoundError(key)
        return self._folder / key[:2] / key


def pieces(content: BinaryIO) -> Iterator[bytes]:
    """What a file gives, a megabyte at a time."""
    while piece := content.read(PIECE):
        yield piece


def current_storage() -> Storage:
    """The storage of the app at work."""
    settings: Settings = current_app.extensions["lms_settings"]
    return FileStorage(settings.files)
