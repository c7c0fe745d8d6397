"""Ogg: the comments of each stream are blanked in place, and the checksums of their pages made anew.

As RFC 3533 (pages), the Vorbis I specification, RFC 7845 (Opus), and the FLAC and Speex mappings have them.
"""

import os
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from lms.media.xiph import LAST, blank_comments, blank_flac, blank_opus, blank_vorbis

_HEAD = struct.Struct("<4sBBqIIIB")
_BEGINS = 2
_WHOLE = 255
_CHECKSUM = slice(22, 26)
_LONGEST_PACKET = 16 * 1024 * 1024
_MOST_PAGES = 100_000
"""Of heads, in all streams."""
Blank = Callable[[bytes], bytes]
#: What the first packet of a stream begins with, and how its comments are blanked.
_KINDS: dict[bytes, Blank] = {
    b"\x01vorbis": blank_vorbis,
    b"OpusHead": blank_opus,
    b"Speex   ": blank_comments,
    b"\x7fFLAC": blank_flac,
}


def _checksums() -> list[int]:
    found = []
    for value in range(256):
        register = value << 24
        for _bit in range(8):
            register = (register << 1 ^ 0x04C11DB7 if register & 0x80000000 else register << 1) & 0xFFFFFFFF
        found.append(register)
    return found


_TABLE = _checksums()


def checksum(page: bytes) -> int:
    """The CRC of a page whose own field is zero."""
    register = 0
    for byte in page:
        register = register << 8 & 0xFFFFFFFF ^ _TABLE[register >> 24 ^ byte]
    return register


@dataclass
class Stream:
    """One of the streams in a file: its header packets as they come."""

    kind: bytes = b""
    blank: Blank | None = None
    #: Packets that ended so far, and the pieces of the one under way: where in the file, how long.
    packets: int = 0
    pieces: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0
    done: bool = False


@dataclass(frozen=True)
class Page:
    """A page: where it begins, where its content begins, and the lengths of its segments."""

    start: int
    inner: int
    begins: bool
    serial: int
    lengths: bytes

    @property
    def end(self) -> int:
        """Where the next one begins."""
        return self.inner + sum(self.lengths)


def blank_ogg(file: BinaryIO) -> None:
    """Blank, in place, what an Ogg file says about itself. Raises ValueError for one that cannot be read to its end."""
    whole, start = file.seek(0, os.SEEK_END), 0
    streams: dict[int, Stream] = {}
    pages: list[Page] = []
    changes: list[tuple[list[tuple[int, int]], bytes]] = []
    while start < whole:
        page = _page_at(file, start, whole)
        stream = streams.setdefault(page.serial, Stream())
        if page.begins and stream.done:
            stream = streams[page.serial] = Stream()
        if not stream.done:
            pages.append(page)
            if len(pages) > _MOST_PAGES:
                raise ValueError("too many pages")
            changes += _packets(file, page, stream)
        start = page.end
    if not streams or not all(stream.done for stream in streams.values()):
        raise ValueError("a stream has no comments")
    for pieces, blank in changes:
        _write(file, pieces, blank)
    for page in pages:
        _sign(file, page)


def _page_at(file: BinaryIO, start: int, whole: int) -> Page:
    file.seek(start)
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size or head[:5] != b"OggS\0":
        raise ValueError("no page")
    _mark, _version, flags, _at, serial, _number, _sum, count = _HEAD.unpack(head)
    lengths = file.read(count)
    page = Page(start, start + _HEAD.size + count, bool(flags & _BEGINS), serial, lengths)
    if len(lengths) < count or page.end > whole:
        raise ValueError("half a page")
    return page


def _packets(file: BinaryIO, page: Page, stream: Stream) -> list[tuple[list[tuple[int, int]], bytes]]:
    """What to write over the header packets that end in a page."""
    changes = []
    at = page.inner
    for length in page.lengths:
        stream.pieces.append((at, length))
        at, stream.length = at + length, stream.length + length
        if stream.length > _LONGEST_PACKET:
            raise ValueError("too long a head")
        if length < _WHOLE:
            packet = b"".join(_read(file, piece) for piece in stream.pieces)
            blank = _blanked(stream, packet)
            if blank != packet:
                changes.append((stream.pieces, blank))
            stream.pieces, stream.length, stream.packets = [], 0, stream.packets + 1
            if stream.done:
                break
    return changes


def _blanked(stream: Stream, packet: bytes) -> bytes:
    if stream.packets == 0:
        stream.kind = next((kind for kind in _KINDS if packet.startswith(kind)), b"")
        if not stream.kind:
            raise ValueError("a stream of another kind")
        stream.blank = _KINDS[stream.kind]
        return packet
    assert stream.blank is not None
    stream.done = stream.kind != b"\x7fFLAC" or bool(packet[:1] and packet[0] & LAST)
    return stream.blank(packet)


def _read(file: BinaryIO, piece: tuple[int, int]) -> bytes:
    file.seek(piece[0])
    return file.read(piece[1])


def _write(file: BinaryIO, pieces: list[tuple[int, int]], content: bytes) -> None:
    done = 0
    for at, length in pieces:
        file.seek(at)
        file.write(content[done : done + length])
        done += length


def _sign(file: BinaryIO, page: Page) -> None:
    content = bytearray(_read(file, (page.start, page.end - page.start)))
    content[_CHECKSUM] = bytes(4)
    content[_CHECKSUM] = struct.pack("<I", checksum(bytes(content)))
    file.seek(page.start)
    file.write(content)
