"""The mail address of an account: given, and confirmed by a link where this installation sends mail."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.current import current_person, the_person
from lms.accounts.forms import MailForm, ProfileForm
from lms.accounts.models import Person
from lms.accounts.names import mail_key
from lms.accounts.services import confirm_mail, mail_change_by_token, set_mail
from lms.accounts.verification_mail import ask_to_confirm
from lms.accounts.views.blueprint import blueprint
from lms.accounts.views.profile import PROFILE, profile_values
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import DomainError
from lms.forms import Form
from lms.i18n import gettext as _
from lms.messages.services import mail_is_on
from lms.security import Permission, public, require


@blueprint.post("/account/mail")
@require(Permission.USE_ACCOUNT)
def mail_save() -> ResponseReturnValue:
    """Change the mail address, or mail a link that confirms it."""
    person, form = the_person(), MailForm()
    address = form.email.data or ""
    if not form.validate():
        values = profile_values(person) | {"mail_form": form}
        return render_template(PROFILE, form=ProfileForm(formdata=None, obj=person), **values), 422
    if address and mail_key(address) == person.email_key:
        flash(_("This address is confirmed already."))
    elif address and mail_is_on():
        ask_to_confirm(person, address)
    else:
        with write_unit():
            set_mail(person, address, now())
        flash(_("Saved."))
    return redirect(url_for("accounts.profile"), 303)


@blueprint.get("/confirm-mail/<token>")
@public
def mail_confirm(token: str) -> ResponseReturnValue:
    """Ask whether the address is hers. Opening the link uses nothing up."""
    code = mail_change_by_token(token, now())
    person = db.session.get(Person, code.person_id) if code else None
    if code is None or person is None:
        return render_template("accounts/reset_void.html"), 404
    return render_template("accounts/mail_confirm.html", form=Form(), address=code.about, person=person)


@blueprint.post("/confirm-mail/<token>")
@public
def mail_confirm_now(token: str) -> ResponseReturnValue:
    """Confirm the address."""
    code = mail_change_by_token(token, now())
    person = db.session.get(Person, code.person_id) if code else None
    if code is None or person is None:
        return render_template("accounts/reset_void.html"), 404
    try:
        with write_unit():
            confirm_mail(person, code, now())
    except DomainError as error:
        flash(error.message, "bad")
    else:
        flash(_("Your mail address is confirmed. You can sign in with it."))
    return redirect(url_for("accounts.profile" if current_person() else "accounts.sign_in"), 303)
