"""The comments that Vorbis, Opus, Speex and FLAC write alike: title, artist, place, cover, the program that encoded."""

import struct

COMMENT, PICTURE, APPLICATION, CUESHEET, PADDING = 4, 6, 2, 5, 1
LAST = 0x80


def blank_comments(packet: bytes, *, head: bytes = b"", framed: bool = False) -> bytes:
    """A packet of comments that says nothing, of the same length: one blank name of the encoder fills it.

    `head` is what it begins with, `framed` whether a set bit ends it. Raises ValueError for a packet that is none.
    """
    room = len(packet) - len(head) - 8 - framed
    if not packet.startswith(head) or room < 0:
        raise ValueError("no comments")
    return head + struct.pack("<I", room) + b" " * room + bytes(4) + (b"\1" if framed else b"")


def blank_vorbis(packet: bytes) -> bytes:
    """The comment header of Vorbis."""
    return blank_comments(packet, head=b"\x03vorbis", framed=True)


def blank_opus(packet: bytes) -> bytes:
    """The comment header of Opus."""
    return blank_comments(packet, head=b"OpusTags")


def blank_flac(block: bytes) -> bytes:
    """A metadata block of FLAC with its head: comments blank, pictures and programs' own data made padding."""
    kind, content = block[0] & ~LAST, block[4:]
    if len(block) < 4 or int.from_bytes(block[1:4], "big") != len(content):
        raise ValueError("no metadata block")
    if kind == COMMENT:
        return block[:4] + blank_comments(content)
    if kind in (PICTURE, APPLICATION, CUESHEET):
        return bytes((block[0] & LAST | PADDING,)) + block[1:4] + bytes(len(content))
    return block
