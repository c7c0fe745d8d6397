"""Credentials baked into images, as Open Badges 3.0 has it: a chunk of a PNG, an element of an SVG."""

import zlib
from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from lms.certification.openbadges.refusals import Refused
from lms.i18n import gettext as _

SIGNATURE, KEYWORD = b"\x89PNG\r\n\x1a\n", b"openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
MOST_CHUNKS = 20_000
#: Keyword, then: not compressed, no method, no language, no translated keyword.
_HEAD = KEYWORD + b"\0\0\0\0\0"


def baked_png(image: bytes, credential: str) -> bytes:
    """The PNG with a credential (JSON or token) in it, right after its head. Raises ValueError for what is no PNG."""
    if not image.startswith(SIGNATURE):
        raise ValueError("not a PNG")
    head = len(SIGNATURE) + 25  # the length of IHDR, which comes first
    return image[:head] + _chunk(b"iTXt", _HEAD + credential.encode()) + image[head:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def from_png(image: bytes) -> str:
    """The credential in a PNG. Raises Refused where there is none, more than one, or it cannot be read."""
    found = [data for kind, data in _chunks(image) if kind == b"iTXt" and data.startswith(KEYWORD + b"\0")]
    if not found:
        raise Refused(_("There is no credential in this image."))
    if len(found) > 1:
        raise Refused(_("There is more than one credential in this image."))
    if not found[0].startswith(KEYWORD + b"\0\0"):
        raise Refused(_("The credential in this image is compressed, which Open Badges forbids."))
    # One byte names the method; then language and translated keyword, each ended by a nought.
    parts = found[0].removeprefix(KEYWORD + b"\0\0")[1:].split(b"\0", 2)
    return _text(parts[-1])


def _chunks(image: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a PNG. Raises Refused for one that is cut off or damaged."""
    place, count = len(SIGNATURE), 0
    while place < len(image):
        size, kind = int.from_bytes(image[place : place + 4], "big"), image[place + 4 : place + 8]
        end = place + 12 + size
        body, check = image[place + 8 : end - 4], image[end - 4 : end]
        count += 1
        if end > len(image) or count > MOST_CHUNKS or zlib.crc32(kind + body).to_bytes(4, "big") != check:
            raise Refused(_("The image is damaged."))
        yield kind, body
        place = end


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Refused(_("The image is damaged.")) from error


def baked_svg(image: str, credential: str) -> str:
    """The SVG with a credential right after its first tag. Raises ValueError for what is no SVG of ours."""
    if not image.startswith("<svg "):
        raise ValueError("not an SVG that begins with its element")
    if credential.startswith("{"):
        inside = credential.replace("]]>", "]]]]><![CDATA[>")
        element = f"<openbadges:credential><![CDATA[{inside}]]></openbadges:credential>"
    else:
        element = f"<openbadges:credential verify={quoteattr(credential)}></openbadges:credential>"
    first, end, rest = image.partition(">")
    return f'{first} xmlns:openbadges="{NAMESPACE}"{end}{element}{rest}'


def from_svg(image: bytes) -> str:
    """The credential in an SVG. Raises Refused where there is none, more than one, or the file is made to do harm."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(image, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Refused(_("This is not an SVG image that can be read safely.")) from error
    found = list(root.iter(f"{{{NAMESPACE}}}credential"))
    if not found:
        raise Refused(_("There is no credential in this image."))
    if len(found) > 1:
        raise Refused(_("There is more than one credential in this image."))
    return str(found[0].get("verify") or found[0].text or "")
