"""Stored files: by content, whole, and sent in parts to who asks for parts; in a folder and in a bucket alike."""

import hashlib
import io
import os
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import obstore
import pytest
from flask import Flask
from obstore.store import MemoryStore, ObjectStore

from lms.clock import now
from lms.settings import Settings
from lms.storage import FileStorage, Storage, current_storage, send_stored
from lms.storage.objects import LEAVING, RENEWED, ObjectStorage, s3_store
from tests.buckets import in_bucket, s3_server

WORDS = b"0123456789" * 10
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture(params=["folder", "memory", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return FileStorage(tmp_path / "files")
    return ObjectStorage(MemoryStore() if request.param == "memory" else bucket(request.getfixturevalue("s3")))


def bucket(address: str) -> ObjectStore:
    """An empty prefix."""
    settings = Settings(data=Path(), database_url="", secret_key="")
    return s3_store(in_bucket(settings, address, uuid.uuid4().hex))


def content_of(storage: Storage, key: str) -> bytes:
    with storage.open(key) as file:
        return bytes(file.read())


def keys(storage: Storage) -> list[str]:
    return [listed.key for listed in storage.listed()]


def test_a_file_is_kept_once_under_the_hash_of_its_content(storage: Storage) -> None:
    first, second = storage.put(io.BytesIO(WORDS)), storage.put(io.BytesIO(WORDS))
    assert first == second
    assert first.key == hashlib.sha256(WORDS).hexdigest()
    assert first.size == len(WORDS)
    assert [(each.key, each.size) for each in storage.listed()] == [(first.key, len(WORDS))]
    assert content_of(storage, first.key) == WORDS
    with storage.at_hand(first.key) as path:
        assert path.read_bytes() == WORDS


def test_a_large_file_is_read_from_any_place_in_it(storage: Storage) -> None:
    large = bytes(range(256)) * 50_000
    key = storage.put(io.BytesIO(large)).key
    assert content_of(storage, key) == large
    with storage.open(key) as file:
        assert file.seek(0, os.SEEK_END) == len(large)
        file.seek(9_000_001)
        assert bytes(file.read(5)) == large[9_000_001:9_000_006]


def test_what_breaks_off_leaves_nothing(storage: Storage, tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError("gone")
            return super().read(3)

    with pytest.raises(OSError, match="gone"):
        storage.put(Broken(WORDS))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert keys(storage) == []


@pytest.mark.parametrize("key", ["", "../secret.key", "a" * 63, "g" * 64, "a" * 64])
def test_no_other_name_leads_anywhere(storage: Storage, key: str) -> None:
    with pytest.raises(FileNotFoundError):
        storage.open(key)
    with pytest.raises(FileNotFoundError), storage.at_hand(key):
        pass


def test_what_is_older_goes_and_what_was_put_or_renewed_since_stays(storage: Storage) -> None:
    key = storage.put(io.BytesIO(WORDS)).key
    assert not storage.remove_older(key, now() - HOUR)
    assert storage.renew(key)
    assert not storage.remove_older(key, now() - HOUR)
    assert content_of(storage, key) == WORDS
    assert storage.remove_older(key, now() + HOUR)
    assert keys(storage) == []
    assert storage.remove_older(key, now() + HOUR), "it is gone"
    assert not storage.renew(key)
    assert storage.put(io.BytesIO(WORDS)).key == key
    assert keys(storage) == [key]
    assert storage.drop_unfinished(now() + HOUR) == 0


def test_what_is_put_while_it_is_deleted_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    storage, real = ObjectStorage(MemoryStore()), obstore.delete
    key = storage.put(io.BytesIO(WORDS)).key
    before = now()

    def delete(store: ObjectStore, path: str) -> None:
        if path == f"{key[:2]}/{key}":
            storage.put(io.BytesIO(WORDS))
        real(store, path)

    monkeypatch.setattr(obstore, "delete", delete)
    while now() <= before:
        pass
    assert not storage.remove_older(key, now())
    monkeypatch.undo()
    assert content_of(storage, key) == WORDS
    assert storage.remove_older(key, now() + HOUR)


def test_deleting_and_putting_at_once_never_loses_what_was_put_last(s3: str) -> None:
    storage, words = ObjectStorage(bucket(s3)), [WORDS + bytes([n]) for n in range(20)]
    for each in words:
        storage.put(io.BytesIO(each))
    time.sleep(2.1)
    # S3 tells times by the second.
    than = now() - timedelta(seconds=1)
    for each in words:
        key = hashlib.sha256(each).hexdigest()
        remover = threading.Thread(target=storage.remove_older, args=(key, than))
        remover.start()
        storage.put(io.BytesIO(each))
        remover.join()
        assert content_of(storage, key) == each


def test_what_a_killed_process_laid_aside_is_dropped() -> None:
    store = MemoryStore()
    storage = ObjectStorage(store)
    key = storage.put(io.BytesIO(WORDS)).key
    obstore.copy(store, f"{key[:2]}/{key}", f"{LEAVING}/{key}")
    assert storage.drop_unfinished(now() - HOUR) == 0
    assert storage.drop_unfinished(now() + HOUR) == 1
    assert keys(storage) == [key]
    assert [each["path"] for each in obstore.list(store, RENEWED).collect()] == [f"{RENEWED}/{key}"]


@pytest.fixture(params=["folder", "s3"])
def stored_in(request: pytest.FixtureRequest, app: Flask) -> Iterator[Flask]:
    """An app whose files lie in its folder, or in a bucket."""
    before = app.extensions["lms_settings"]
    if request.param == "s3":
        app.extensions["lms_settings"] = in_bucket(before, request.getfixturevalue("s3"), uuid.uuid4().hex)
    yield app
    app.extensions["lms_settings"] = before


def test_a_part_is_sent_where_a_part_is_asked_for(stored_in: Flask) -> None:
    key = current_storage().put(io.BytesIO(WORDS)).key
    ask = stored_in.test_request_context
    with ask(headers={"Range": "bytes=10-14"}), closing(send_stored(key, "audio/mpeg")) as part:
        assert part.status_code == 206
        assert b"".join(part.iter_encoded()) == b"01234"
        assert part.headers["Content-Range"] == "bytes 10-14/100"
    with ask(), closing(send_stored(key, "audio/mpeg")) as whole:
        assert b"".join(whole.iter_encoded()) == WORDS
        assert whole.content_length == len(WORDS)
        assert "immutable" in whole.headers["Cache-Control"]
        assert "sandbox" in whole.headers["Content-Security-Policy"]
        assert whole.get_etag() == (key, False)
    with ask(headers={"If-None-Match": f'"{key}"'}), closing(send_stored(key, "audio/mpeg")) as known:
        assert known.status_code == 304
    with ask(), closing(send_stored(key, "application/pdf", download_name="پیوست.pdf")) as download:
        assert "attachment" in download.headers["Content-Disposition"]
