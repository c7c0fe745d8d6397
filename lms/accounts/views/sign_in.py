"""Signing in and out."""

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.addresses import next_address
from lms.accounts.beginning import begin_session
from lms.accounts.current import current_session
from lms.accounts.errors import WrongSecret
from lms.accounts.forms import SignInForm
from lms.accounts.models import Person
from lms.accounts.names import sign_in_key
from lms.accounts.passwords import password_matches
from lms.accounts.queries import person_signing_in_as
from lms.accounts.services import is_first_run
from lms.accounts.sessions import COOKIE, close_session
from lms.accounts.trying import counted_try, refused
from lms.accounts.views.blueprint import blueprint
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.security import public


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
    return render_template("accounts/sign_in.html", form=SignInForm(), first_run=is_first_run())


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
        return refused("accounts/sign_in.html", form, error)
    return begin_session(person, next_address(), keep=form.keep.data)


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
