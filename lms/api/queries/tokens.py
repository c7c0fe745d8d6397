"""Tokens of the API."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from lms.accounts.models import Person
from lms.accounts.sessions import token_hash
from lms.api.models import ApiToken
from lms.db import db
from lms.organizations.models import Network


def tokens_of(network_id: int) -> Sequence[ApiToken]:
    """A network's tokens with their makers, the newest first."""
    query = select(ApiToken).where(ApiToken.network_id == network_id).options(joinedload(ApiToken.person))
    return db.session.scalars(query.order_by(ApiToken.id.desc())).all()


def count_live(network_id: int, day: date) -> int:
    """How many of a network's tokens are neither revoked nor past their day."""
    query = select(func.count()).where(
        ApiToken.network_id == network_id, ApiToken.revoked_at.is_(None), ApiToken.expires_on >= day
    )
    return db.session.scalar(query) or 0


def token_by_secret(secret: str) -> ApiToken | None:
    """The token that a secret is of, with its network; none of somebody who is gone. Found by hash: no comparison of
    ours depends on how much of a guess is right.
    """
    query = (
        select(ApiToken)
        .join(ApiToken.person)
        .where(ApiToken.token_hash == token_hash(secret), ApiToken.revoked_at.is_(None), Person.erased_at.is_(None))
        .options(joinedload(ApiToken.network))
    )
    return db.session.scalars(query).one_or_none()


def token_in(network_id: str, token_id: str) -> ApiToken | None:
    """The token of an address of its network."""
    query = select(ApiToken).join(ApiToken.network).where(ApiToken.public_id == token_id)
    return db.session.scalars(query.where(Network.public_id == network_id)).one_or_none()
