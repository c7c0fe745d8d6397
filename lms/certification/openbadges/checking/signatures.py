"""Whether a document is signed by the issuer that it names."""

from datetime import UTC, datetime
from typing import Any

from lms.certification.openbadges.checking.dids import Documents, PublicKey, document_of, key_named, methods_of
from lms.certification.openbadges.checking.reading import Handed
from lms.certification.openbadges.checking.shapes import id_of, moment_of
from lms.certification.openbadges.jwts import ALGORITHMS, check_jwt
from lms.certification.openbadges.proofs import check_proof, method_of, the_proof
from lms.certification.openbadges.refusals import Refused
from lms.i18n import gettext as _
from lms.text import isolate_ltr

HEADER = frozenset({"alg", "kid", "jwk", "typ", "cty"})


def check_signature(handed: Handed, documents: Documents, now: datetime) -> PublicKey:
    """The key that signed it. Raises Refused, or Undecided where that key is not at hand."""
    if handed.token is None:
        return _check_proof(handed.document, documents, now)
    return _check_token(handed, documents)


def _check_proof(document: dict[str, Any], documents: Documents, now: datetime) -> PublicKey:
    proof = the_proof(document)
    key = key_named(method_of(proof), id_of(document["issuer"]), documents)
    check_proof(document, proof, key.multikey)
    if "expires" in proof and moment_of(proof["expires"]) <= now:
        raise Refused(_("Its signature has expired."))
    return key


def _check_token(handed: Handed, documents: Documents) -> PublicKey:
    header, document, token = handed.header or {}, handed.document, handed.token or ""
    algorithm, issuer = str(header.get("alg")), id_of(document["issuer"])
    if algorithm not in ALGORITHMS:
        raise Refused(
            _("It is signed by a method that is not accepted: %(method)s.", method=isolate_ltr(algorithm[:40]))
        )
    if not header.keys() <= HEADER:
        raise Refused(_("Its token cannot be read."))
    key = _key_of_token(header, issuer, documents)
    check_jwt(token, algorithm, key.jwk)
    _check_claims(document, issuer)
    return key


def _key_of_token(header: dict[str, Any], issuer: str, documents: Documents) -> PublicKey:
    named = header.get("kid")
    if isinstance(named, str):
        return key_named(issuer + named if named.startswith("#") else named, issuer, documents)
    return _key_inside(header.get("jwk"), issuer, documents)


def _key_inside(jwk: Any, issuer: str, documents: Documents) -> PublicKey:
    """A key that the token itself brings counts where its issuer lists it."""
    if not isinstance(jwk, dict):
        raise Refused(_("It does not say which key it is signed with."))
    if issuer.startswith("did:key:"):
        return key_named(issuer, issuer, documents)
    for entry in methods_of(document_of(issuer, documents)):
        listed = entry.get("publicKeyJwk")
        if isinstance(listed, dict) and all(listed.get(name) == jwk.get(name) for name in ("kty", "crv", "x", "n")):
            return PublicKey(listed)
    raise Refused(_("Its issuer does not list the key that it is signed with."))


def _check_claims(document: dict[str, Any], issuer: str) -> None:
    """Raises Refused where a token says one thing and its document another."""
    claims = {"iss": issuer, "jti": document.get("id"), "nbf": _seconds(document, "validFrom")}
    claims["sub"] = document["credentialSubject"].get("id")
    claims["exp"] = _seconds(document, "validUntil")
    if any(name in document and document[name] != value for name, value in claims.items()):
        raise Refused(_("Its token says one thing and the credential in it another."))


def _seconds(document: dict[str, Any], name: str) -> int | None:
    return int(moment_of(document[name]).astimezone(UTC).timestamp()) if name in document else None
