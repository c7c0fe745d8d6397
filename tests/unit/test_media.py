"""Files that are taken in: what they are is seen, what they tell of their makers is gone."""

import contextlib
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lms.media import MOST_BYTES, MediaError, sniff, take
from lms.media.images import tells
from lms.storage import FileStorage
from tests.media import CAPTIONS, film, picture, sound


@pytest.fixture
def storage(tmp_path: Path) -> FileStorage:
    return FileStorage(tmp_path / "files")


def test_a_picture_loses_its_place_and_stands_upright(storage: FileStorage, tmp_path: Path) -> None:
    original = tmp_path / "original.jpg"
    original.write_bytes(picture(700, 400, place=True))
    assert tells(original)
    facts = take(io.BytesIO(original.read_bytes()), storage)
    assert (facts.kind, facts.content_type, facts.width, facts.height) == ("image", "image/jpeg", 400, 700)
    kept = [facts.key, *(variant.key for variant in facts.variants)]
    assert not any(tells(storage.path(key)) for key in kept)
    assert not any(b"phone" in storage.path(key).read_bytes() for key in kept)


def test_a_large_picture_comes_in_sizes_and_modern_formats(storage: FileStorage) -> None:
    facts = take(io.BytesIO(picture(3000, 1000)), storage)
    assert (facts.width, facts.height) == (2400, 800)
    assert [variant.name for variant in facts.variants] == [
        f"{width}.{extension}" for width in (480, 960, 1600) for extension in ("avif", "webp")
    ]
    with Image.open(storage.path(facts.variants[1].key)) as small:
        assert (small.format, small.size) == ("WEBP", (480, 160))


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF", "AVIF"])
def test_other_formats_are_taken(storage: FileStorage, form: str) -> None:
    facts = take(io.BytesIO(picture(40, 30, form)), storage)
    assert facts.content_type in ("image/png", "image/jpeg")
    assert [variant.width for variant in facts.variants] == [40, 40]


def test_the_same_picture_is_kept_once_and_stays_as_it_is(storage: FileStorage) -> None:
    first = take(io.BytesIO(picture(60, 60, place=True)), storage)
    assert take(io.BytesIO(picture(60, 60, place=True)), storage) == first


def test_a_film_loses_its_place_and_keeps_its_length(storage: FileStorage) -> None:
    facts = take(io.BytesIO(film()), storage)
    assert (facts.content_type, facts.width, facts.height) == ("video/mp4", 320, 240)
    kept = storage.path(facts.key).read_bytes()
    assert b"+35.68" not in kept
    assert len(kept) == len(film())
    assert b"mdat" + b"x" * 50 in kept


def test_a_recording_loses_its_tags(storage: FileStorage) -> None:
    facts = take(io.BytesIO(sound()), storage)
    assert facts.content_type == "audio/mpeg"
    assert b"Somebody" not in storage.path(facts.key).read_bytes()


def test_captions_are_webvtt_and_subrip_becomes_it(storage: FileStorage) -> None:
    assert take(io.BytesIO(CAPTIONS), storage).kind == "captions"
    subrip = b"1\r\n00:00:01,500 --> 00:00:02,000\r\nWords\r\n"
    key = take(io.BytesIO(subrip), storage).key
    assert storage.path(key).read_text() == "WEBVTT\n\n1\n00:00:01.500 --> 00:00:02.000\nWords\n"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html>",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"\x89PNG\r\n\x1a\n broken",
        b"WEBVTT\n\nno times",
        b"\0\0\0\x18ftypheic" + bytes(40),
        picture()[:200],
    ],
)
def test_what_cannot_be_shown_is_not_taken(storage: FileStorage, content: bytes) -> None:
    with pytest.raises(MediaError):
        take(io.BytesIO(content), storage)


def test_what_is_too_large_is_not_taken(storage: FileStorage) -> None:
    with pytest.raises(MediaError, match="too large"):
        take(io.BytesIO(picture() + bytes(MOST_BYTES["image"])), storage)
    wide = io.BytesIO()
    Image.new("1", (10_000, 5_001)).save(wide, "PNG")
    with pytest.raises(MediaError, match="pixels"):
        take(wide, storage)


@given(st.binary(max_size=80), st.sampled_from([b"", b"\0\0\0\x18ftypisom", b"ID3", b"WEBVTT", b"\xff\xd8\xff"]))
def test_nothing_that_is_sent_breaks_it(tmp_path_factory: pytest.TempPathFactory, rest: bytes, head: bytes) -> None:
    storage = FileStorage(tmp_path_factory.getbasetemp() / "files")
    sniff(head + rest)
    with contextlib.suppress(MediaError):
        take(io.BytesIO(head + rest), storage)
