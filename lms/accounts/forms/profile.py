"""What a person tells about herself."""

import re
import unicodedata
from typing import Any

from wtforms import Field
from wtforms.validators import InputRequired, ValidationError

from lms.accounts import names
from lms.forms import AtMost, CodeField, Form, LineField
from lms.i18n import gettext
from lms.i18n import lazy_gettext as _

_PHONE = re.compile(r"\+?[0-9()/.-]{5,24}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+")
LONGEST_MAIL = 254


def latin_letters(_form: Any, field: Field) -> None:
    """Validator: letters of the Latin script only."""
    letters = [c for c in field.data or "" if c.isalpha()]
    if any(not unicodedata.name(c, "").startswith("LATIN") for c in letters):
        raise ValidationError(gettext("Write this name in Latin letters."))


def phone_number(_form: Any, field: Field) -> None:
    """Validator: something that can be dialled, or nothing."""
    if field.data and not _PHONE.fullmatch(field.data):
        raise ValidationError(gettext("Write a phone number, in any digits."))


def mail_address(_form: Any, field: Field) -> None:
    """Validator: something that can be written to, or nothing."""
    if field.data and not _MAIL.fullmatch(field.data):
        raise ValidationError(gettext("A mail address has a name, an @ and a place."))


class ProfileForm(Form):
    """Names and phone."""

    display_name = LineField(
        _("Your name"),
        validators=[InputRequired(_("Write your name.")), AtMost(names.LONGEST_DISPLAY_NAME)],
        render_kw={"autocomplete": "name", "dir": "auto"},
    )
    name_latin = LineField(
        _("Name in Latin letters"),
        validators=[AtMost(names.LONGEST_DISPLAY_NAME), latin_letters],
        render_kw={"lang": "en", "dir": "ltr"},
    )
    phone = CodeField(
        _("Phone"), validators=[AtMost(40), phone_number], render_kw={"autocomplete": "tel", "inputmode": "tel"}
    )


class MailForm(Form):
    """A mail address; empty to have none."""

    email = CodeField(
        _("Mail address"),
        validators=[AtMost(LONGEST_MAIL), mail_address],
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )
