"""Stored files: by content, whole, and sent in parts to who asks for parts."""

import hashlib
import io
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from lms.storage import FileStorage, current_storage, send_stored

WORDS = b"0123456789" * 10


@pytest.fixture
def storage(tmp_path: Path) -> FileStorage:
    return FileStorage(tmp_path / "files")


def test_a_file_is_kept_once_under_the_hash_of_its_content(storage: FileStorage, tmp_path: Path) -> None:
    first, second = storage.put(io.BytesIO(WORDS)), storage.put(io.BytesIO(WORDS))
    assert first == second
    assert first.key == hashlib.sha256(WORDS).hexdigest()
    assert first.size == len(WORDS)
    assert [path.name for path in (tmp_path / "files").rglob("*") if path.is_file()] == [first.key]
    assert storage.path(first.key).read_bytes() == WORDS


def test_what_breaks_off_leaves_nothing(storage: FileStorage, tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError("gone")
            return super().read(3)

    with pytest.raises(OSError, match="gone"):
        storage.put(Broken(WORDS))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("key", ["", "../secret.key", "a" * 63, "g" * 64, "a" * 64])
def test_no_other_name_leads_anywhere(storage: FileStorage, key: str) -> None:
    with pytest.raises(FileNotFoundError):
        storage.path(key)


def test_a_part_is_sent_where_a_part_is_asked_for(app: Flask) -> None:
    key = current_storage().put(io.BytesIO(WORDS)).key
    with app.test_request_context(headers={"Range": "bytes=10-14"}), closing(send_stored(key, "audio/mpeg")) as part:
        assert part.status_code == 206
        assert b"".join(part.iter_encoded()) == b"01234"
        assert part.headers["Content-Range"] == "bytes 10-14/100"
    with app.test_request_context(), closing(send_stored(key, "audio/mpeg")) as whole:
        assert b"".join(whole.iter_encoded()) == WORDS
        assert "immutable" in whole.headers["Cache-Control"]
        assert "sandbox" in whole.headers["Content-Security-Policy"]
        assert whole.get_etag() == (key, False)
