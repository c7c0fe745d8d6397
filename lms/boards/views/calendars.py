"""Calendars of coming dates, as pages; and the secret links by which a phone subscribes to them."""

from datetime import date

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.boards.months import Month, by_month, coming_months, coming_span
from lms.boards.queries.calendar_links import link_for
from lms.boards.queries.certification import waiting_count
from lms.boards.services import end_link, make_link
from lms.boards.standings import networks_for
from lms.boards.views.blueprint import blueprint
from lms.boards.wording import DATE_WORDS
from lms.certification.queries import local_day
from lms.certification.queries.dates import coming_date, counts_by_day, dates_between, of_network, of_organization
from lms.clock import now, today
from lms.db import write_unit
from lms.i18n import gettext as _
from lms.organizations.models import Network, Organization
from lms.organizations.queries import network_by_public_id, organization_by_public_id
from lms.paging import Page, asked_page, page_of
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.setup import settings_of

#: No certificate of today ends later.
FAR = date(2200, 1, 1)
Subject = Organization | Network


@blueprint.get("/organizations/<public_id>/calendar")
@require(Permission.SEE_ORGANIZATION, target=organization_by_public_id)
def organization_calendar(organization: Organization) -> str:
    """What comes of an organization's own certificates."""
    networks = frozenset(each.id for each in networks_for(organization, the_actor()))
    found = page_of(dates_between(of_organization(organization.id, networks), today(), FAR), asked_page())
    dates = Page([coming_date(row) for row in found.items], found.number, found.total, found.size)
    return render_template(
        "boards/organization_calendar.html",
        organization=organization,
        dates=dates,
        by_month=by_month(dates.items),
        words=DATE_WORDS,
        link=link_for(the_actor().person_id, organization),
    )


@blueprint.get("/networks/<public_id>/calendar")
@require(Permission.SEE_NETWORK, target=network_by_public_id)
def network_calendar(network: Network) -> str:
    """What comes of all organizations in the next twelve months, a month at a time."""
    day = local_day(network, now())
    whose = of_network(network.id, day)
    months = coming_months(day, counts_by_day(whose, *coming_span(day)))
    month = _asked(months)
    found = page_of(dates_between(whose, month.first, month.last), asked_page())
    dates = Page([coming_date(row) for row in found.items], found.number, found.total, found.size)
    return render_template(
        "boards/network_calendar.html",
        network=network,
        months=months,
        month=month,
        waiting=waiting_count(network.id),
        dates=dates,
        by_month=by_month(dates.items),
        words=DATE_WORDS,
        link=link_for(the_actor().person_id, network),
    )


def _asked(months: list[Month]) -> Month:
    """The month that the address names by a day of it; else the first in which something comes."""
    asked = request.args.get("month", "")
    named = next((each for each in months if asked and each.first.isoformat() <= asked <= each.last.isoformat()), None)
    return named or next((each for each in months if each.count), months[0])


@blueprint.post("/organizations/<public_id>/calendar/link")
@require(Permission.SUBSCRIBE_CALENDAR, target=organization_by_public_id)
def organization_calendar_link(organization: Organization) -> ResponseReturnValue:
    """Make a secret link; the one before ends."""
    return _made(organization, url_for("boards.organization_calendar", public_id=organization.public_id))


@blueprint.post("/networks/<public_id>/calendar/link")
@require(Permission.SUBSCRIBE_CALENDAR, target=network_by_public_id)
def network_calendar_link(network: Network) -> ResponseReturnValue:
    """The same of a network."""
    return _made(network, url_for("boards.network_calendar", public_id=network.public_id))


@blueprint.post("/organizations/<public_id>/calendar/link/end")
@require(Permission.SUBSCRIBE_CALENDAR, target=organization_by_public_id)
def organization_calendar_link_end(organization: Organization) -> ResponseReturnValue:
    """Let one's link lead nowhere."""
    return _ended(organization, url_for("boards.organization_calendar", public_id=organization.public_id))


@blueprint.post("/networks/<public_id>/calendar/link/end")
@require(Permission.SUBSCRIBE_CALENDAR, target=network_by_public_id)
def network_calendar_link_end(network: Network) -> ResponseReturnValue:
    """The same of a network."""
    return _ended(network, url_for("boards.network_calendar", public_id=network.public_id))


def _made(subject: Subject, back: str) -> ResponseReturnValue:
    """The link is shown once, so in the answer itself."""
    with write_unit():
        token = make_link(subject, actor_id=the_actor().person_id, now=now())
    address = settings_of(current_app).base_url.rstrip("/") + url_for("feeds.calendar", file=f"{token}.ics")
    page = render_template("boards/calendar_link.html", subject=subject, address=address, back=back)
    return page, 200, {"Cache-Control": "no-store"}


def _ended(subject: Subject, back: str) -> ResponseReturnValue:
    with write_unit():
        end_link(subject, actor_id=the_actor().person_id, now=now())
    flash(_("The link leads nowhere now."))
    return redirect(back, 303)
