"""Recordings: what phones write beside sound and pictures (place, name, date) is blanked. Nothing is encoded anew."""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_TELLING = {b"udta", b"meta", b"uuid"}
_CONTAINERS = {b"moov", b"trak"}
_PIECE = 64 * 1024


@dataclass(frozen=True)
class Box:
    """A piece of an MP4 file: where its length, its content and what follows begin."""

    name: bytes
    start: int
    inner: int
    end: int


def blank_mp4(file: BinaryIO) -> None:
    """Blank, in place, what an MP4 file says about itself. Boxes keep their length, so that nothing else moves."""
    for box in _all_boxes(file, *_whole(file)):
        if box.name in _TELLING:
            _blank(file, box)


def size_of_mp4(file: BinaryIO) -> tuple[int, int] | None:
    """Width and height of a film, where its tracks say them."""
    for box in _all_boxes(file, *_whole(file)):
        if box.name == b"tkhd" and box.end - box.inner >= 8:
            file.seek(box.end - 8)
            width, height = (value >> 16 for value in struct.unpack(">II", file.read(8)))
            if width and height:
                return width, height
    return None


def _whole(file: BinaryIO) -> tuple[int, int]:
    return 0, file.seek(0, os.SEEK_END)


def _all_boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """Boxes, and those inside of the ones that hold others."""
    for box in list(_boxes(file, start, end)):
        yield box
        if box.name in _CONTAINERS:
            yield from _all_boxes(file, box.inner, box.end)


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    while start + 8 <= end:
        file.seek(start)
        length, name = struct.unpack(">I4s", file.read(8))
        inner = start + 8
        if length == 1 and start + 16 <= end:
            length, inner = struct.unpack(">Q", file.read(8))[0], start + 16
        after = end if length == 0 else start + length
        if after < inner or after > end:
            return
        yield Box(name, start, inner, after)
        start = after


def _blank(file: BinaryIO, box: Box) -> None:
    file.seek(box.start + 4)
    file.write(b"free")
    file.seek(box.inner)
    left = box.end - box.inner
    while left > 0:
        left -= file.write(bytes(min(left, _PIECE)))


def sound_of_mp3(file: BinaryIO) -> tuple[int, int]:
    """Where the sound of an MP3 file begins and ends, between what players show of it."""
    file.seek(0)
    head = file.read(10)
    start = 0
    if head[:3] == b"ID3" and len(head) == 10:
        start = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    file.seek(0, os.SEEK_END)
    end = file.tell()
    if end >= 128:
        file.seek(end - 128)
        end -= 128 if file.read(3) == b"TAG" else 0
    return (start, end) if start < end else (0, end)
