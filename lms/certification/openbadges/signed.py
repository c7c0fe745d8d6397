"""Certificates as signed files, and the signed lists that tell which of them no longer count."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from lms.certification.models import Credential, IssuerKey
from lms.certification.openbadges.baking import baked_png, baked_svg
from lms.certification.openbadges.bitstrings import encoded_list
from lms.certification.openbadges.documents import content_of
from lms.certification.openbadges.emblems import emblem_of, emblem_png_of
from lms.certification.openbadges.jwts import as_jwt
from lms.certification.openbadges.keys import SigningKey
from lms.certification.openbadges.proofs import with_proof, written
from lms.certification.openbadges.purposes import Purpose
from lms.certification.openbadges.queries import key_in_use, method_in_use, places_told, signing_key
from lms.certification.openbadges.shipped import CREDENTIALS
from lms.certification.openbadges.strict_json import compact_json
from lms.certification.sheets import NAMELESS, Status
from lms.setup import current_settings

#: How long a list may be used before it has to be asked for again, and until when it may be believed at all.
ASK_AGAIN, BELIEVED = timedelta(minutes=15), timedelta(days=31)
TOKEN = "jwt"  # noqa: S105 (a form of a file)


class CannotSign(Exception):
    """There is no key here that this certificate could be signed with."""


def can_be_had(credential: Credential, status: Status) -> bool:
    """Whether it is signed for whoever asks: not once it was taken back, by its issuer or its holder, nor while its
    issuer has suspended it."""
    stopped = NAMELESS | {Status.REVOKED, Status.SUSPENDED}
    return status not in stopped and credential.status_index is not None


def json_of(credential: Credential) -> str:
    """Signed inside (Data Integrity). Raises CannotSign. The same certificate and key always give the same text."""
    row, key = _key()
    content = _content(credential, row, key)
    made = max(written(row.created_at), content["validFrom"])
    return compact_json(with_proof(content, key, datetime.fromisoformat(made)))


def jwt_of(credential: Credential) -> str:
    """Signed around (VC-JWT). Raises CannotSign. Its list of revocations is signed in the same way."""
    row, key = _key()
    return as_jwt(_content(credential, row, key, TOKEN), key)


def svg_of(credential: Credential) -> str:
    """The badge as SVG, with the signed credential in it. Raises CannotSign."""
    return baked_svg(emblem_of(credential), json_of(credential))


def png_of(credential: Credential) -> bytes:
    """The badge as PNG, with the signed credential in it. Raises CannotSign."""
    return baked_png(emblem_png_of(credential), json_of(credential))


def _key() -> tuple[IssuerKey, SigningKey]:
    row = key_in_use()
    key = signing_key(row, method_in_use()) if row is not None else None
    if row is None or key is None:
        raise CannotSign
    return row, key


def _content(credential: Credential, row: IssuerKey, key: SigningKey, form: str = "") -> dict[str, Any]:
    lists = list_address(row, method_in_use(), form)
    return content_of(credential, issuer=key.issuer, list_address=lists, base_url=current_settings().base_url)


def list_address(row: IssuerKey, method: str, form: str = "") -> str:
    """Where the lists of a key are, up to their number: each is signed by who signed the credentials that name it."""
    path = f"/api/v1/status-lists/{method}/{row.public_id}/{{purpose}}"
    return f"{current_settings().base_url}{path}{{number}}{'/' + form if form else ''}"


def status_list(row: IssuerKey, method: str, purpose: Purpose, number: int, form: str, now: datetime) -> str:
    """A list of revocations or suspensions, signed. Raises CannotSign where the key cannot be opened here."""
    key = signing_key(row, method)
    if key is None:
        raise CannotSign
    address = list_address(row, method, form).format(purpose=purpose.path, number=number)
    # Signed anew every few minutes at most, and at once when something was revoked or suspended.
    minutes = now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)
    return _signed_list(key, address, form, purpose, places_told(purpose, number), minutes)


@lru_cache(maxsize=32)
def _signed_list(key: SigningKey, address: str, form: str, purpose: Purpose, told: frozenset[int], at: datetime) -> str:
    document = {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": {"id": key.issuer},
        "validFrom": written(at),
        "validUntil": written(at + BELIEVED),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose.value,
            "encodedList": encoded_list(told),
            "ttl": int(ASK_AGAIN.total_seconds() * 1000),
        },
    }
    return as_jwt(document, key) if form == TOKEN else compact_json(with_proof(document, key, at))


def did_document(did: str, keys: list[IssuerKey]) -> dict[str, Any]:
    """The keys of this installation under its address: the retired ones are listed, too, and verify."""
    methods = [
        {
            "id": f"{did}#{key.public_key}",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": key.public_key,
        }
        for key in keys
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [each["id"] for each in methods],
    }
