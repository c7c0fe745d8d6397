"""Codes of an authenticator app (TOTP, RFC 6238): six digits that change every thirty seconds."""

import hmac
from datetime import datetime

import pyotp

from lms.accounts.models import Person
from lms.security.sealing import seal, unseal
from lms.setup import current_settings

STEP = 30
# A phone's clock may be this many steps off.
DRIFT = 1
ISSUER = "Tashbik"
PURPOSE = "second factor"


def new_secret() -> str:
    """A random key in base 32."""
    return pyotp.random_base32()


def keep_secret(person: Person, secret: str) -> None:
    """Store a key with its person, sealed."""
    person.totp_secret = seal(secret, secret=current_settings().secret_key, purpose=PURPOSE, about=person.uid.bytes)


def secret_of(person: Person) -> str | None:
    """A person's key; None where she has none, or it was sealed with another secret of the installation."""
    if not person.totp_secret:
        return None
    return unseal(person.totp_secret, secret=current_settings().secret_key, purpose=PURPOSE, about=person.uid.bytes)


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
