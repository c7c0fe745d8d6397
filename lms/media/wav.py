"""WAV: every chunk but the sound and its form is blanked in place."""

import os
import struct
from typing import BinaryIO

_KEPT = {b"fmt ", b"data", b"fact"}
_PIECE = 64 * 1024
_MOST = 10_000
"""Chunks, more than any recording has."""


def blank_wav(file: BinaryIO) -> None:
    """Make padding of what a WAV file says beside its sound. Raises ValueError for one that cannot be read."""
    whole, start, count = file.seek(0, os.SEEK_END), 12, 0
    while start + 8 <= whole:
        count += 1
        if count > _MOST:
            raise ValueError("too many chunks")
        file.seek(start)
        name, length = struct.unpack("<4sI", file.read(8))
        end = start + 8 + length
        if end > whole and name != b"data":
            raise ValueError("half a chunk")
        if name not in _KEPT:
            _blank(file, start, length)
        start = end + length % 2
    if start < whole:
        raise ValueError("more than chunks")


def _blank(file: BinaryIO, start: int, length: int) -> None:
    file.seek(start)
    file.write(b"JUNK")
    file.seek(start + 8)
    while length > 0:
        length -= file.write(bytes(min(length, _PIECE)))
