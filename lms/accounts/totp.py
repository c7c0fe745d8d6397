"""Codes of an authenticator app (TOTP, RFC 6238): six digits that change every thirty seconds."""

import hmac
from datetime import datetime

import pyotp

from lms.accounts.models import Person
from lms.security.seals import Seal

STEP = 30
# A phone's clock may be this many steps off.
DRIFT = 1
ISSUER = "Tashbik"
SEAL = Seal("second factor")


def new_secret() -> str:
    """A random key in base 32."""
    return pyotp.random_base32()


def keep_secret(person: Person, secret: str) -> None:
    """Store a key with its person, sealed."""
    person.totp_secret = SEAL.close(secret, person.uid.bytes)


def secret_of(person: Person) -> str | None:
    """A person's key; None where she has none, or it was sealed with a secret that this installation does not have."""
    return SEAL.open(person.totp_secret, person.uid.bytes) if person.totp_secret else None


def renew_seal(person: Person) -> None:
    """Seal her key with the secret of the settings, where she has one and it was sealed with another."""
    if person.totp_secret:
        person.totp_secret = SEAL.renewed(person.totp_secret, person.uid.bytes)


def written_secret(secret: str) -> str:
    """The key in groups of four, for typing into an app."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def setup_address(secret: str, account: str) -> str:
    """The otpauth address that an app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime, *, after: int) -> int | None:
    """The time step whose code this is, if it lies about `now` and later than the step `after`: a code works once."""
    maker = pyotp.TOTP(secret)
    present = int(now.timestamp()) // STEP
    for step in range(present - DRIFT, present + DRIFT + 1):
        if step > after and hmac.compare_digest(maker.generate_otp(step), code.encode("ascii", "replace").decode()):
            return step
    return None
