"""Where the samples of an MP4 track lie: what a telephone measured is blanked where it is, not only lost sight of."""

import struct
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import BinaryIO

from lms.media.mp4_boxes import Box

_SIZES, _RUNS, _PLACES, _FAR_PLACES = b"stsz", b"stsc", b"stco", b"co64"


def samples_of(file: BinaryIO, tables: Mapping[bytes, Box]) -> Iterator[tuple[int, int]]:
    """Where each chunk of a track's samples begins and how long it is. Raises ValueError where that is not said."""
    places = _numbers(file, tables.get(_FAR_PLACES), "Q") or _numbers(file, tables.get(_PLACES), "I")
    sizes, at = _sizes(file, tables.get(_SIZES)), 0
    for place, count in zip(places, _counts(file, tables.get(_RUNS), len(places)), strict=True):
        yield place, sum(sizes[at : at + count])
        at += count
    if at != len(sizes):
        raise ValueError("samples without a place")


def _numbers(file: BinaryIO, box: Box | None, form: str, skip: int = 4) -> list[int]:
    """The numbers of a table: how many there are, then each."""
    if box is None:
        return []
    file.seek(box.inner + skip)
    count, width = int.from_bytes(file.read(4), "big"), struct.calcsize(f">{form}")
    if box.inner + skip + 4 + count * width > box.end:
        raise ValueError("half a table")
    return [number for row in struct.iter_unpack(f">{form}", file.read(count * width)) for number in row]


def _sizes(file: BinaryIO, box: Box | None) -> list[int]:
    if box is None or box.end - box.inner < 12:
        raise ValueError("no sizes")
    file.seek(box.inner + 4)
    same, count = struct.unpack(">II", file.read(8))
    if same and count > 10_000_000:
        raise ValueError("too many samples")
    return [same] * count if same else _numbers(file, box, "I", skip=8)


def _counts(file: BinaryIO, box: Box | None, chunks: int) -> Iterator[int]:
    """How many samples each chunk has."""
    numbers = _numbers(file, box, "III")
    runs = [*zip(numbers[::3], numbers[1::3], strict=True), (chunks + 1, 0)]
    for (first, count), (after, _count) in pairwise(runs):
        if not 1 <= first < after <= chunks + 1:
            raise ValueError("chunks out of order")
        yield from [count] * (after - first)
