"""Stored files: one interface, and its folder on the disk."""

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkstemp
from typing import IO, BinaryIO, Protocol

PIECE = 1024 * 1024
KEY = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Stored:
    """A stored file: its key (SHA-256 of its bytes, in hexadecimal) and its size in bytes."""

    key: str
    size: int


@dataclass(frozen=True)
class Listed:
    """A file as the storage lists it, and when it was put there last."""

    key: str
    size: int
    changed_at: datetime


class Storage(Protocol):
    """Keeps files by the hash of their content: what is put twice is kept once, what is kept never changes."""

    def put(self, content: BinaryIO) -> Stored:
        """Keep what `content` gives, from where it stands to its end; on the disk when this returns."""

    def open(self, key: str) -> BinaryIO:
        """The file, to read from any place in it. Raises FileNotFoundError where there is none of that key."""

    def at_hand(self, key: str) -> AbstractContextManager[Path]:
        """The file on this machine, for as long as the block lasts. Raises FileNotFoundError."""

    def renew(self, key: str) -> bool:
        """Say that a file is about to be needed, as if it were put again; False where it is not there."""

    def listed(self) -> Iterator[Listed]:
        """Everything that is kept."""

    def remove_older(self, key: str, than: datetime) -> bool:
        """Forget a file unless it was put, or renewed, since then; True where it is gone."""

    def drop_unfinished(self, before: datetime) -> int:
        """Delete what was begun before that and never became a file; gives how many."""


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
        with os.fdopen(handle, "wb") as file:
            stored = copied(content, file)
            file.flush()
            os.fsync(file.fileno())
        return stored

    def open(self, key: str) -> BinaryIO:
        """The file itself."""
        return self.path(key).open("rb")

    @contextlib.contextmanager
    def at_hand(self, key: str) -> Iterator[Path]:
        """Where it lies."""
        yield self.path(key)

    def path(self, key: str) -> Path:
        """Where the file lies. Raises FileNotFoundError."""
        place = self._place(key)
        if not place.is_file():
            raise FileNotFoundError(key)
        return place

    def renew(self, key: str) -> bool:
        """By the time of its change."""
        try:
            os.utime(self._place(key))
        except FileNotFoundError:
            return False
        return True

    def listed(self) -> Iterator[Listed]:
        """Files that go meanwhile are left out."""
        for path in self._folder.glob("[0-9a-f][0-9a-f]/*"):
            with contextlib.suppress(FileNotFoundError):
                if KEY.fullmatch(path.name):
                    found = path.stat()
                    yield Listed(path.name, found.st_size, _moment(found.st_mtime))

    def remove_older(self, key: str, than: datetime) -> bool:
        """Moved aside first, so that whoever puts it meanwhile puts it anew."""
        place = self._place(key)
        aside = self._folder.with_name(f"{self._folder.name}.incoming") / f"{key}.leaving"
        aside.parent.mkdir(parents=True, exist_ok=True)
        try:
            place.replace(aside)
        except FileNotFoundError:
            return True
        if _moment(aside.stat().st_mtime) > than:
            aside.replace(place)
            return False
        aside.unlink()
        return True

    def drop_unfinished(self, before: datetime) -> int:
        """By the time of their last change."""
        incoming = self._folder.with_name(f"{self._folder.name}.incoming")
        return sum(_unlinked(path, before) for path in incoming.glob("*"))

    def _place(self, key: str) -> Path:
        return self._folder / place_of(key)


def _unlinked(path: Path, before: datetime) -> bool:
    try:
        if _moment(path.stat().st_mtime) >= before:
            return False
        path.unlink()
    except FileNotFoundError:  # it became a file meanwhile
        return False
    return True


def _moment(stamp: float) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)


def pieces(content: BinaryIO) -> Iterator[bytes]:
    """What a file gives, a megabyte at a time."""
    while piece := content.read(PIECE):
        yield piece


def copied(content: BinaryIO, file: IO[bytes]) -> Stored:
    """Write what a file gives into another one, and say what it was."""
    digest, size = hashlib.sha256(), 0
    for piece in pieces(content):
        digest.update(piece)
        size += len(piece)
        file.write(piece)
    return Stored(digest.hexdigest(), size)


def place_of(key: str) -> str:
    """Where a file of that key lies below the folder, or in the bucket. Raises FileNotFoundError for what is no key."""
    if not KEY.fullmatch(key):
        raise FileNotFoundError(key)
    return f"{key[:2]}/{key}"
