"""Whose key it is: names of issuers (did:key, did:web), and the documents that list their keys."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lms.certification.openbadges.checking.shapes import many
from lms.certification.openbadges.multibase import ED25519, P256, base64url, decoded, multikey, unpadded
from lms.certification.openbadges.refusals import Refused, Undecided
from lms.i18n import gettext as _
from lms.text import isolate_ltr

Documents = Mapping[str, dict[str, Any]]
_HOST = re.compile(r"[a-z0-9.-]+(:\d{1,5})?", re.ASCII)
_PART = re.compile(r"[\w.~-]+", re.ASCII)
LONGEST = 300


class Wanted(Undecided):
    """Something that has to be at hand first: the document at `address`."""

    def __init__(self, message: str, address: str) -> None:
        super().__init__(message)
        self.address = address


@dataclass(frozen=True)
class PublicKey:
    """A key as JWK."""

    jwk: dict[str, Any]

    @property
    def multikey(self) -> str:
        """The same as multikey. Raises Undecided for a key that is not Ed25519, Refused for one that is misspelled."""
        if self.jwk.get("crv") != "Ed25519":
            raise Undecided(_("Its key is of a kind that this program cannot check."))
        try:
            return multikey(unpadded(str(self.jwk.get("x"))))
        except ValueError as error:
            raise Refused(_("The key of its issuer is not written as it should be.")) from error


def key_named(method: str, issuer: str, documents: Documents) -> PublicKey:
    """The key of that name. Raises Refused where it is not the issuer's, Wanted where its document is not at hand."""
    did, _hash, _name = method.partition("#")
    if did != issuer:
        raise Refused(_("It is signed with a key that is not its issuer's."))
    if did.startswith("did:key:") and len(did) <= LONGEST:
        return key_of_multikey(did.removeprefix("did:key:"))
    for entry in methods_of(document_of(did, documents)):
        if _full(str(entry.get("id")), did) == method:
            return _key_of(entry)
    raise Refused(_("Its issuer does not list the key that it is signed with."))


def document_of(did: str, documents: Documents) -> dict[str, Any]:
    """The document of an issuer. Raises Undecided where there is none at hand."""
    if did in documents:
        return documents[did]
    if not did.startswith("did:web:"):
        raise Undecided(
            _(
                "Its issuer is named %(issuer)s; whose key that is cannot be told from the credential.",
                issuer=isolate_ltr(did[:200]),
            )
        )
    raise Wanted(
        _(
            "The keys of its issuer stand at %(address)s, and that page is not at hand.",
            address=isolate_ltr(address_of(did)),
        ),
        address_of(did),
    )


def address_of(did: str) -> str:
    """Where the document of a did:web is published. Raises Refused for a name that leads nowhere."""
    host, *parts = (unquote(part) for part in did.removeprefix("did:web:").split(":"))
    if len(did) > LONGEST or not _HOST.fullmatch(host) or not all(_PART.fullmatch(part) for part in parts):
        raise Refused(_("The name of its issuer is not written as it should be."))
    return f"https://{host}/{'/'.join(parts) if parts else '.well-known'}/did.json"


def methods_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The keys that an issuer makes statements with."""
    did, named = str(document.get("id")), many(document.get("assertionMethod"))
    allowed = {_full(each, did) for each in named if isinstance(each, str)}
    listed = [each for each in many(document.get("verificationMethod")) if isinstance(each, dict)]
    return [each for each in listed if _full(str(each.get("id")), did) in allowed] + [
        each for each in named if isinstance(each, dict)
    ]


def _full(name: str, did: str) -> str:
    return did + name if name.startswith("#") else name


def _key_of(entry: dict[str, Any]) -> PublicKey:
    if isinstance(entry.get("publicKeyJwk"), dict):
        return PublicKey(entry["publicKeyJwk"])
    return key_of_multikey(str(entry.get("publicKeyMultibase") or ""))


def key_of_multikey(text: str) -> PublicKey:
    """A key that is spelled as multikey. Raises Refused, or Undecided for a kind that is not known here."""
    try:
        data = decoded(text)
        if data.startswith(ED25519) and len(data) == len(ED25519) + 32:
            return PublicKey({"kty": "OKP", "crv": "Ed25519", "x": base64url(data[len(ED25519) :])[1:]})
        if data.startswith(P256):
            return PublicKey(_point(data.removeprefix(P256)))
    except ValueError as error:
        raise Refused(_("The key of its issuer is not written as it should be.")) from error
    raise Undecided(_("Its key is of a kind that this program cannot check."))


def _point(data: bytes) -> dict[str, Any]:
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

    numbers = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), data).public_numbers()
    x, y = (base64url(each.to_bytes(32, "big"))[1:] for each in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}
