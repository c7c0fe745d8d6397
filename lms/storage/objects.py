"""Stored files in a bucket of an S3-compatible store, under the names that they have in the folder.

Beside `ab/<key>` lie `renewed/<key>`, an empty mark whose time is that of the last use, and for a moment
`leaving/<key>`. Marks are written before files and looked at after deleting: whoever puts, meanwhile, what is deleted
finds it kept.
"""

import contextlib
import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO, TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

import obstore
from obstore.store import ObjectStore, S3Store

from lms.settings import Settings
from lms.storage.files import KEY, PIECE, Listed, Stored, copied, place_of

if TYPE_CHECKING:
    from obstore import ObjectMeta, ReadableFile

RENEWED, LEAVING = "renewed", "leaving"


def s3_store(settings: Settings) -> S3Store:
    """The bucket of the settings."""
    bucket = urlsplit(settings.files_url)
    return S3Store(
        bucket.netloc,
        prefix=bucket.path.strip("/") or None,
        endpoint=settings.files_endpoint or None,
        region=settings.files_region,
        access_key_id=settings.files_key_id,
        secret_access_key=settings.files_secret,
        virtual_hosted_style_request=False,
        client_options={"allow_http": settings.files_endpoint.startswith("http://")},
    )


class _Reader(io.RawIOBase):
    """The library's reader as Python's files are."""

    def __init__(self, reader: "ReadableFile") -> None:
        self._reader = reader

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        data = self._reader.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._reader.seek(offset, whence)

    def tell(self) -> int:
        return self._reader.tell()


class ObjectStorage:
    """A bucket, or a prefix of one."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def put(self, content: BinaryIO) -> Stored:
        """Written to a file without a name first: its own name is known at its end."""
        with TemporaryFile() as file:
            stored = copied(content, file)
            file.seek(0)
            self._mark(stored.key)
            # In parts where it is large: a part at a time is in memory.
            obstore.put(self._store, place_of(stored.key), file, max_concurrency=1)
        return stored

    def open(self, key: str) -> BinaryIO:
        """A reader that asks for as much as is read. Raises FileNotFoundError."""
        return io.BufferedReader(_Reader(obstore.open_reader(self._store, place_of(key), buffer_size=PIECE)))

    @contextlib.contextmanager
    def at_hand(self, key: str) -> Iterator[Path]:
        """A copy that goes when the block ends. Raises FileNotFoundError."""
        with NamedTemporaryFile() as file:
            self._fetch(key, file)
            file.flush()
            yield Path(file.name)

    def _fetch(self, key: str, file: IO[bytes]) -> None:
        for piece in obstore.get(self._store, place_of(key)).stream(min_chunk_size=PIECE):
            file.write(piece)

    def renew(self, key: str) -> bool:
        """By its mark."""
        self._mark(key)
        return self._changed_at(place_of(key)) is not None

    def _mark(self, key: str) -> None:
        place_of(key)
        obstore.put(self._store, f"{RENEWED}/{key}", b"")

    def listed(self) -> Iterator[Listed]:
        """Everything but marks, in pages as the store gives them."""
        marks = {each["path"].rpartition("/")[2]: each["last_modified"] for each in self._objects(f"{RENEWED}/")}
        for each in self._objects(None):
            folder, _, key = each["path"].rpartition("/")
            if KEY.fullmatch(key) and folder == key[:2]:
                changed_at = each["last_modified"]
                yield Listed(key, each["size"], max(changed_at, marks.get(key, changed_at)))

    def _objects(self, prefix: str | None) -> Iterator["ObjectMeta"]:
        for page in obstore.list(self._store, prefix):
            yield from page

    def remove_older(self, key: str, than: datetime) -> bool:
        """Laid aside first, and laid back where it was put or renewed meanwhile."""
        place, aside, mark = place_of(key), f"{LEAVING}/{key}", f"{RENEWED}/{key}"
        changed_at = self._changed_at(place)
        if changed_at is None:
            return True
        if max(changed_at, self._changed_at(mark) or changed_at) > than:
            return False
        obstore.copy(self._store, place, aside)
        obstore.delete(self._store, place)
        marked_at = self._changed_at(mark)
        if kept := marked_at is not None and marked_at > than:
            obstore.copy(self._store, aside, place)
        else:
            self._drop(mark)
        self._drop(aside)
        return not kept

    def drop_unfinished(self, before: datetime) -> int:
        """What a process that ended had laid aside; parts of broken-off uploads are for the bucket's own rules."""
        old = [each["path"] for each in self._objects(f"{LEAVING}/") if each["last_modified"] < before]
        for path in old:
            self._drop(path)
        return len(old)

    def _changed_at(self, path: str) -> datetime | None:
        try:
            return obstore.head(self._store, path)["last_modified"]
        except FileNotFoundError:
            return None

    def _drop(self, path: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            obstore.delete(self._store, path)
