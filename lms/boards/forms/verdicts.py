"""Forms of a network's verdicts over a certification."""

from wtforms.validators import DataRequired, ValidationError

from lms.day_field import DayField
from lms.forms import AtMost, Form, TextField
from lms.i18n import gettext, lazy_pgettext
from lms.i18n import lazy_gettext as _

LONGEST_REASON = 1_000


class PlainForm(Form):
    """A button alone."""


class ReasonForm(Form):
    """Why."""

    reason = TextField(_("Reason"), [DataRequired(_("Say why.")), AtMost(LONGEST_REASON)])


class ReturnForm(Form):
    """What is to be done before it is handed in again."""

    reason = TextField(
        lazy_pgettext("on what was handed in", "Comment"),
        [DataRequired(_("Say what is to be done before it is handed in again.")), AtMost(LONGEST_REASON)],
    )


class ExtendForm(ReasonForm):
    """Until when, and why."""

    until = DayField(_("Valid until"))

    def validate_until(self, field: DayField) -> None:
        """There has to be a day."""
        if field.data is None and not field.errors:
            raise ValidationError(gettext("Give the day until which it shall be valid."))
