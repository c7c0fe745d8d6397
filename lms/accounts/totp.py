"""Codes of an authenticator app (TOTP, RFC 6238): six digits that change every thirty seconds."""

import hmac
from datetime import datetime

import pyotp

STEP = 30
# A phone's clock may be this many steps off.
DRIFT = 1
ISSUER = "Tashbik"


def new_secret() -> str:
    """A random key in base 32."""
    return pyotp.random_base32()


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
