"""Sealing what has to be read again and that no copy of the database alone may give away.

AES-256-GCM under a key that HKDF derives from the installation's secret, another one for each purpose. What it is
about (an id) is authenticated with it: a sealed text moved to another row does not open.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


def seal(text: str, *, secret: str, purpose: str, about: bytes) -> str:
    """`text`, readable only by `unseal` with the same secret, purpose and `about`."""
    nonce = os.urandom(NONCE)
    sealed = _cipher(secret, purpose).encrypt(nonce, text.encode(), about)
    return urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, secret: str, purpose: str, about: bytes) -> str | None:
    """What was sealed; None where it was changed, moved, or sealed with another secret."""
    try:
        data = urlsafe_b64decode(sealed)
        return _cipher(secret, purpose).decrypt(data[:NONCE], data[NONCE:], about).decode()
    except (ValueError, InvalidTag):
        return None


def _cipher(secret: str, purpose: str) -> AESGCM:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"tashbik {purpose}".encode())
    return AESGCM(key.derive(secret.encode()))
