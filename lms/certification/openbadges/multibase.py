"""Multibase and multikey: how keys and signatures are spelled in credentials."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
#: Decoding base 58 takes time by the square of its length; the longest that is wanted is an RSA key of 4096 bits.
LONGEST = 800
ED25519, P256 = b"\xed\x01", b"\x80\x24"


def base58(data: bytes) -> str:
    """Multibase of base 58, as in z6Mk…"""
    number, letters = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        letters = ALPHABET[rest] + letters
    leading = len(data) - len(data.lstrip(b"\0"))
    return "z" + ALPHABET[0] * leading + letters


def base64url(data: bytes) -> str:
    """Multibase of base 64 for addresses, without padding, as in uH4sI…"""
    return "u" + urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes of a multibase text of either kind. Raises ValueError for any other."""
    if text.startswith("z") and len(text) <= LONGEST:
        return _from_base58(text[1:])
    if text.startswith("u"):
        return unpadded(text[1:])
    raise ValueError("not multibase of base 58 or base 64url")


def unpadded(text: str) -> bytes:
    """The bytes of base 64url without padding, spelled in the one way that encodes them. Raises ValueError."""
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64url(data)[1:] != text:
        raise ValueError("not base 64url as it is written")
    return data


def _from_base58(text: str) -> bytes:
    number = 0
    for letter in text:
        number = number * 58 + ALPHABET.index(letter)
    leading = len(text) - len(text.lstrip(ALPHABET[0]))
    return b"\0" * leading + number.to_bytes((number.bit_length() + 7) // 8, "big")


def multikey(public: bytes, kind: bytes = ED25519) -> str:
    """A public key, with its kind before it."""
    return base58(kind + public)
