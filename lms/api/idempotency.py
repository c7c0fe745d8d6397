"""What is sent twice under one key is taken once (draft-ietf-httpapi-idempotency-key-header).

A key is claimed in a write unit of its own, and belongs to what was made under it in the unit that makes it: a process
that is killed between the two leaves a claim, which another may take over a minute later.
"""

import re
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from lms.api.models import IdempotencyKey
from lms.clock import now
from lms.db import db, write_unit
from lms.jobs import insert_of, periodic

TAKING = timedelta(minutes=1)
"""So long a claim stands that nothing was made under."""
KEPT = timedelta(days=7)
_WRITTEN = re.compile(r'"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\[\\"]){1,255})"|([\x21\x23-\x5b\x5d-\x7e]{1,255})')


class AnotherRequest(Exception):
    """Something else was sent under this key before."""


class StillTaken(Exception):
    """What was sent under this key is being taken at this moment."""


def read_key(header: str) -> str | None:
    """The key in a header: a quoted string, as the draft has it, or the bare one that many programs send."""
    found = _WRITTEN.fullmatch(header.strip())
    if found is None:
        return None
    return re.sub(r"\\(.)", r"\1", found[1]) if found[1] else found[2]


def claim(network_id: int, key: str, fingerprint: str, at: datetime) -> int | None:
    """Claim a key for a request that came at this moment; gives the id of the import that was made under it, if any.

    Raises AnotherRequest, StillTaken.
    """
    told = {"network_id": network_id, "key": key, "fingerprint": fingerprint, "claimed_at": at}
    db.session.execute(insert_of(IdempotencyKey).values(told).on_conflict_do_nothing())
    row = _row(network_id, key)
    if row.fingerprint != fingerprint:
        raise AnotherRequest
    if row.import_id is None and row.claimed_at != at:
        if row.claimed_at > at - TAKING:
            raise StillTaken
        row.claimed_at = at
    return row.import_id


def settle(network_id: int, key: str, at: datetime, import_id: int) -> None:
    """Say what was made under a key that was claimed at a moment. Raises StillTaken where another has taken it over."""
    row = _row(network_id, key)
    if row.claimed_at != at or row.import_id is not None:
        raise StillTaken
    row.import_id = import_id


def _row(network_id: int, key: str) -> IdempotencyKey:
    query = select(IdempotencyKey).where(IdempotencyKey.network_id == network_id, IdempotencyKey.key == key)
    return db.session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()


def let_old_keys_go(at: datetime) -> None:
    """Forget the keys that are a week old."""
    db.session.execute(delete(IdempotencyKey).where(IdempotencyKey.claimed_at < at - KEPT))


@periodic("let_keys_go", every=timedelta(days=1))
def let_keys_go(_arguments: dict[str, Any]) -> None:
    """Once a day."""
    with write_unit():
        let_old_keys_go(now())
