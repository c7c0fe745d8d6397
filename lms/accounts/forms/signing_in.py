"""Forms of signing in: names, passwords and codes."""

from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired

from lms.accounts import names, passwords
from lms.forms import AtMost, CodeField, Form, LineField
from lms.i18n import lazy_gettext as _

LONGEST_TYPED, LONGEST_CODE = 250, 60


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


class PresentPasswordForm(Form):
    """What asks for the password once more."""

    present = PasswordField(
        _("Present password"),
        validators=[InputRequired(_("Write your present password.")), AtMost(passwords.LONGEST)],
        render_kw={"autocomplete": "current-password", "dir": "ltr"},
    )


class SignInNameForm(PresentPasswordForm):
    """Another sign-in name, by whoever knows the password."""

    sign_in_name = LineField(
        _("New sign-in name"),
        validators=[InputRequired(_("Write a sign-in name.")), AtMost(names.LONGEST)],
        render_kw={"autocomplete": "username", "dir": "auto", "autocapitalize": "none"},
    )


class PasswordForm(PresentPasswordForm):
    """Another password, by whoever knows the present one."""

    password = PasswordField(
        _("New password"),
        validators=[InputRequired(_("Choose a password."))],
        render_kw={"autocomplete": "new-password", "dir": "ltr", "minlength": passwords.SHORTEST},
    )


class SecondFactorForm(Form):
    """A code of the app, or a printed one."""

    code = CodeField(
        _("Code"),
        validators=[InputRequired(_("Write the code.")), AtMost(LONGEST_CODE)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "text"},
    )


class EndSecondFactorForm(SecondFactorForm, PresentPasswordForm):
    """What is asked before the second factor goes."""


class ForgottenForm(Form):
    """Where to send a link to."""

    email = CodeField(
        _("Mail address"),
        validators=[InputRequired(_("Write your mail address.")), AtMost(LONGEST_TYPED)],
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )


class NewPasswordForm(Form):
    """A password, by whoever holds a link."""

    password = PasswordField(
        _("New password"),
        validators=[InputRequired(_("Choose a password."))],
        render_kw={"autocomplete": "new-password", "dir": "ltr", "minlength": passwords.SHORTEST},
    )


class ResetCodeForm(NewPasswordForm):
    """A password, by whoever has a manager's code."""

    name = LineField(
        _("Sign-in name"),
        validators=[InputRequired(_("Write your sign-in name.")), AtMost(LONGEST_TYPED)],
        render_kw={"autocomplete": "username", "dir": "auto", "autocapitalize": "none"},
    )
    code = CodeField(_("Code"), validators=[InputRequired(_("Write the code.")), AtMost(LONGEST_CODE)])


class FirstRunForm(NewAccountForm):
    """The first operator."""

    code = CodeField(_("Code on the console"), validators=[InputRequired(_("Write the code.")), AtMost(LONGEST_CODE)])
