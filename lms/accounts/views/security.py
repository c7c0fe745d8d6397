"""The page about security: the password, the second factor, and where one is signed in."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.current import current_session, needs_second_factor, the_person
from lms.accounts.forms import PasswordForm, SignInNameForm
from lms.accounts.models import UserSession
from lms.accounts.passwords import checked_password, hash_password
from lms.accounts.queries import open_sessions, recovery_codes_left, session_by_public_id
from lms.accounts.services import change_password, change_sign_in_name, sign_out_everywhere
from lms.accounts.sessions import COOKIE, close_session
from lms.accounts.trying import prove_password, refused
from lms.accounts.views.blueprint import blueprint
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.text import isolate

SIGN_IN_NAME = "accounts/sign_in_name.html"


@blueprint.get("/account/security")
@require(Permission.USE_ACCOUNT)
def security() -> str:
    """Password, second factor, and the browsers that are signed in."""
    person = the_person()
    return render_template(
        "accounts/security.html",
        person=person,
        sessions=open_sessions(person.id, now()),
        present=current_session(),
        codes_left=recovery_codes_left(person.id) if person.totp_confirmed_at else 0,
        must_have_second_factor=needs_second_factor(the_actor()),
    )


@blueprint.get("/account/password")
@require(Permission.USE_ACCOUNT)
def password() -> str:
    """The form for another password."""
    return render_template("accounts/password.html", form=PasswordForm())


@blueprint.post("/account/password")
@require(Permission.USE_ACCOUNT)
def password_save() -> ResponseReturnValue:
    """Set another password and end all other sessions."""
    form, person, session = PasswordForm(), the_person(), current_session()
    assert session is not None
    if not form.validate():
        return render_template("accounts/password.html", form=form), 422
    try:
        prove_password(person, form.present.data or "", "present")
        names = (person.sign_in_name, person.display_name)
        hashed = hash_password(checked_password(form.password.data or "", names=names))
    except DomainError as error:
        return refused("accounts/password.html", form, error)
    with write_unit():
        change_password(person, hashed, now(), session_id=session.id)
    flash(_("Your password is changed. You are signed out on all other devices."))
    return redirect(url_for("accounts.security"), 303)


@blueprint.get("/account/sign-in-name")
@require(Permission.USE_ACCOUNT)
def sign_in_name() -> str:
    """The form for another sign-in name."""
    return render_template(SIGN_IN_NAME, form=SignInNameForm(), person=the_person())


@blueprint.post("/account/sign-in-name")
@require(Permission.USE_ACCOUNT)
def sign_in_name_save() -> ResponseReturnValue:
    """Let her sign in with another name; no session ends."""
    form, person = SignInNameForm(), the_person()
    if not form.validate():
        return render_template(SIGN_IN_NAME, form=form, person=person), 422
    try:
        prove_password(person, form.present.data or "", "present")
        with write_unit():
            change_sign_in_name(person, form.sign_in_name.data or "", now())
    except DomainError as error:
        return refused(SIGN_IN_NAME, form, error, person=person)
    flash(_("You sign in as %(name)s from now on. Write the name down.", name=isolate(person.sign_in_name)))
    return redirect(url_for("accounts.security"), 303)


@blueprint.post("/account/sessions/<public_id>/end")
@require(Permission.END_SESSION, target=session_by_public_id)
def session_end(session: UserSession) -> ResponseReturnValue:
    """Sign out on one device."""
    with write_unit():
        close_session(session, now())
    flash(_("That device is signed out."))
    return redirect(url_for("accounts.security"), 303)


@blueprint.post("/account/sign-out-everywhere")
@require(Permission.USE_ACCOUNT)
def sign_out_all() -> ResponseReturnValue:
    """Sign out on every device, this one too."""
    person = the_person()
    with write_unit():
        sign_out_everywhere(person, now())
    flash(_("You are signed out on all devices."))
    response = redirect(url_for("accounts.sign_in"), 303)
    response.delete_cookie(COOKIE)
    return response


@blueprint.get("/welcome")
@require(Permission.USE_ACCOUNT)
def welcome() -> str:
    """The sign-in name of a new account, to save or print."""
    return render_template("accounts/welcome.html", person=the_person(), leads=bool(the_actor().grants))
