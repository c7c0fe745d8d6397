"""Who makes the present request."""

from flask import Flask, current_app, g, request
from flask_login import LoginManager

from lms.accounts.belonging import belonging
from lms.accounts.models import Person, UserSession
from lms.accounts.sessions import COOKIE, find_session
from lms.clock import now
from lms.formats import Formatter
from lms.security.actor import Actor, Role
from lms.security.guards import actor, the_actor
from lms.setup import settings_of

login_manager = LoginManager()


def current_session() -> UserSession | None:
    """The session of the present request, or None. Read once a request."""
    if "user_session" not in g:
        g.user_session = find_session(request.cookies.get(COOKIE, ""), now())
    found: UserSession | None = g.user_session
    return found


def current_person() -> Person | None:
    """Who is signed in, or None; None also as long as a second factor is missing."""
    session = current_session()
    return session.person if session and actor() else None


def the_person() -> Person:
    """Who is signed in, in an endpoint that requires a permission."""
    the_actor()
    person = current_person()
    assert person is not None
    return person


def load_actor() -> Actor | None:
    """The facts that the policy judges the present person by; None as long as her second factor is missing."""
    session = current_session()
    if session is None:
        return None
    found = belonging().actor_of(session.person_id)
    return None if _lacks_second_factor(session, found) else found


def needs_second_factor(found: Actor) -> bool:
    """Whether whoever holds these roles must have a second factor here."""
    asked = not settings_of(current_app).demo
    return asked and (found.has_role(Role.OPERATOR) or found.has_role(Role.NETWORK_ADMIN))


def _lacks_second_factor(session: UserSession, found: Actor) -> bool:
    if session.second_factor_at is not None:
        return session.person.totp_confirmed_at is None and needs_second_factor(found)
    return session.person.totp_confirmed_at is not None or needs_second_factor(found)


def init_current(app: Flask) -> None:
    """Tell the guards, the formats and Flask-Login who is there."""
    login_manager.init_app(app)
    time_zone = settings_of(app).time_zone

    login_manager.request_loader(lambda _request: current_person())

    def reader_of(language: str) -> Formatter:
        session = current_session() if request.cookies.get(COOKIE) else None
        if session is None:
            return Formatter(language, time_zone=time_zone)
        return session.person.formatter(language, time_zone)

    app.extensions["lms_load_actor"] = load_actor
    app.extensions["lms_half_signed_in"] = lambda: current_session() is not None and actor() is None
    app.extensions["lms_reader_of"] = reader_of
    app.jinja_env.globals["current_person"] = current_person
