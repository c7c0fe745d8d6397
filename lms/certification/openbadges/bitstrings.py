"""Bitstrings of status lists: one bit a credential, compressed."""

import gzip
import zlib
from collections.abc import Iterable

from lms.certification.openbadges.multibase import base64url, decoded

#: The least that the standard allows: in a crowd of 131,072 nobody can tell whose bit was asked for.
BITS = 131_072
MOST_BYTES = 4 * 1024 * 1024
GZIP = 31


def encoded_list(set_bits: Iterable[int]) -> str:
    """A list whose bits at these places are 1; bit 0 is the leftmost. The same bits always give the same text."""
    data = bytearray(BITS // 8)
    for place in set_bits:
        data[place // 8] |= 0x80 >> place % 8
    return base64url(gzip.compress(bytes(data), 9, mtime=0))


def decoded_list(text: str) -> bytes:
    """The bits. Raises ValueError where it is no list, shorter than allowed, or longer than anybody needs."""
    if not text.startswith("u"):
        raise ValueError("not multibase of base 64url")
    opening = zlib.decompressobj(GZIP)
    try:
        data = opening.decompress(decoded(text), MOST_BYTES)
    except zlib.error as error:
        raise ValueError("not compressed as it should be") from error
    if opening.unconsumed_tail or not opening.eof or opening.unused_data:
        raise ValueError("longer than expected, or cut off")
    if len(data) * 8 < BITS:
        raise ValueError("shorter than the standard allows")
    return data


def is_set(data: bytes, place: int) -> bool:
    """Whether a bit is 1. Raises ValueError beyond the end."""
    if not 0 <= place < len(data) * 8:
        raise ValueError("beyond the end of the list")
    return bool(data[place // 8] & 0x80 >> place % 8)
