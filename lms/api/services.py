"""Tokens are made, ended and seen to be used."""

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import update

from lms.accounts.sessions import token_hash
from lms.api.events import ApiTokenMade, ApiTokenRevoked
from lms.api.models import ApiToken
from lms.api.queries.tokens import count_live
from lms.api.scopes import TokenScope
from lms.db import db
from lms.errors import DomainError, NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.organizations.models import Network

LONGEST_LIFE = timedelta(days=366)
MOST_LIVE = 50
PREFIX = "tashbik_"
"""By which a scanner of leaked secrets, or who finds one in a file, knows what it is."""


def make_token(
    network: Network,
    name: str,
    scopes: Collection[TokenScope],
    *,
    expires_on: date,
    day: date,
    actor_id: int,
    now: datetime,
) -> tuple[ApiToken, str]:
    """A new token and its secret, which is kept nowhere. `day` is today where the network is.

    Raises DomainError (field `scopes` or `days`) or NotAllowed, where the network has too many.
    """
    if not scopes:
        raise DomainError(_("Choose what the token may do."), "scopes")
    if not day <= expires_on <= day + LONGEST_LIFE:
        raise DomainError(_("A token lasts a year at most."), "days")
    if count_live(network.id, day) >= MOST_LIVE:
        raise NotAllowed(_("The network has too many tokens. Revoke those that are not needed."))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        network_id=network.id,
        person_id=actor_id,
        name=name,
        token_hash=token_hash(secret),
        scopes=[scope.value for scope in TokenScope if scope in scopes],
        made_at=now,
        made_on=day,
        expires_on=expires_on,
    )
    db.session.add(token)
    db.session.flush()
    emit(ApiTokenMade(now, actor_id, network.id, token.public_id, " ".join(token.scopes)))
    return token, secret


def revoke_token(token: ApiToken, *, actor_id: int, now: datetime) -> None:
    """Let it open nothing from now on; twice is once."""
    if token.revoked_at is not None:
        return
    token.revoked_at, token.revoked_by_id = now, actor_id
    emit(ApiTokenRevoked(now, actor_id, token.network_id, token.public_id))


def note_use(token_id: int, day: date) -> None:
    """Keep the last day on which a token was used."""
    db.session.execute(update(ApiToken).where(ApiToken.id == token_id).values(last_used_on=day))
