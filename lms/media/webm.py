"""WebM and Matroska: what a film says about itself is made void in place, so that nothing else moves.

As RFC 8794 (EBML) and RFC 9559 (Matroska) have them. What is kept is listed, what is not known goes.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lms.media.xiph import blank_flac, blank_vorbis

HEADER, SEGMENT, VOID, CHECKSUM = 0x1A45DFA3, 0x18538067, 0xEC, 0xBF
SEEK_HEAD, SEEK, SEEK_ID = 0x114D9B74, 0x4DBB, 0x53AB
INFO, TRACKS, CUES, CLUSTER = 0x1549A966, 0x1654AE6B, 0x1C53BB6B, 0x1F43B675
ATTACHMENTS, TAGS, CHAPTERS = 0x1941A469, 0x1254C367, 0x1043A770
TIMESTAMP_SCALE, DURATION, MUXING_APP, WRITING_APP = 0x2AD7B1, 0x4489, 0x4D80, 0x5741
TRACK, CODEC, PRIVATE = 0xAE, 0x86, 0x63A2
_TRACK_SAYS = {0x536E, 0x258688, 0x3A9697, 0x3B4040, 0x26B240, 0x7446}
"""Names of a track and its codec, addresses of the codec, its attachment."""
_TOP = {SEEK_HEAD, INFO, TRACKS, CUES, CLUSTER, ATTACHMENTS, TAGS, CHAPTERS}
_KEPT_TOP = {SEEK_HEAD, INFO, TRACKS, CUES, CLUSTER}
_OF_CLUSTERS = {0xE7, 0xA7, 0xAB, 0xA3, 0xA0}
"""Time, position, size, blocks: what stands in a cluster whose end is not said."""
_PIECE = 64 * 1024
_LARGEST_HEAD = 16 * 1024 * 1024
_MOST_PARTS, _MOST_SEEKS, _MOST_HEADS, _MOST_BLOCKS = 300, 20_000, 8, 3_000_000
"""More than any film has: of an element's parts, of what leads to others, of heads, and of all that stands beside them;
looking at more would take for ever."""


@dataclass(frozen=True)
class Element:
    """A piece of the file: where it begins, where its content begins and ends."""

    name: int
    start: int
    inner: int
    end: int
    #: Whether it goes on until something else begins.
    open: bool = False


def blank_webm(file: BinaryIO) -> None:
    """Blank, in place, what a film says about itself. Raises ValueError for one that cannot be read to its end."""
    whole = file.seek(0, os.SEEK_END)
    found = [element for element in _elements(file, 0, whole) if element.name != VOID]
    if [element.name for element in found] != [HEADER, SEGMENT]:
        raise ValueError("no film")
    heads = 0
    for count, element in enumerate(_top(file, found[1])):
        heads += element.name in (INFO, TRACKS, SEEK_HEAD)
        if heads > _MOST_HEADS or count > _MOST_BLOCKS:
            raise ValueError("too many elements")
        _clean_top(file, element)


def _top(file: BinaryIO, segment: Element) -> Iterator[Element]:
    """The main elements of a film. A cluster whose end is not said is gone through block by block."""
    at = segment.inner
    while at < segment.end:
        element = _element_at(file, at, segment.end)
        if element.open and element.name != CLUSTER:
            raise ValueError("no end")
        yield element
        at = element.inner if element.open else element.end


def _clean_top(file: BinaryIO, element: Element) -> None:
    if element.name == INFO:
        _clean_info(file, element)
    elif element.name == TRACKS:
        _clean_tracks(file, element)
    elif element.name == SEEK_HEAD:
        _clean_seeks(file, element)
    elif element.name not in _KEPT_TOP | _OF_CLUSTERS:
        _void(file, element)


def _clean_info(file: BinaryIO, info: Element) -> None:
    for element in list(_elements(file, info.inner, info.end)):
        if element.name in (MUXING_APP, WRITING_APP):
            _fill(file, element)
        elif element.name not in (TIMESTAMP_SCALE, DURATION):
            _void(file, element)


def _clean_tracks(file: BinaryIO, tracks: Element) -> None:
    for track in list(_elements(file, tracks.inner, tracks.end)):
        if track.name != TRACK:
            _void(file, track)
            continue
        parts = list(_elements(file, track.inner, track.end))
        codec = next((_content(file, part).rstrip(b"\0") for part in parts if part.name == CODEC), b"")
        for part in parts:
            if part.name == PRIVATE:
                _write(file, part, blank_private(codec, _content(file, part)))
            elif part.name in _TRACK_SAYS or part.name == CHECKSUM:
                _void(file, part)


def blank_private(codec: bytes, content: bytes) -> bytes:
    """What the decoder is given, without comments; of the same length."""
    if codec == b"A_VORBIS":
        start, length = _second(content)
        return content[:start] + blank_vorbis(content[start : start + length]) + content[start + length :]
    if codec == b"A_FLAC" and content.startswith(b"fLaC"):
        return content[:4] + b"".join(map(blank_flac, _blocks(content[4:])))
    return content


def _second(content: bytes) -> tuple[int, int]:
    """Where the second of three packets lies that are laced together."""
    at, lengths = 1, []
    if content[:1] != b"\2":
        raise ValueError("no heads of Vorbis")
    for _packet in range(2):
        length = 0
        while content[at : at + 1] == b"\xff":
            length, at = length + 255, at + 1
        length, at = length + content[at] if at < len(content) else -1, at + 1
        lengths.append(length)
    if min(lengths) < 0 or at + sum(lengths) > len(content):
        raise ValueError("no heads of Vorbis")
    return at + lengths[0], lengths[1]


def _blocks(content: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(content):
        length = 4 + int.from_bytes(content[at + 1 : at + 4], "big")
        yield content[at : at + length]
        at += length


def _clean_seeks(file: BinaryIO, head: Element) -> None:
    """What leads to something that is void now is void too."""
    for seek in _elements(file, head.inner, head.end, _MOST_SEEKS):
        parts = _elements(file, seek.inner, seek.end) if seek.name == SEEK else ()
        names = [int.from_bytes(_content(file, part), "big") for part in parts if part.name == SEEK_ID]
        if not set(names) & _KEPT_TOP:
            _void(file, seek)


def _elements(file: BinaryIO, start: int, end: int, most: int = _MOST_PARTS) -> Iterator[Element]:
    count = 0
    while start < end:
        count += 1
        if count > most:
            raise ValueError("too many elements")
        element = _element_at(file, start, end)
        if element.open and element.name != SEGMENT:
            raise ValueError("no end")
        yield element
        start = element.end


def _element_at(file: BinaryIO, start: int, end: int) -> Element:
    """The element that begins there. Raises ValueError where none does, or it is longer than what holds it."""
    file.seek(start)
    head = file.read(12)
    wide = _width(head[:1], 4)
    name = int.from_bytes(head[:wide], "big")
    long = _width(head[wide : wide + 1], 8)
    raw = head[wide : wide + long]
    inner = start + wide + long
    length = int.from_bytes(raw, "big") & (1 << 7 * long) - 1
    is_open = length == (1 << 7 * long) - 1
    after = end if is_open else inner + length
    if len(raw) < long or inner > end or after > end:
        raise ValueError("half an element")
    return Element(name, start, inner, after, is_open)


def _width(first: bytes, most: int) -> int:
    """How many bytes a number takes, by the first of them."""
    wide = 9 - first[0].bit_length() if first else 9
    if wide > most:
        raise ValueError("no element")
    return wide


def _content(file: BinaryIO, element: Element) -> bytes:
    if element.end - element.inner > _LARGEST_HEAD:
        raise ValueError("too long a head")
    file.seek(element.inner)
    return file.read(element.end - element.inner)


def _write(file: BinaryIO, element: Element, content: bytes) -> None:
    if len(content) != element.end - element.inner:
        raise ValueError("another length")
    file.seek(element.inner)
    file.write(content)


def _fill(file: BinaryIO, element: Element) -> None:
    """An empty text of the same length."""
    file.seek(element.inner)
    left = element.end - element.inner
    while left > 0:
        left -= file.write(bytes(min(left, _PIECE)))


def _void(file: BinaryIO, element: Element) -> None:
    """Nothing, from where it begins to where it ends."""
    size = element.end - element.start
    wide = 1 if size < 9 else 8
    length = size - 1 - wide
    file.seek(element.start)
    file.write(bytes((VOID,)) + (length | 1 << 7 * wide).to_bytes(wide, "big"))
    _fill(file, Element(VOID, element.start, element.start + 1 + wide, element.end))
