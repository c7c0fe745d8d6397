"""Ed25519 keys, and the names (did:key) that are keys themselves."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lms.certification.openbadges.multibase import ED25519, decoded, multikey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SEED = 32


@dataclass(frozen=True)
class SigningKey:
    """A private key, and under which name it signs."""

    seed: bytes
    #: The issuer whose key this is: did:key:… or did:web:…
    issuer: str

    @property
    def multikey(self) -> str:
        """Its public half."""
        return public_half(self.seed)

    @property
    def method(self) -> str:
        """The name of the key within its issuer's."""
        return f"{self.issuer}#{self.multikey}"

    def sign(self, data: bytes) -> bytes:
        """An Ed25519 signature."""
        return _private(self.seed).sign(data)


def _private(seed: bytes) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed)


def public_half(seed: bytes) -> str:
    """The public key of a private one, as multikey."""
    return multikey(_private(seed).public_key().public_bytes_raw())


def did_key(public: str) -> str:
    """The name that a key is by itself: it verifies with no server."""
    return f"did:key:{public}"


def is_signed(data: bytes, signature: bytes, public: str) -> bool:
    """Whether an Ed25519 key (as multikey) made this signature."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        raw = decoded(public)
        if not raw.startswith(ED25519):
            return False
        Ed25519PublicKey.from_public_bytes(raw.removeprefix(ED25519)).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
