"""The mail address of an account: given, and confirmed by a link where this installation sends mail."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.addresses import whole_address
from lms.accounts.current import current_person, the_person
from lms.accounts.forms import MailForm, ProfileForm
from lms.accounts.models import Person
from lms.accounts.names import mail_key
from lms.accounts.services import begin_mail_change, confirm_mail, mail_change_by_token, set_mail
from lms.accounts.services.profile import MAIL_LINK_LIFE
from lms.accounts.trying import count_request
from lms.accounts.views.blueprint import blueprint
from lms.accounts.views.profile import PROFILE, profile_values
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import DomainError
from lms.forms import Form
from lms.i18n import gettext as _
from lms.i18n import language
from lms.messages.mails import send_verification
from lms.messages.services import mail_is_on
from lms.security import Permission, public, require
from lms.setup import settings_of


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
        _ask_to_confirm(person, address)
    else:
        with write_unit():
            set_mail(person, address, now())
        flash(_("Saved."))
    return redirect(url_for("accounts.profile"), 303)


def _ask_to_confirm(person: Person, address: str) -> None:
    if not count_request("confirm mail", str(person.id)):
        flash(_("You have asked for several messages. Wait a while before you ask for another."), "due")
        return
    zone = person.time_zone or settings_of(current_app).time_zone
    until = now() + MAIL_LINK_LIFE
    with write_unit():
        token = begin_mail_change(person, address, now())
        link = whole_address("accounts.mail_confirm", lang=language(), token=token)
        send_verification(address, language(), link=link, until=until, name=person.display_name, time_zone=zone)
    flash(_("A link is on its way to your address. Open it to confirm that the address is yours."))


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
