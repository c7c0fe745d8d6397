"""What is typed."""

from wtforms.validators import InputRequired

from lms.forms import AtMost, Form, LineField
from lms.i18n import domain_gettext

_ = domain_gettext("field_notes")


class NoteForm(Form):
    """A line of the notebook."""

    text = LineField(_("What did you try?"), validators=[InputRequired(), AtMost(200)])
