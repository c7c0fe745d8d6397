"""Stored files that no row names: noted, deleted when that was so for long, and never what is needed."""

import io
import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select

from lms.checks import checks, remarks_on
from lms.cli import differences as registered
from lms.clock import now
from lms.db import db, write_unit
from lms.jobs.kinds import kinds
from lms.storage import FileStorage
from lms.storage.models import UnneededFile
from lms.storage.needs import needed_keys
from lms.storage.sweeping import DELAY, LATE, Swept, differences, sweep
from lms.training.models import MediaFile, Module
from lms.training.tree_media import keeper
from tests.factories import add
from tests.media import keep_picture

DAY = timedelta(days=1)


@pytest.fixture
def storage(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FileStorage:
    """A storage of the test's own: what others left in the common one is none of its business."""
    monkeypatch.setitem(app.extensions, "lms_settings", replace(app.extensions["lms_settings"], data=tmp_path))
    with write_unit() as session:
        session.execute(delete(UnneededFile))
    return FileStorage(tmp_path / "files")


def own_module() -> Module:
    module: Module = add(Module(key=f"swept-{os.urandom(4).hex()}", titles={"en": "Module"}))
    return module


def keys(storage: FileStorage) -> set[str]:
    return {listed.key for listed in storage.listed()}


def orphan(storage: FileStorage, words: bytes = b"nobody's") -> str:
    return storage.put(io.BytesIO(words)).key


def aged(storage: FileStorage, key: str) -> None:
    """As if it had been put long ago."""
    os.utime(storage.path(key), (0, 0))


def at(days: float) -> datetime:
    return now() + timedelta(days=days)


def test_what_nobody_names_is_deleted_a_fortnight_after_it_was_noted(storage: FileStorage) -> None:
    facts, key = keep_picture(own_module()), orphan(storage)
    needed = {facts.key, *(variant.key for variant in facts.variants)}
    assert needed <= needed_keys()
    assert sweep(storage, at(20)) == Swept(noted=1)
    assert sweep(storage, at(20)) == Swept(), "doing it again changes nothing"
    assert sweep(storage, at(33)) == Swept()
    assert sweep(storage, at(34.1)) == Swept(deleted=1, size=8)
    assert keys(storage) == needed
    assert sweep(storage, at(35)) == Swept()
    assert key not in db.session.scalars(select(UnneededFile.key)).all()


def test_what_is_needed_again_stays(storage: FileStorage) -> None:
    module = own_module()
    keep_picture(module)
    row = db.session.scalars(select(MediaFile).where(MediaFile.module_id == module.id)).one()
    names = ("module_id", "name", "key", "kind", "content_type", "size", "variants")
    values = {name: getattr(row, name) for name in names}
    with write_unit() as session:
        session.execute(delete(MediaFile).where(MediaFile.module_id == values["module_id"]))
    files = keys(storage)
    assert sweep(storage, at(20)).noted == len(files)
    add(MediaFile(**values))
    assert sweep(storage, at(40)) == Swept(needed_again=len(files))
    assert keys(storage) == files


def test_what_was_put_or_renewed_meanwhile_stays(storage: FileStorage, tmp_path: Path) -> None:
    put, kept, left = (orphan(storage, words) for words in (b"put", b"kept", b"left"))
    sweep(storage, at(-15))
    for key in (put, kept, left):
        aged(storage, key)
    orphan(storage, b"put")
    (tmp_path / "again").write_bytes(b"kept")
    assert keeper(storage)(tmp_path / "again") == kept
    assert sweep(storage, now()) == Swept(deleted=1, size=4)
    assert keys(storage) == {put, kept}
    assert not storage.remove_older(put, now() - DAY)
    assert storage.path(put).read_bytes() == b"put"


def test_what_broke_off_goes_too(storage: FileStorage, tmp_path: Path) -> None:
    orphan(storage)
    incoming = tmp_path / "files.incoming"
    (incoming / "half").write_bytes(b"half")
    (incoming / "fresh").write_bytes(b"fresh")
    os.utime(incoming / "half", (0, 0))
    assert storage.drop_unfinished(now() - DELAY) == 1
    assert [path.name for path in incoming.iterdir()] == ["fresh"]


def test_check_tells_what_is_missing_and_what_is_left(storage: FileStorage) -> None:
    assert registered
    facts = keep_picture(own_module())
    elsewhere = set(differences(storage, now()).missing)
    key = orphan(storage)
    storage.path(facts.key).unlink()
    found = differences(storage, now())
    assert set(found.missing) - elsewhere == {facts.key}
    assert (found.unneeded, found.size, found.overdue) == (1, 8, 0)
    assert f"{facts.key} is missing" in list(checks()["stored files"]())
    assert "1 files (8 bytes)" in next(iter(remarks_on("stored files")))
    sweep(storage, now())
    aged(storage, key)
    assert differences(storage, now() + DELAY + LATE + DAY).overdue == 1


def test_it_runs_by_itself(storage: FileStorage, caplog: pytest.LogCaptureFixture) -> None:
    kind = kinds()["sweep_files"]
    assert kind.every == DAY
    key = orphan(storage)
    with caplog.at_level("INFO", "lms.storage.sweeping"):
        kind.handler({})
    assert caplog.records[-1].facts["noted"] == 1  # type: ignore[attr-defined]
    with write_unit() as session:
        for row in session.scalars(select(UnneededFile)):
            row.since = now() - DELAY - DAY
    aged(storage, key)
    kind.handler({})
    assert keys(storage) == set()
