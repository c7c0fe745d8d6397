"""Private keys, sealed by the installation's secret: no copy of the database alone can sign in its name."""

from lms.certification.openbadges.models import IssuerKey
from lms.certification.openbadges.multibase import base64url, decoded
from lms.security.seals import Seal

SEAL = Seal("issuer key")


def seal_seed(key: IssuerKey, seed: bytes) -> None:
    """Keep a private key with its row. The row has its uid."""
    key.sealed_key = SEAL.close(base64url(seed), key.uid.bytes)


def seed_of(key: IssuerKey) -> bytes | None:
    """The private key; None where it was sealed with a secret that this installation does not have."""
    text = SEAL.open(key.sealed_key, key.uid.bytes)
    return None if text is None else decoded(text)
