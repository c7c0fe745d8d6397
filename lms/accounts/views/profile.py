"""One's own account: names, phone, mail; and how things are shown."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.current import the_person
from lms.accounts.forms import MailForm, PreferencesForm, ProfileForm
from lms.accounts.models import Person
from lms.accounts.queries import mail_waiting
from lms.accounts.services import Preferences, change_preferences, change_profile
from lms.accounts.trying import refused
from lms.accounts.views.blueprint import blueprint
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.formats import Formatter
from lms.i18n import gettext as _
from lms.i18n import language, reading_as
from lms.messages.services import mail_is_on
from lms.security import Permission, require
from lms.setup import settings_of

PROFILE, PREFERENCES = "accounts/profile.html", "accounts/preferences.html"


def profile_values(person: Person) -> dict[str, object]:
    """What the page of the profile shows beside its form."""
    return {
        "person": person,
        "waiting": mail_waiting(person.id, now()),
        "mail": mail_is_on(),
        "mail_form": MailForm(formdata=None, data={"email": person.email}),
    }


@blueprint.get("/account")
@require(Permission.USE_ACCOUNT)
def profile() -> str:
    """Names, phone and mail."""
    person = the_person()
    return render_template(PROFILE, form=ProfileForm(obj=person), **profile_values(person))


@blueprint.post("/account")
@require(Permission.USE_ACCOUNT)
def profile_save() -> ResponseReturnValue:
    """Change names and phone."""
    person, form = the_person(), ProfileForm()
    if not form.validate():
        return render_template(PROFILE, form=form, **profile_values(person)), 422
    try:
        with write_unit():
            change_profile(
                person,
                display_name=form.display_name.data or "",
                name_latin=form.name_latin.data or "",
                phone=form.phone.data or "",
            )
    except DomainError as error:
        return refused(PROFILE, form, error, **profile_values(person))
    flash(_("Saved."))
    return redirect(url_for("accounts.profile"), 303)


@blueprint.get("/account/preferences")
@require(Permission.USE_ACCOUNT)
def preferences() -> str:
    """How things are shown."""
    form = PreferencesForm(obj=the_person(), language=language())
    return render_template(PREFERENCES, form=form, now=now(), site_zone=settings_of(current_app).time_zone)


@blueprint.post("/account/preferences")
@require(Permission.USE_ACCOUNT)
def preferences_save() -> ResponseReturnValue:
    """Change how things are shown, and go on in the language that was chosen."""
    person, form = the_person(), PreferencesForm(language=language())
    if not form.validate():
        page = render_template(PREFERENCES, form=form, now=now(), site_zone=settings_of(current_app).time_zone)
        return page, 422
    chosen = {name: form[name].data for name in Preferences.__dataclass_fields__}
    chosen["country"] = chosen["country"] or None
    with write_unit():
        change_preferences(person, Preferences(**chosen))
    with reading_as(Formatter(person.language)):
        flash(_("Saved."))
    return redirect(url_for("accounts.preferences", lang=person.language), 303)
