"""Private keys, sealed by the installation's secret: no copy of the database alone can sign in its name."""

from collections.abc import Iterator

from lms.certification.openbadges.models import IssuerKey
from lms.certification.openbadges.multibase import base64url, decoded
from lms.security.sealing import seal, unseal
from lms.settings import SECRET_FILE
from lms.setup import current_settings

PURPOSE = "issuer key"


def seal_seed(key: IssuerKey, seed: bytes) -> None:
    """Keep a private key with its row. The row has its uid."""
    secret = current_settings().secret_key
    key.sealed_key = seal(base64url(seed), secret=secret, purpose=PURPOSE, about=key.uid.bytes)


def seed_of(key: IssuerKey) -> bytes | None:
    """The private key; None where it was sealed with a secret that this installation does not have."""
    for secret in _secrets():
        text = unseal(key.sealed_key, secret=secret, purpose=PURPOSE, about=key.uid.bytes)
        if text is not None:
            return decoded(text)
    return None


def is_sealed_here(key: IssuerKey) -> bool:
    """Whether the secret of the settings opens it."""
    secret = current_settings().secret_key
    return unseal(key.sealed_key, secret=secret, purpose=PURPOSE, about=key.uid.bytes) is not None


def _secrets() -> Iterator[str]:
    """The secret of the settings; then the one in the data folder, which a restored backup puts there."""
    settings = current_settings()
    yield settings.secret_key
    path = settings.data / SECRET_FILE
    if path.exists():
        yield path.read_text("utf-8").strip()
