"""Waits after failed tries: by name and by address, doubling, kept in the database so that a restart forgets none.

A key is an HMAC with the day in it: no name and no address is stored, and tomorrow's keys cannot be joined to today's.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from lms.accounts.models import Throttle
from lms.db import db

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=30)
# Tries fail now and then: failures that lie this far apart are not counted together.
FORGOTTEN_AFTER = timedelta(hours=1)
KEPT = timedelta(days=2)


@dataclass(frozen=True)
class Counted:
    """Something that tries are counted of, and how many fail before it has to wait."""

    kind: str
    subject: str
    free: int

    def key(self, secret: str, day: str) -> str:
        """What is stored instead of the subject on a day."""
        message = "\n".join((day, self.kind, self.subject))
        return hmac.new(secret.encode(), message.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def wait_after(failures: int, free: int) -> timedelta:
    """How long the next try has to wait after so many failures."""
    over = failures - free
    if over < 0:
        return timedelta()
    doubled: timedelta = FIRST_WAIT * 2 ** min(over, 20)
    return min(doubled, LONGEST_WAIT)


def _days(now: datetime) -> tuple[str, str]:
    return now.date().isoformat(), (now - timedelta(days=1)).date().isoformat()


def blocked_for(counted: tuple[Counted, ...], secret: str, now: datetime) -> timedelta:
    """How long a try has to wait yet; zero where it may be made. Yesterday's waits run on past midnight."""
    keys = [each.key(secret, day) for each in counted for day in _days(now)]
    until = db.session.scalars(
        select(Throttle.blocked_until).where(Throttle.key.in_(keys), Throttle.blocked_until > now)
    )
    return max((each - now for each in until if each), default=timedelta())


def note_failure(counted: tuple[Counted, ...], secret: str, now: datetime) -> None:
    """Count a failed try under every key, and forget what is older than two days."""
    db.session.execute(delete(Throttle).where(Throttle.last_at < now - KEPT))
    for each in counted:
        row = _row(each.key(secret, _days(now)[0]), now)
        row.failures = 1 if now - row.last_at > FORGOTTEN_AFTER else row.failures + 1
        row.last_at = now
        wait = wait_after(row.failures, each.free)
        row.blocked_until = now + wait if wait else None


def forget_failures(counted: Counted, secret: str, now: datetime) -> None:
    """Start anew after a success."""
    keys = [counted.key(secret, day) for day in _days(now)]
    db.session.execute(delete(Throttle).where(Throttle.key.in_(keys)))


def _row(key: str, now: datetime) -> Throttle:
    row = db.session.scalars(select(Throttle).where(Throttle.key == key).with_for_update()).one_or_none()
    if row is None:
        row = Throttle(key=key, failures=0, last_at=now)
        db.session.add(row)
        db.session.flush()
    return row
