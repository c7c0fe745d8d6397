"""Who makes a request, as every page needs to know: read in one statement, past the ORM."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from lms.accounts.models import Person, UserSession
from lms.accounts.sessions import token_hash
from lms.db import Instant, read
from lms.formats import Formatter
from lms.formats.countries import zone_of


@dataclass(frozen=True)
class Visitor:
    """A signed-in browser and what each page shows of its person; her row is loaded only where more is needed."""

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

    def formatter(self, language: str, time_zone: str) -> Formatter:
        """How she has numbers and dates written, in `language`; `time_zone` where hers is not known."""
        zone = self.time_zone or zone_of(self.country) or time_zone
        return Formatter(language, self.country, self.digits, self.calendar, self.hijri, zone)


_LIVE = (
    select(
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
    )
    .join(Person, Person.id == UserSession.person_id)
    .where(UserSession.token_hash == bindparam("token_hash"))
    .where(UserSession.revoked_at.is_(None), UserSession.expires_at > bindparam("now", type_=Instant()))
)


def find_visitor(token: str, now: datetime) -> Visitor | None:
    """Whose live session a cookie's token opens."""
    if not token:
        return None
    row: Any = read(_LIVE, token_hash=token_hash(token), now=now).one_or_none()
    return None if row is None else Visitor(*row)
