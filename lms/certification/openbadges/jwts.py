"""Credentials as JSON Web Tokens (VC-JWT): a signature around the document."""

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from lms.certification.openbadges.keys import SigningKey
from lms.certification.openbadges.multibase import base64url, decoded
from lms.certification.openbadges.refusals import Refused
from lms.certification.openbadges.strict_json import compact_json
from lms.i18n import gettext as _
from lms.text import isolate_ltr

if TYPE_CHECKING:
    from joserfc.jws import JWSRegistry

#: Ed25519 is the newer name of EdDSA with that curve (RFC 9864); few others know it yet, so we sign under the older.
SIGNED_WITH = "EdDSA"
ALGORITHMS = ("EdDSA", "Ed25519", "ES256", "RS256")
KEY_TYPES = {"EdDSA": "OKP", "Ed25519": "OKP", "ES256": "EC", "RS256": "RSA"}
LONGEST_HEADER, LONGEST_PAYLOAD = 4096, 1_500_000
WEAKEST_RSA = 2048


def as_jwt(document: dict[str, Any], key: SigningKey) -> str:
    """A document as a signed token; its claims repeat what the document says of id, issuer, subject and dates."""
    from joserfc import jws
    from joserfc.jwk import OKPKey

    claims = {"iss": document["issuer"]["id"], "jti": document["id"], "nbf": _seconds(document["validFrom"])}
    if "validUntil" in document:
        claims["exp"] = _seconds(document["validUntil"])
    claims["sub"] = document["credentialSubject"]["id"]
    header = {"alg": SIGNED_WITH, "kid": key.method, "typ": "JWT"}
    public = base64url(decoded(key.multikey)[2:])[1:]
    private = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": public, "d": base64url(key.seed)[1:]})
    payload = compact_json({**document, **claims})
    return jws.serialize_compact(header, payload.encode(), private, registry=_registry())


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


@cache
def _registry() -> "JWSRegistry":
    from joserfc.jws import JWSRegistry

    class Quiet(JWSRegistry):
        """The algorithms that credentials are signed with; says nothing of the older name."""

        max_header_length, max_payload_length = LONGEST_HEADER, LONGEST_PAYLOAD

        def get_alg(self, name: str) -> Any:
            """One of them. Raises Refused for any other: “none” is one."""
            if name not in ALGORITHMS:
                raise Refused(
                    _("It is signed by a method that is not accepted: %(method)s.", method=isolate_ltr(name[:40]))
                )
            return self.algorithms[name]

    return Quiet(algorithms=ALGORITHMS)


def check_jwt(token: str, algorithm: str, public: dict[str, Any]) -> None:
    """Raises Refused where the public key (as JWK) did not sign this token."""
    from joserfc import errors, jwk, jws

    unfit = Refused(_("The signature does not fit: something was changed after it was signed, or it is forged."))
    if KEY_TYPES.get(algorithm) != public.get("kty"):
        raise unfit
    try:
        key = jwk.import_key({name: public[name] for name in ("kty", "crv", "x", "y", "n", "e") if name in public})
        if isinstance(key, jwk.RSAKey) and key.raw_value.key_size < WEAKEST_RSA:
            raise Refused(_("Its key is too short to be trusted."))
        jws.deserialize_compact(token, key, registry=_registry())
    except (errors.JoseError, KeyError, ValueError, TypeError) as error:
        raise unfit from error
