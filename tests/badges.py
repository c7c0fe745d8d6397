"""Makers of credentials for tests: certificates of ours, and those of an issuer elsewhere."""

import json
from datetime import UTC, datetime
from typing import Any

from lms.certification.models import Credential
from lms.certification.openbadges.keys import SigningKey, did_key, public_half
from lms.certification.openbadges.proofs import with_proof, written
from lms.certification.openbadges.shipped import CREDENTIALS, OPEN_BADGES
from lms.certification.openbadges.signed import json_of, jwt_of
from tests.page import PageClient

SEED = bytes(range(32))
MADE = datetime(2026, 1, 1, tzinfo=UTC)


def elsewhere(seed: bytes = SEED) -> SigningKey:
    """The key of another issuer."""
    return SigningKey(seed, did_key(public_half(seed)))


def foreign(key: SigningKey | None = None, **values: Any) -> dict[str, Any]:
    """An unsigned credential of another issuer; a value of None leaves a member out."""
    document = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": "urn:uuid:0b1b2b3b-0000-4000-8000-000000000001",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Teamwork",
        "issuer": {"id": (key or elsewhere()).issuer, "type": ["Profile"], "name": "Another school"},
        "validFrom": written(MADE),
        "credentialSubject": {
            "id": "urn:uuid:0b1b2b3b-0000-4000-8000-000000000002",
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": "Leila", "identityType": "name"}
            ],
            "achievement": {
                "id": "urn:uuid:0b1b2b3b-0000-4000-8000-000000000003",
                "type": ["Achievement"],
                "name": "Teamwork",
                "description": "Worked in a team.",
                "criteria": {"narrative": "Two projects."},
            },
        },
        **values,
    }
    return {name: value for name, value in document.items() if value is not None}


def signed_elsewhere(**values: Any) -> dict[str, Any]:
    """The same, signed inside."""
    return with_proof(foreign(**values), elsewhere(), MADE)


def document_of(credential: Credential) -> dict[str, Any]:
    """A certificate of ours, signed inside."""
    document: dict[str, Any] = json.loads(json_of(credential))
    return document


def statuses_of(document: dict[str, Any]) -> list[dict[str, str]]:
    """Where a credential says that its status is told: of revocation first."""
    found = document["credentialStatus"]
    return found if isinstance(found, list) else [found]


def list_of(client: PageClient, credential: Credential) -> dict[str, str]:
    """The published lists that a certificate names, as text, by their addresses: signed inside, and around."""
    found = {}
    for status in (*statuses_of(document_of(credential)), *statuses_of(claims_of(jwt_of(credential)))):
        address = status["statusListCredential"]
        found[address] = client.http.get(address.removeprefix("http://localhost")).get_data(as_text=True)
    return found


def claims_of(token: str) -> dict[str, Any]:
    """What is in a token."""
    from lms.certification.openbadges.multibase import unpadded

    claims: dict[str, Any] = json.loads(unpadded(token.split(".")[1]))
    return claims
