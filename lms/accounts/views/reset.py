"""Another password for who forgot hers."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.forms import ForgottenForm, NewPasswordForm, ResetCodeForm
from lms.accounts.models import Person
from lms.accounts.names import mail_key, sign_in_key
from lms.accounts.passwords import checked_password, hash_password
from lms.accounts.queries import person_signing_in_as
from lms.accounts.reset_mail import ask_for_reset_mail, tell_password_set
from lms.accounts.services import reset_by_code, reset_by_token, reset_password
from lms.accounts.trying import count_request, counted_try, refused
from lms.accounts.views.blueprint import blueprint
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.messages.services import mail_is_on
from lms.security import public


@blueprint.get("/forgotten")
@public
def forgotten() -> str:
    """The ways to another password."""
    return render_template("accounts/forgotten.html", form=ForgottenForm(), mail=mail_is_on())


@blueprint.post("/forgotten")
@public
def forgotten_send() -> ResponseReturnValue:
    """Mail a link to whoever signs in with this address; the answer is the same where nobody does."""
    form = ForgottenForm()
    if not form.validate():
        return render_template("accounts/forgotten.html", form=form, mail=mail_is_on()), 422
    key = mail_key(form.email.data or "")
    if count_request("forgotten", key):
        with write_unit():
            ask_for_reset_mail(key)
    return render_template("accounts/forgotten_sent.html", address=form.email.data)


@blueprint.get("/reset/<token>")
@public
def reset(token: str) -> ResponseReturnValue:
    """The form behind a mailed link. Opening it uses nothing up."""
    if reset_by_token(token, now()) is None:
        return render_template("accounts/reset_void.html"), 404
    return render_template("accounts/reset.html", form=NewPasswordForm())


@blueprint.post("/reset/<token>")
@public
def reset_save(token: str) -> ResponseReturnValue:
    """Set the password."""
    code, form = reset_by_token(token, now()), NewPasswordForm()
    person = db.session.get(Person, code.person_id) if code else None
    if code is None or person is None:
        return render_template("accounts/reset_void.html"), 404
    if not form.validate():
        return render_template("accounts/reset.html", form=form), 422
    try:
        hashed = _hashed(person, form)
        with write_unit():
            reset_password(person, code, hashed, now())
            tell_password_set(person)
    except DomainError as error:
        return refused("accounts/reset.html", form, error)
    return _done()


@blueprint.get("/reset-code")
@public
def reset_code() -> str:
    """The form for who has a manager's code."""
    return render_template("accounts/reset_code.html", form=ResetCodeForm())


@blueprint.post("/reset-code")
@public
def reset_code_save() -> ResponseReturnValue:
    """Set the password by name and code."""
    form = ResetCodeForm()
    if not form.validate():
        return render_template("accounts/reset_code.html", form=form), 422
    person = person_signing_in_as(form.name.data or "")
    try:
        with counted_try("reset", sign_in_key(form.name.data or "")):
            code = reset_by_code(person, form.code.data or "", now())
        assert person is not None
        hashed = _hashed(person, form)
        with write_unit():
            reset_password(person, code, hashed, now())
            tell_password_set(person)
    except DomainError as error:
        return refused("accounts/reset_code.html", form, error)
    return _done()


def _hashed(person: Person, form: NewPasswordForm) -> str:
    return hash_password(checked_password(form.password.data or "", names=(person.sign_in_name, person.display_name)))


def _done() -> ResponseReturnValue:
    flash(_("Your new password is set. You are signed out on all devices: sign in with it."))
    return redirect(url_for("accounts.sign_in"), 303)
