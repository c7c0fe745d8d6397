"""Who makes the present request."""

from flask import Flask, current_app, g, request
from flask_login import LoginManager

from lms.accounts.models import Person, UserSession
from lms.accounts.sessions import COOKIE
from lms.accounts.visitors import Visitor, find_visitor
from lms.clock import now
from lms.db import db
from lms.formats import Formatter
from lms.security.actor import Actor, Role
from lms.security.guards import actor, the_actor
from lms.setup import settings_of

login_manager = LoginManager()


def browser() -> Visitor | None:
    """Whose session the present request's cookie opens, even while a second factor is missing. Read once a request."""
    try:
        found: Visitor | None = g.browser
    except AttributeError:
        found = g.browser = find_visitor(request.cookies.get(COOKIE, ""), now())
    return found


def visitor() -> Visitor | None:
    """Who is signed in, or None; None also as long as a second factor is missing."""
    found = browser()
    return found if found and actor() else None


def current_session() -> UserSession | None:
    """The row of the present request's session, or None."""
    found = browser()
    return db.session.get(UserSession, found.session_id) if found else None


def current_person() -> Person | None:
    """The row of who is signed in, or None; None also as long as a second factor is missing."""
    found = visitor()
    return db.session.get(Person, found.person_id) if found else None


def the_person() -> Person:
    """The row of who is signed in, in an endpoint that requires a permission."""
    the_actor()
    person = current_person()
    assert person is not None
    return person


def load_actor() -> Actor | None:
    """The facts that the policy judges the present person by; None as long as her second factor is missing."""
    her = browser()
    if her is None:
        return None
    return None if _lacks_second_factor(her) else her.actor


def needs_second_factor(found: Actor) -> bool:
    """Whether whoever holds these roles must have a second factor here."""
    asked = not settings_of(current_app).demo
    return asked and any(found.has_role(role) for role in (Role.OPERATOR, Role.NETWORK_ADMIN, Role.REVIEWER))


def _lacks_second_factor(her: Visitor) -> bool:
    if her.second_factor_at is not None:
        return her.totp_confirmed_at is None and needs_second_factor(her.actor)
    return her.totp_confirmed_at is not None or needs_second_factor(her.actor)


def init_current(app: Flask) -> None:
    """Tell the guards, the formats and Flask-Login who is there."""
    # Not its `current_user` in every template: that would load her row for every page.
    login_manager.init_app(app, add_context_processor=False)
    time_zone = settings_of(app).time_zone

    login_manager.request_loader(lambda _request: current_person())

    def reader_of(language: str) -> Formatter:
        her = browser()
        return her.formatter(language, time_zone) if her else Formatter(language, time_zone=time_zone)

    app.extensions["lms_load_actor"] = load_actor
    app.extensions["lms_half_signed_in"] = lambda: browser() is not None and actor() is None
    app.extensions["lms_reader_of"] = reader_of
    app.jinja_env.globals["visitor"] = visitor
