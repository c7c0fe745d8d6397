"""The second factor: asked for after the password, set up, and given up.

Who comes here may be half signed in: the session is there, but nothing else opens. So these pages are public to the
guards and look for the session themselves.
"""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.accounts.addresses import next_address
from lms.accounts.current import current_session, the_person
from lms.accounts.forms import EndSecondFactorForm, SecondFactorForm
from lms.accounts.models import UserSession
from lms.accounts.services import (
    begin_second_factor,
    confirm_second_factor,
    end_second_factor,
    pass_second_factor,
    renew_recovery_codes,
)
from lms.accounts.totp import secret_of, setup_address, written_secret
from lms.accounts.trying import counted_try, prove_password, refused
from lms.accounts.views.blueprint import blueprint
from lms.clock import now
from lms.db import write_unit
from lms.documents.qr import qr_svg
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.security import Permission, public, require
from lms.security.guards import second_factor_missing


def the_session() -> UserSession:
    """The session of this browser, complete or not; 401 where there is none."""
    session = current_session()
    if session is None:
        abort(401)
    return session


def _to_setup() -> ResponseReturnValue:
    return redirect(url_for("accounts.second_factor_setup", next=request.args.get("next")), 303)


@blueprint.get("/second-factor")
@public
def second_factor() -> ResponseReturnValue:
    """Ask for the code."""
    session = the_session()
    if not second_factor_missing():
        return redirect(next_address(), 303)
    if session.person.totp_confirmed_at is None:
        return _to_setup()
    return render_template("accounts/second_factor.html", form=SecondFactorForm())


@blueprint.post("/second-factor")
@public
def second_factor_pass() -> ResponseReturnValue:
    """Let in whoever has the code."""
    session, form = the_session(), SecondFactorForm()
    template = "accounts/second_factor.html"
    if not form.validate():
        return render_template(template, form=form), 422
    try:
        with counted_try("second factor", str(session.person_id)), write_unit():
            pass_second_factor(session, form.code.data or "", now())
    except DomainError as error:
        return refused(template, form, error)
    return redirect(next_address(), 303)


@blueprint.get("/second-factor/set-up")
@public
def second_factor_setup() -> ResponseReturnValue:
    """The key for the app, as a QR code and in letters; before that, what this is about."""
    session = the_session()
    if session.person.totp_confirmed_at is not None:
        return redirect(url_for("accounts.security"), 303)
    return render_template("accounts/second_factor_setup.html", form=SecondFactorForm(), **_key_of(session))


@blueprint.post("/second-factor/begin")
@public
def second_factor_begin() -> ResponseReturnValue:
    """Make a key."""
    session = the_session()
    try:
        with write_unit():
            begin_second_factor(session.person)
    except DomainError as error:
        flash(error.message, "bad")
        return redirect(url_for("accounts.security"), 303)
    return _to_setup()


@blueprint.post("/second-factor/set-up")
@public
def second_factor_confirm() -> ResponseReturnValue:
    """Put the key to use, and show the codes for paper: once, so in the answer itself."""
    session, form = the_session(), SecondFactorForm()
    template = "accounts/second_factor_setup.html"
    if not form.validate():
        return render_template(template, form=form, **_key_of(session)), 422
    try:
        with counted_try("second factor", str(session.person_id)), write_unit():
            codes = confirm_second_factor(session, form.code.data or "", now())
    except DomainError as error:
        return refused(template, form, error, **_key_of(session))
    return _printed(codes, next_address())


@blueprint.get("/account/second-factor/codes")
@require(Permission.USE_ACCOUNT)
def recovery_codes() -> ResponseReturnValue:
    """Ask for a code before new ones are made for paper."""
    if the_person().totp_confirmed_at is None:
        return _to_setup()
    return render_template("accounts/recovery_codes_new.html", form=SecondFactorForm())


@blueprint.post("/account/second-factor/codes")
@require(Permission.USE_ACCOUNT)
def recovery_codes_make() -> ResponseReturnValue:
    """Make new codes for paper; the earlier ones are worth nothing from now on."""
    person, form = the_person(), SecondFactorForm()
    template = "accounts/recovery_codes_new.html"
    if not form.validate():
        return render_template(template, form=form), 422
    try:
        with counted_try("second factor", str(person.id)), write_unit():
            codes = renew_recovery_codes(person, form.code.data or "", now())
    except DomainError as error:
        return refused(template, form, error)
    return _printed(codes, url_for("accounts.security"))


@blueprint.get("/account/second-factor/end")
@require(Permission.USE_ACCOUNT)
def second_factor_end() -> str:
    """Ask whether the second factor shall go."""
    return render_template("accounts/second_factor_end.html", form=EndSecondFactorForm())


@blueprint.post("/account/second-factor/end")
@require(Permission.USE_ACCOUNT)
def second_factor_end_now() -> ResponseReturnValue:
    """Give the second factor up, with password and code."""
    person, form = the_person(), EndSecondFactorForm()
    template = "accounts/second_factor_end.html"
    if not form.validate():
        return render_template(template, form=form), 422
    try:
        prove_password(person, form.present.data or "", "present")
        with counted_try("second factor", str(person.id)), write_unit():
            end_second_factor(person, form.code.data or "", now())
    except DomainError as error:
        return refused(template, form, error)
    flash(_("Your sign-in asks for no code any more."))
    return redirect(url_for("accounts.security"), 303)


def _printed(codes: list[str], go_on: str) -> ResponseReturnValue:
    page = render_template("accounts/recovery_codes.html", codes=codes, go_on=go_on)
    return page, 200, {"Cache-Control": "no-store"}


def _key_of(session: UserSession) -> dict[str, object]:
    person, secret = session.person, secret_of(session.person)
    if not secret or person.totp_confirmed_at is not None:
        return {"person": person, "qr": None, "key": ""}
    address = setup_address(secret, person.sign_in_name)
    qr = Markup(qr_svg(address, _("The key for your app")))  # noqa: S704 - our own drawing
    return {"person": person, "qr": qr, "key": written_secret(secret)}
