"""What is asked before an account is erased."""

from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired

from lms.accounts import passwords
from lms.forms import AtMost, Form
from lms.i18n import lazy_gettext as _


class EraseForm(Form):
    """The password, and a tick that it is meant."""

    present = PasswordField(
        _("Present password"),
        validators=[InputRequired(_("Write your present password.")), AtMost(passwords.LONGEST)],
        render_kw={"autocomplete": "current-password", "dir": "ltr"},
    )
    sure = BooleanField(
        _("I know that this cannot be undone"), validators=[InputRequired(_("Tick this if you mean it."))]
    )
