"""Who makes a request, as every page needs to know: read in one statement, past the ORM."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, select, true

from lms.accounts.belonging import belonging
from lms.accounts.models import Notice, Person, UserSession
from lms.accounts.sessions import token_hash
from lms.db import Instant, read
from lms.formats import Formatter
from lms.formats.countries import zone_of
from lms.security.actor import Actor


@dataclass(frozen=True)
class Visitor:
    """A signed-in browser and what each page shows of its person; her row is loaded only where more is needed."""

    #: What she may do, once she has given whatever second factor she needs.
    actor: Actor
    session_id: int
    seen_at: datetime
    second_factor_at: datetime | None
    person_id: int
    public_id: str
    display_name: str
    theme: str
    #: Whether an authenticator app is set up.
    totp_confirmed_at: datetime | None
    language: str
    country: str | None
    digits: str
    calendar: str
    hijri: bool
    time_zone: str
    #: How many notices she has not looked at.
    unread: int

    def formatter(self, language: str, time_zone: str) -> Formatter:
        """How she has numbers and dates written, in `language`; `time_zone` where hers is not known."""
        zone = self.time_zone or zone_of(self.country) or time_zone
        return _formatter(language, self.country, self.digits, self.calendar, self.hijri, zone)


# One for all who read alike: what follows from its fields is worked out once.
_formatter = lru_cache(maxsize=512)(Formatter)


_TOKEN: BindParameter[str] = bindparam("token_hash")


_UNREAD = (
    select(func.count())
    .where(Notice.person_id == Person.id, Notice.read_at.is_(None))
    .correlate(Person)
    .scalar_subquery()
    .label("unread")
)

#: What a row of facts holds.
FACTS = ("role", "organization_id", "network_id")


@cache
def _live() -> Select[Any]:
    """Her session and person once for each of her grants and memberships, or alone: all that a page must know of her.

    Built when it is first asked, as the organizations' room says what makes an actor.
    """
    whose = select(UserSession.person_id).where(UserSession.token_hash == _TOKEN).scalar_subquery()
    facts = belonging().facts_of(whose).subquery("facts")
    columns: list[Any] = [
        UserSession.id,
        UserSession.seen_at,
        UserSession.second_factor_at,
        Person.id.label("person_id"),
        Person.public_id,
        Person.display_name,
        Person.theme,
        Person.totp_confirmed_at,
        Person.language,
        Person.country,
        Person.digits,
        Person.calendar,
        Person.hijri,
        Person.time_zone,
        # A look into an index of what is unread alone: no statement of its own (decision 0018).
        _UNREAD,
        *(facts.c[name] for name in FACTS),
    ]
    return (
        select(*columns)
        .join_from(UserSession, Person, Person.id == UserSession.person_id)
        .outerjoin(facts, true())
        .where(UserSession.token_hash == _TOKEN)
        .where(UserSession.revoked_at.is_(None), UserSession.expires_at > bindparam("now", type_=Instant()))
    )


def find_visitor(token: str, now: datetime) -> Visitor | None:
    """Whose live session a cookie's token opens."""
    if not token:
        return None
    rows: Any = read(_live(), token_hash=token_hash(token), now=now, day=now.date()).all()
    if not rows:
        return None
    actor = belonging().actor_from(rows[0].person_id, [row for row in rows if row.role is not None])
    return Visitor(actor, *rows[0][: -len(FACTS)])
