"""The boxes of an MP4 file."""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf"}
_MOST, _DEEPEST = 200_000, 8
"""Boxes, and boxes inside of each other: more than any film has; looking at more would take for ever."""


@dataclass(frozen=True)
class Box:
    """A piece of an MP4 file: where its length, its content and what follows begin."""

    name: bytes
    start: int
    inner: int
    end: int


def whole(file: BinaryIO) -> tuple[int, int]:
    """Where a file begins and ends."""
    return 0, file.seek(0, os.SEEK_END)


def all_boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """Boxes, and those inside of the ones that hold others. Raises ValueError where they are cut off, or too many."""
    for count, box in enumerate(_nested(file, start, end, _DEEPEST)):
        if count == _MOST:
            raise ValueError("too many boxes")
        yield box


def _nested(file: BinaryIO, start: int, end: int, deeper: int) -> Iterator[Box]:
    if not deeper:
        raise ValueError("boxes too deep")
    for box in _boxes(file, start, end):
        yield box
        if box.name in _CONTAINERS:
            yield from _nested(file, box.inner, box.end, deeper - 1)


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    while start + 8 <= end:
        file.seek(start)
        length, name = struct.unpack(">I4s", file.read(8))
        inner = start + 8
        if length == 1 and start + 16 <= end:
            length, inner = struct.unpack(">Q", file.read(8))[0], start + 16
        after = end if length == 0 else start + length
        if after < inner or after > end:
            raise ValueError("half a box")
        yield Box(name, start, inner, after)
        start = after
