"""Forms of exercises and of reports."""

from wtforms import SelectField
from wtforms.validators import InputRequired

from lms.forms import AtMost, Form, TextField
from lms.i18n import lazy_gettext as _

LONGEST = 20_000
LONGEST_REPORT = 2000


class NoteForm(Form):
    """What a person writes for herself."""

    text = TextField(_("Your notes"), validators=[AtMost(LONGEST)], render_kw={"rows": "6", "dir": "auto"})


class SheetForm(Form):
    """What an organization writes together."""

    text = TextField(_("The sheet"), validators=[AtMost(LONGEST)], render_kw={"rows": "8", "dir": "auto"})


class ReportForm(Form):
    """What is wrong, and where."""

    block = SelectField(_("Where in the lesson?"), validate_choice=True)
    text = TextField(
        _("What is wrong?"),
        validators=[InputRequired(_("Say what is wrong.")), AtMost(LONGEST_REPORT)],
        render_kw={"rows": "5", "dir": "auto"},
    )
