"""MP3: the sound is cut out of the tags around it."""

import os
from typing import BinaryIO

_OLD_TAG, _LONG_TAG = 128, 227
_APE = 32
_MOST = 1000
"""Tags, more than any recording has."""


def sound_of_mp3(file: BinaryIO) -> tuple[int, int]:
    """Where the sound of an MP3 file begins and ends, between what players show of it; nothing: there is none."""
    whole = file.seek(0, os.SEEK_END)
    start, end = _after_heads(file, whole), whole
    for _tag in range(_MOST):
        shorter = _before_tag(file, end)
        if shorter == end:
            break
        end = shorter
    else:
        raise ValueError("too many tags")
    return (start, end) if start < end else (0, 0)


def _at(file: BinaryIO, place: int, length: int) -> bytes:
    if place < 0:
        return b""
    file.seek(place)
    return file.read(length)


def _after_heads(file: BinaryIO, whole: int) -> int:
    """ID3v2, of which several may stand one after the other."""
    start = count = 0
    while (head := _at(file, start, 10))[:3] == b"ID3" and len(head) == 10:
        count += 1
        if count > _MOST:
            raise ValueError("too many tags")
        size = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True))
        start += 10 + size + (10 if head[5] & 0x10 else 0)
    return min(start, whole)


def _before_tag(file: BinaryIO, end: int) -> int:
    """Where the last tag before `end` begins; `end` where there is none."""
    if _at(file, end - _OLD_TAG, 3) == b"TAG":
        return end - _OLD_TAG
    if _at(file, end - _LONG_TAG, 4) == b"TAG+":
        return end - _LONG_TAG
    foot = _at(file, end - _APE, _APE)
    if foot[:8] == b"APETAGEX":
        size, flags = (int.from_bytes(foot[at : at + 4], "little") for at in (12, 20))
        return max(end - size - (_APE if flags >> 31 else 0), 0)
    return _before_rare_tag(file, end)


def _before_rare_tag(file: BinaryIO, end: int) -> int:
    lyrics = _at(file, end - 15, 15)
    if lyrics[6:] == b"LYRICS200" and lyrics[:6].isdigit():
        return max(end - 15 - int(lyrics[:6]), 0)
    foot = _at(file, end - 10, 10)
    if foot[:3] == b"3DI":
        size = sum((byte & 0x7F) << shift for byte, shift in zip(foot[6:], (21, 14, 7, 0), strict=True))
        return max(end - 20 - size, 0)
    return end
