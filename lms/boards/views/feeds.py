"""The calendar that a phone subscribes to: whoever has the address may read it."""

from flask import Response, abort, current_app, request

from lms.accounts.sessions import token_hash
from lms.boards.feeds import feed_of, may_still, reader_of
from lms.boards.queries.calendar_links import link_by_token
from lms.boards.views.blueprint import feed
from lms.clock import now
from lms.documents.icalendar import MIMETYPE
from lms.i18n import reading_as
from lms.pace import Pace, key_of_place
from lms.security import public
from lms.setup import settings_of

ENDING = ".ics"
#: Calendars ask a few times a day; one link may be in several devices, and many may sit behind one address.
EACH, FROM_ONE_PLACE = Pace("calendar", 10), Pace("calendar-place", 120)


@feed.get("/calendar/<file>")
@public
def calendar(file: str) -> Response:
    """The coming dates of an organization or network; unknown, ended and not permitted any more are the same."""
    token = file.removesuffix(ENDING)
    FROM_ONE_PLACE.keep(key_of_place())
    EACH.keep(token_hash(token))
    link = link_by_token(token) if file.endswith(ENDING) else None
    if link is None or not may_still(link):
        abort(404)
    with reading_as(reader_of(link.person)):
        body = feed_of(link, now().date(), settings_of(current_app).base_url)
    response = Response(body, content_type=f"{MIMETYPE}; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["Content-Disposition"] = 'inline; filename="tashbik.ics"'
    response.add_etag()
    response.make_conditional(request)
    return response
