"""Signed addresses by which whoever has a mail ends mails of its kind, without signing in."""

from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer

from lms.security.seals import secrets_here
from lms.setup import current_settings

SALT = "unsubscribe"


@dataclass(frozen=True)
class Unsubscription:
    """Whose (by her public id) mails of which kind."""

    person: str
    kind: str


def unsubscribe_token(person: str, kind: str) -> str:
    """What the address holds. It does not expire: an old mail must be able to end new ones."""
    return _signer(current_settings().secret_key).dumps([person, kind])


def read_token(token: str) -> Unsubscription | None:
    """What a token stands for; None for one that we did not sign."""
    try:
        # The secret of a restored backup signed the mails that were sent before.
        person, kind = _signer(*secrets_here()).loads(token)
    except BadSignature:
        return None
    return Unsubscription(person, kind)


def _signer(*secrets: str) -> URLSafeSerializer:
    return URLSafeSerializer(secrets, salt=SALT)
