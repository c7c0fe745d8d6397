"""Forms about invitations and belonging."""

from typing import Any

from wtforms import SelectField
from wtforms.validators import InputRequired

from lms.accounts.forms import NewAccountForm
from lms.accounts.names import LONGEST_DISPLAY_NAME
from lms.forms import AtMost, CodeField, Form, LineField, MailAddress, WholeNumberField, choices_of
from lms.i18n import LANGUAGE_NAMES, language
from lms.i18n import lazy_gettext as _
from lms.organizations.services import Invited
from lms.text import LONGEST_MAIL

LONGEST_TITLE, LONGEST_PHONE = 120, 24


class LinkForm(Form):
    """A link, and the language of whoever gets it."""

    language = SelectField(_("Language"), validators=[InputRequired()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = choices_of(LANGUAGE_NAMES.items())
        if not self.language.raw_data:
            self.language.data = language()


class InviteForm(LinkForm):
    """A link for one person."""

    name = LineField(_("Name"), validators=[AtMost(LONGEST_DISPLAY_NAME)], render_kw={"autocomplete": "off"})
    email = CodeField(
        _("Mail address"),
        validators=[AtMost(LONGEST_MAIL), MailAddress()],
        render_kw={"inputmode": "email", "autocomplete": "off"},
    )

    def invited(self) -> Invited:
        """What was typed, for the services."""
        return Invited(self.name.data or "", self.language.data, self.email.data or "")


class SharedLinkForm(LinkForm):
    """A link for many."""

    days = WholeNumberField(_("Open for how many days"), minimum=1, maximum=90, default=14)
    most = WholeNumberField(_("For how many people at most"), minimum=2, maximum=500, default=30)


class JoinForm(NewAccountForm):
    """A new account of somebody who joins."""

    email = CodeField(
        _("Mail address"),
        validators=[AtMost(LONGEST_MAIL), MailAddress()],
        render_kw={"inputmode": "email", "autocomplete": "email"},
    )
    phone = CodeField(
        _("Phone number"),
        validators=[AtMost(LONGEST_PHONE)],
        render_kw={"inputmode": "tel", "autocomplete": "tel"},
    )


class TitleForm(Form):
    """What somebody does in an organization."""

    title = LineField(_("Position in the organization"), validators=[AtMost(LONGEST_TITLE)])
