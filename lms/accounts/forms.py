"""Forms of accounts."""

from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired

from lms.accounts import names, passwords
from lms.forms import AtMost, Form, LineField
from lms.i18n import lazy_gettext as _

LONGEST_TYPED = 250


class SignInForm(Form):
    """Sign-in name and password."""

    name = LineField(
        _("Sign-in name or mail address"),
        validators=[InputRequired(_("Write your sign-in name.")), AtMost(LONGEST_TYPED)],
        render_kw={"autocomplete": "username", "dir": "auto", "autocapitalize": "none"},
    )
    password = PasswordField(
        _("Password"),
        validators=[InputRequired(_("Write your password.")), AtMost(passwords.LONGEST)],
        render_kw={"autocomplete": "current-password", "dir": "ltr"},
    )
    keep = BooleanField(_("Stay signed in on this device"))


class NewAccountForm(Form):
    """The fields of a new account; a form that makes one inherits them."""

    display_name = LineField(
        _("Your name"),
        validators=[InputRequired(_("Write your name.")), AtMost(names.LONGEST_DISPLAY_NAME)],
        render_kw={"autocomplete": "name"},
    )
    sign_in_name = LineField(
        _("Sign-in name"),
        validators=[AtMost(names.LONGEST)],
        render_kw={"autocomplete": "username", "dir": "auto", "autocapitalize": "none"},
    )
    password = PasswordField(
        _("Password"),
        validators=[InputRequired(_("Choose a password."))],
        render_kw={"autocomplete": "new-password", "dir": "ltr", "minlength": passwords.SHORTEST},
    )
