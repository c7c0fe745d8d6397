"""MP4: what phones write beside sound and pictures (place, name, date) is blanked. Nothing is encoded anew."""

import struct
from typing import BinaryIO

from lms.media.mp4_boxes import Box, all_boxes, whole
from lms.media.mp4_samples import samples_of

_TELLING = {b"udta", b"meta", b"uuid"}
_DATED = {b"mvhd", b"tkhd", b"mdhd"}
_PIECE = 64 * 1024


def blank_mp4(file: BinaryIO) -> None:
    """Blank, in place, what an MP4 file says about itself. Boxes keep their length, so that nothing else moves.

    Raises ValueError for one that cannot be read to its end.
    """
    start, end = whole(file)
    in_pieces, left = any(box.name == b"moof" for box in all_boxes(file, start, end)), end
    for box in all_boxes(file, start, end):
        if box.name == b"trak" and _tells_beside(file, box):
            if in_pieces:  # of a film that is sent while it is made: its samples are told of elsewhere
                raise ValueError("measurements in pieces")
            left -= _blank_samples(file, box, left)
            _blank(file, box)
        elif box.name in _TELLING:
            _blank(file, box)
        elif box.name in _DATED:
            _blank_dates(file, box)


def size_of_mp4(file: BinaryIO) -> tuple[int, int] | None:
    """Width and height of a film, where its tracks say them."""
    try:
        return _size(file)
    except ValueError:
        return None


def _size(file: BinaryIO) -> tuple[int, int] | None:
    for box in all_boxes(file, *whole(file)):
        if box.name == b"tkhd" and box.end - box.inner >= 8:
            file.seek(box.end - 8)
            width, height = (value >> 16 for value in struct.unpack(">II", file.read(8)))
            if width and height:
                return width, height
    return None


def _tells_beside(file: BinaryIO, track: Box) -> bool:
    """Whether a track holds neither sound nor pictures nor words, but what a telephone measured, such as its place."""
    for box in all_boxes(file, track.inner, track.end):
        if box.name == b"hdlr":
            file.seek(box.inner + 8)
            return file.read(4) == b"meta"
    return False


def _blank_samples(file: BinaryIO, track: Box, most: int) -> int:
    """Gives how many bytes they were. Raises ValueError where they cannot be found, or are more than `most`."""
    _start, end = whole(file)
    tables = {box.name: box for box in all_boxes(file, track.inner, track.end)}
    samples = list(samples_of(file, tables))
    total = sum(length for _at, length in samples)
    if total > most:
        raise ValueError("samples over each other")
    for at, length in samples:
        if at + length > end:
            raise ValueError("samples out of the file")
        _zero(file, at, length)
    return total


def _blank_dates(file: BinaryIO, box: Box) -> None:
    """When it was made and changed."""
    file.seek(box.inner)
    width = 8 if file.read(1) == b"\1" else 4
    if box.inner + 4 + 2 * width > box.end:
        raise ValueError("half a box")
    file.seek(box.inner + 4)
    file.write(bytes(2 * width))


def _blank(file: BinaryIO, box: Box) -> None:
    file.seek(box.start + 4)
    file.write(b"free")
    _zero(file, box.inner, box.end - box.inner)


def _zero(file: BinaryIO, at: int, length: int) -> None:
    file.seek(at)
    while length > 0:
        length -= file.write(bytes(min(length, _PIECE)))
