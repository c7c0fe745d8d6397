"""Backup and restore where stored files lie in a bucket: the same files under the same names, whichever way."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lms.backup.errors import BackupError
from lms.storage.current import storage_for
from tests.buckets import in_bucket, s3_server
from tests.cli.filling import app_on, fill
from tests.cli.test_backup import back_up, restore, settings_of

pytestmark = pytest.mark.once

CONTENTS = (b"one", b"", bytes(range(256)) * 30_000)


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with s3_server() as address:
        yield address


def test_files_go_from_a_folder_to_a_bucket_and_back(s3: str, tmp_path: Path) -> None:
    first = settings_of(tmp_path / "first")
    with app_on(first.database_url, first.data):
        fill()
    keys = {storage_for(first).put(io.BytesIO(content)).key for content in CONTENTS}
    one = back_up(first, tmp_path / "one.backup")
    second = in_bucket(settings_of(tmp_path / "second"), s3, "second")
    restore(second, one)
    assert {each.key for each in storage_for(second).listed()} == keys
    assert not list(second.files.rglob("*")), "nothing is left on the machine"
    with pytest.raises(BackupError, match="--force"):
        restore(replace(second, database_url=f"sqlite:///{tmp_path / 'empty'}"), one)
    later = storage_for(second).put(io.BytesIO(b"later")).key
    two = back_up(second, tmp_path / "two.backup")
    third = settings_of(tmp_path / "third")
    restore(third, two)
    assert {each.key for each in storage_for(third).listed()} == keys | {later}
    assert {path.read_bytes() for path in third.files.rglob("*") if path.is_file()} == {*CONTENTS, b"later"}
