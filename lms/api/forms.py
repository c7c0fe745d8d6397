"""The form of a token."""

from typing import Any

from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from lms.api.scopes import SCOPE_LABELS, TokenScope
from lms.forms import AtMost, Form, LineField, choices_of
from lms.i18n import gettext
from lms.i18n import lazy_gettext as _

LONGEST_NAME = 80
LIVES = {"30": _("30 days"), "90": _("90 days"), "180": _("180 days"), "365": _("365 days")}


class ScopesField(SelectMultipleField):
    """Check boxes, one at least of those that there are."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        """Refuse none, and what is not offered (the message of WTForms cannot be said in three languages)."""
        # No InputRequired: it would have browsers ask for each of the boxes.
        if not self.data or not set(self.data) <= {scope.value for scope in TokenScope}:
            raise ValidationError(gettext("Choose what the token may do."))


class TokenForm(Form):
    """What it is for, what it may do, how long it lasts."""

    name = LineField(_("What is it for?"), validators=[InputRequired(), AtMost(LONGEST_NAME)])
    scopes = ScopesField(
        _("What may it do?"),
        choices=choices_of((scope.value, label) for scope, label in SCOPE_LABELS.items()),
    )
    days = SelectField(
        _("How long does it last?"), choices=choices_of(LIVES.items()), validators=[InputRequired()], default="90"
    )

    def chosen(self) -> list[TokenScope]:
        """The scopes that were chosen."""
        return [TokenScope(value) for value in self.scopes.data or []]
