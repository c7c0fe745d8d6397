"""Keys are made and retired; credentials get their places in the lists of revocations."""

import os
import secrets
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from lms.certification.models import Credential, IssuerKey
from lms.certification.openbadges.bitstrings import BITS
from lms.certification.openbadges.keys import SEED, public_half
from lms.certification.openbadges.queries import issuer_keys, key_in_use
from lms.certification.openbadges.sealed import seal_seed, seed_of
from lms.checks import register_check
from lms.db import db
from lms.text import uuid7

#: A list is begun anew when it is half full: a free place is then found at the second try.
MOST_IN_A_LIST = BITS // 2


def ensure_key(now: datetime) -> IssuerKey:
    """The key in use, made where there is none."""
    return key_in_use() or _made_once(now)


def _made_once(now: datetime) -> IssuerKey:
    """Two that make the first key at the same moment get the same one."""
    try:
        with db.session.begin_nested():
            return _make(now)
    except IntegrityError:
        return db.session.scalars(select(IssuerKey).where(IssuerKey.in_use.is_(True))).one()


def _make(now: datetime) -> IssuerKey:
    seed = os.urandom(SEED)
    key = IssuerKey(uid=uuid7(), public_key=public_half(seed), created_at=now)
    seal_seed(key, seed)
    db.session.add(key)
    db.session.flush()
    return key


def rotate_key(now: datetime) -> IssuerKey:
    """Retire the key in use and make another; what was signed with the old one goes on to verify."""
    old = key_in_use()
    if old is not None:
        old.retire(now)
        db.session.flush()
    return _make(now)


def give_place(credential: Credential) -> None:
    """Draw its place in the newest list of revocations: at random, so that no neighbour tells who came when."""
    newest = db.session.scalar(select(func.max(Credential.id))) or 0
    credential.status_list = newest // MOST_IN_A_LIST + 1
    while True:
        place = secrets.randbelow(BITS)
        taken = select(Credential.id).where(
            Credential.status_list == credential.status_list, Credential.status_index == place
        )
        if db.session.scalar(taken) is None:
            credential.status_index = place
            return


@register_check("signing keys")
def keys_that_cannot_sign() -> Iterator[str]:
    """Keys whose private half is sealed with another secret."""
    for key in issuer_keys():
        if seed_of(key) is None:
            state = "in use" if key.in_use else "retired"
            yield f"{key.public_key} ({state}) cannot be opened with this SECRET_KEY"
