"""What a calendar that somebody subscribed to holds: coming dates, in her language and calendar, without any person."""

import uuid
from datetime import date, timedelta

from lms.accounts.models import Person
from lms.addresses import url_for
from lms.boards.models import CalendarLink
from lms.boards.standings import networks_for
from lms.boards.wording import date_in_words
from lms.certification.queries.dates import ComingDate, coming_date, dates_between, of_network, of_organization
from lms.db import db, text_of
from lms.documents.icalendar import DayEvent, calendar
from lms.formats import Formatter
from lms.i18n import gettext as _
from lms.i18n import language, reader
from lms.organizations.queries import actor_of
from lms.security.permissions import Permission
from lms.security.policy import allows
from lms.text import isolate

PAST, AHEAD = timedelta(days=31), timedelta(days=3 * 366)
MOST_EVENTS = 5_000


def reader_of(person: Person) -> Formatter:
    """How the owner of a link has dates written."""
    return Formatter(
        person.language,
        country=person.country,
        digits=person.digits,
        calendar=person.calendar,
        hijri=person.hijri,
        time_zone=person.zone_or("UTC"),
    )


def may_still(link: CalendarLink) -> bool:
    """Whether its owner may see today what it shows."""
    actor = actor_of(link.person_id)
    if link.organization is not None:
        return allows(actor, Permission.SEE_ORGANIZATION, link.organization.scope())
    assert link.network is not None
    return allows(actor, Permission.SEE_NETWORK, link.network.scope())


def feed_of(link: CalendarLink, day: date, base_url: str) -> bytes:
    """The file, for the present reader."""
    if link.organization is not None:
        networks = networks_for(link.organization, actor_of(link.person_id))
        whose = of_organization(link.organization.id, frozenset(each.id for each in networks))
        names = link.organization.names
    else:
        assert link.network is not None
        whose, names = of_network(link.network.id, day), link.network.names
    rows = db.session.execute(dates_between(whose, day - PAST, day + AHEAD).limit(MOST_EVENTS))
    title = _("Certificates: %(name)s", name=isolate(text_of(names, language())))
    return calendar(title, language(), (_event(coming_date(row), base_url) for row in rows))


def _event(coming: ComingDate, base_url: str) -> DayEvent:
    description = "\n".join((reader().date(coming.day), text_of(coming.network, language())))
    page = url_for("boards.organization", lang=language(), public_id=coming.organization_id)
    return DayEvent(
        # The same date of the same certificate is the same event, also when it moves.
        uid=str(uuid.uuid5(coming.cycle_uid, coming.kind)),
        day=coming.day,
        stamp=coming.changed_at,
        summary=date_in_words(coming),
        description=description,
        url=base_url.rstrip("/") + page,
    )
