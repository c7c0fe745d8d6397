"""Who makes the present request."""

from flask import Flask, g, request
from flask_login import LoginManager

from lms.accounts.models import Person, UserSession
from lms.accounts.sessions import COOKIE, find_session
from lms.clock import now
from lms.formats import Formatter
from lms.security.guards import the_actor
from lms.setup import settings_of

login_manager = LoginManager()


def current_session() -> UserSession | None:
    """The session of the present request, or None. Read once a request."""
    if "user_session" not in g:
        g.user_session = find_session(request.cookies.get(COOKIE, ""), now())
    found: UserSession | None = g.user_session
    return found


def current_person() -> Person | None:
    """Who is signed in, or None."""
    session = current_session()
    return session.person if session else None


def the_person() -> Person:
    """Who is signed in, in an endpoint that requires a permission."""
    the_actor()
    person = current_person()
    assert person is not None
    return person


def init_current(app: Flask) -> None:
    """Tell the guards, the formats and Flask-Login who is there."""
    login_manager.init_app(app)
    time_zone = settings_of(app).time_zone

    login_manager.request_loader(lambda _request: current_person())

    def reader_of(language: str) -> Formatter:
        person = current_person() if request.cookies.get(COOKIE) else None
        return person.formatter(language, time_zone) if person else Formatter(language, time_zone=time_zone)

    app.extensions["lms_reader_of"] = reader_of
    app.jinja_env.globals["current_person"] = current_person
