"""What somebody handed in: JSON, a token, or an image with either in it."""

import re
from dataclasses import dataclass
from typing import Any

from lms.certification.openbadges.baking import SIGNATURE, from_png, from_svg
from lms.certification.openbadges.multibase import unpadded
from lms.certification.openbadges.refusals import Refused
from lms.certification.openbadges.strict_json import MOST_TEXT, read_object
from lms.i18n import gettext as _

MOST_BYTES = 2 * 1024 * 1024
_TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)


@dataclass(frozen=True)
class Handed:
    """A document, and the token that it came in, if it did."""

    document: dict[str, Any]
    token: str | None = None
    #: The head of the token.
    header: dict[str, Any] | None = None


def read_credential(data: bytes, longest: int = MOST_TEXT) -> Handed:
    """What is in a file. Raises Refused where it is nothing that can be a credential."""
    if len(data) > MOST_BYTES:
        raise Refused(_("The file is larger than any credential needs to be."))
    text = _text_of(data).strip()
    if text.startswith("{"):
        return Handed(read_object(text, longest))
    if not _TOKEN.fullmatch(text):
        raise Refused(_("This is no credential: neither JSON, nor a token, nor an image with one of them in it."))
    if len(text) > 2 * longest:
        raise Refused(_("It is larger than any credential needs to be."))
    head, payload, signature = text.split(".")
    _bytes_of(signature)
    return Handed(_payload(_part(payload, longest)), text, _part(head, longest))


def _text_of(data: bytes) -> str:
    if data.startswith(SIGNATURE):
        return from_png(data)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return from_svg(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            _("This is no credential: neither JSON, nor a token, nor an image with one of them in it.")
        ) from error


def _part(text: str, longest: int) -> dict[str, Any]:
    try:
        return read_object(_bytes_of(text).decode(), longest)
    except ValueError as error:
        raise Refused(_("Its token cannot be read.")) from error


def _bytes_of(text: str) -> bytes:
    try:
        return unpadded(text)
    except ValueError as error:
        raise Refused(_("Its token cannot be read.")) from error


def _payload(claims: dict[str, Any]) -> dict[str, Any]:
    """The document in a token. Raises Refused for the older form, whose document lies in a claim of its own."""
    if "vc" in claims:
        raise Refused(_("It is written for an older standard (Verifiable Credentials 1.1), which is not read here."))
    return claims
