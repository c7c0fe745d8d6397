"""The inside of a backup: a compressed tar stream of about.json, tables as NDJSON, files, and manifest.json at its end.

Written and read front to back in constant memory; a table is cut into members of a few megabytes.
"""

import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from lms.backup.errors import BackupError
from lms.backup.sealing import SealedReader, SealedWriter

ABOUT, MANIFEST, TABLES, FILES, KEYS = "about.json", "manifest.json", "tables", "files", "keys"
MEMBER_SIZE = 4 * 1024 * 1024
COMPRESSION = 5
DAMAGED = "The backup is damaged."


@dataclass
class Sums:
    """What of one table or file went by: how many rows or bytes, and their hash."""

    count: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def add(self, data: bytes, count: int) -> None:
        """Take a piece into account."""
        self.count += count
        self.digest.update(data)

    def noted(self) -> dict[str, Any]:
        """As it stands in the manifest."""
        return {"count": self.count, "sha256": self.digest.hexdigest()}


class Writer:
    """Puts members into a backup and keeps their sums."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.sums: dict[str, Sums] = {}

    def document(self, name: str, value: Any) -> None:
        """A member of JSON."""
        self._member(name, json.dumps(value, ensure_ascii=False, indent=1).encode())

    def table(self, name: str, rows: Iterator[dict[str, Any]]) -> int:
        """All rows of a table; gives their number."""
        sums = self.sums[f"{TABLES}/{name}"] = Sums()
        buffer, part = bytearray(), 0
        for row in rows:
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"
            sums.add(line, 1)
            buffer += line
            if len(buffer) >= MEMBER_SIZE:
                self._member(f"{TABLES}/{name}/{part:06}.ndjson", bytes(buffer))
                buffer, part = bytearray(), part + 1
        self._member(f"{TABLES}/{name}/{part:06}.ndjson", bytes(buffer))
        return sums.count

    def content(self, name: str, data: bytes) -> None:
        """One small file."""
        self.sums[name] = Sums()
        self.sums[name].add(data, len(data))
        self._member(name, data)

    def file(self, name: str, path: Path) -> None:
        """One file as it is. Raises FileNotFoundError."""
        with path.open("rb") as file:
            sums = self.sums[name] = Sums()
            member = tarfile.TarInfo(name)
            member.size = file.seek(0, io.SEEK_END)
            file.seek(0)
            self._tar.addfile(member, _Summing(file, sums))

    def finish(self) -> None:
        """The manifest."""
        self.document(MANIFEST, {name: sums.noted() for name, sums in self.sums.items()})

    def _member(self, name: str, data: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        self._tar.addfile(member, io.BytesIO(data))


class _Summing(io.RawIOBase):
    """A file that is summed while it is read."""

    def __init__(self, file: IO[bytes], sums: Sums) -> None:
        self._file, self._sums = file, sums

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        data = self._file.read(size)
        self._sums.add(data, len(data))
        return data


@contextmanager
def writing(target: IO[bytes], passphrase: str) -> Iterator[Writer]:
    """A sealed backup that is written into `target`, whole when the block ends."""
    sealed = SealedWriter(target, passphrase)
    with (
        gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=COMPRESSION, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        yield Writer(tar)
    sealed.close()


class Reader:
    """Gives the members of a backup in their order, and says at the end whether all was as the manifest says."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._sums: dict[str, Sums] = {}

    def members(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Name and content of each table's part, file and key; raises BackupError where the manifest disagrees."""
        manifest = None
        for member in self._tar:
            if member.name == ABOUT:
                continue
            content = _content(self._tar, member)
            if member.name == MANIFEST:
                manifest = json.load(content)
            else:
                yield member.name, content
        if manifest != {name: sums.noted() for name, sums in self._sums.items()}:
            raise BackupError("The backup is not whole: its content differs from its manifest.")

    def sums(self, name: str) -> Sums:
        """The running sums of a table or file; who reads a member adds to them."""
        return self._sums.setdefault(name, Sums())


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(member) if member.isreg() else None
    if content is None:
        raise BackupError(f"{member.name} in the backup is no file.")
    return content


def first_document(tar: tarfile.TarFile) -> dict[str, Any]:
    """What the backup says of itself. Raises BackupError where it says nothing."""
    member = tar.next()
    if member is None or member.name != ABOUT:
        raise BackupError(DAMAGED)
    about: dict[str, Any] = json.load(_content(tar, member))
    return about


@contextmanager
def opened(source: IO[bytes], passphrase: str) -> Iterator[tuple[gzip.GzipFile, tarfile.TarFile]]:
    """The stream inside the seal and the archive in it. Raises BackupError for a wrong passphrase or damage."""
    try:
        with (
            io.BufferedReader(SealedReader(source, passphrase)) as sealed,
            gzip.GzipFile(fileobj=sealed, mode="rb") as packed,
            tarfile.open(fileobj=packed, mode="r|") as tar,
        ):
            yield packed, tar
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, json.JSONDecodeError) as error:
        raise BackupError(DAMAGED) from error


@contextmanager
def reading(source: IO[bytes], passphrase: str) -> Iterator[Reader]:
    """Open a sealed backup to read all of it; its sealed end is verified when the block ends. Raises BackupError."""
    with opened(source, passphrase) as (packed, tar):
        yield Reader(tar)
        while packed.read(MEMBER_SIZE):
            pass
