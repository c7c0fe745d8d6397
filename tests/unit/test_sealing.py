"""Sealed streams: they come back as they were written, or not at all."""

import io
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.backup import sealing
from lms.backup.errors import BackupError
from lms.backup.passphrases import new_recovery_code, spelled
from lms.backup.sealing import SealedReader, SealedWriter


@pytest.fixture(autouse=True, scope="module")
def cheap_and_small() -> Iterator[None]:
    """A low cost, and pieces of a few bytes, so that a stream has many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "COST", 2**10)
        patch.setattr(sealing, "PIECE", 50)
        yield


def sealed(data: bytes, passphrase: str = "باران", step: int = 7) -> bytes:
    """`data` sealed, written in steps."""
    target = io.BytesIO()
    with SealedWriter(target, passphrase) as writer:
        for start in range(0, len(data), step):
            writer.write(data[start : start + step])
    return target.getvalue()


def opened(file: bytes, passphrase: str = "باران") -> bytes:
    """What is inside."""
    return io.BufferedReader(SealedReader(io.BytesIO(file), passphrase)).read()


@given(st.binary(max_size=400), st.integers(1, 200))
@settings(max_examples=60, deadline=None)
def test_what_is_sealed_comes_back(data: bytes, step: int) -> None:
    assert opened(sealed(data, step=step)) == data


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_byte_can_be_changed(data: st.DataObject) -> None:
    file = bytearray(sealed(bytes(range(200))))
    place = data.draw(st.integers(0, len(file) - 1))
    file[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BackupError):
        opened(bytes(file))


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_nothing_can_be_cut_off(count: int) -> None:
    file = sealed(bytes(range(200)))
    with pytest.raises(BackupError):
        opened(file[: count % len(file)])


def test_nothing_can_be_added_or_moved() -> None:
    file = sealed(bytes(200))
    header, body = file.split(b"\n", 1)
    size = 50 + sealing.TAG
    swapped = header + b"\n" + body[size : 2 * size] + body[:size] + body[2 * size :]
    for wrong in (file + b"x", file + body, swapped):
        with pytest.raises(BackupError):
            opened(wrong)


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(BackupError, match="does not open"):
        opened(sealed(b"x"), "تگرگ")


@pytest.mark.parametrize(
    "file", [b"", b"PK\x03\x04", b"{}\n", b'{"format": "tashbik-backup-1", "salt": "", "cost": 3}\n']
)
def test_another_file_is_no_backup(file: bytes) -> None:
    with pytest.raises(BackupError):
        opened(file)


def test_a_recovery_code_counts_however_it_is_typed() -> None:
    code = new_recovery_code()
    typed = code.lower().replace("-", " ").translate(str.maketrans("23456789", "۲۳۴۵۶۷۸۹"))
    assert spelled(typed) == spelled(code)
    assert spelled("Aa") != spelled("aa"), "a passphrase counts as it is"
