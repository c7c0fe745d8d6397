"""Signing in and out."""

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.agents import agent_kind
from lms.accounts.current import current_session
from lms.accounts.forms import SignInForm
from lms.accounts.models import Person
from lms.accounts.names import sign_in_key
from lms.accounts.passwords import password_matches
from lms.accounts.queries import person_signing_in_as
from lms.accounts.sessions import COOKIE, LONG_LIFE, close_session, open_session
from lms.accounts.views.addresses import next_address
from lms.accounts.views.blueprint import blueprint
from lms.accounts.views.trying import TooManyTries, WrongSecret, counted_try
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.security import public
from lms.setup import settings_of


def person_by_password(name: str, password: str) -> Person:
    """Who signs in with this name and password. Raises WrongSecret, after the same time for names that nobody has."""
    person = person_signing_in_as(name)
    if not password_matches(person.password_hash if person else None, password) or person is None:
        raise WrongSecret(_("The name or the password is not right."))
    return person


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """The sign-in page."""
    if current_session() is not None:
        return redirect(next_address(), 303)
    return render_template("accounts/sign_in.html", form=SignInForm())


@blueprint.post("/sign-in")
@public
def sign_in_now() -> ResponseReturnValue:
    """Open a session for whoever knows the password."""
    form = SignInForm()
    if not form.validate():
        return render_template("accounts/sign_in.html", form=form), 422
    name = form.name.data or ""
    try:
        with counted_try("name", sign_in_key(name)):
            person = person_by_password(name, form.password.data or "")
    except DomainError as error:
        form.refuse(error)
        page = render_template("accounts/sign_in.html", form=form)
        return (page, 429, error.headers) if isinstance(error, TooManyTries) else (page, 422)
    return begin_session(person, next_address(), keep=form.keep.data)


def begin_session(person: Person, address: str, *, keep: bool = False) -> ResponseReturnValue:
    """Sign the person in on this browser, in place of whoever was, and go on to an address.

    `keep` lets the session outlive the browser. Runs a write unit of its own.
    """
    old = current_session()
    with write_unit():
        if old is not None:
            close_session(old, now())
        agent = agent_kind(request.headers.get("User-Agent", ""))
        _session, token = open_session(person, agent=agent, keep=keep, now=now())
    response = redirect(address, 303)
    response.set_cookie(
        COOKIE,
        token,
        max_age=LONG_LIFE if keep else None,
        secure=settings_of(current_app).secure,
        httponly=True,
        samesite="Lax",
    )
    return response


@blueprint.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Close the session of this browser."""
    old = current_session()
    if old is not None:
        with write_unit():
            close_session(old, now())
    session.clear()
    flash(_("You have signed out."))
    response = redirect(url_for("accounts.sign_in"), 303)
    response.delete_cookie(COOKIE)
    return response
