"""Forms for lists."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField
from wtforms.validators import InputRequired

from lms.forms import AtMost, Form, TextField
from lms.i18n import lazy_gettext as _
from lms.organizations.join_forms import LinkForm

LONGEST_LIST = 200_000


class PastedListForm(LinkForm):
    """A list that is pasted or typed."""

    text = TextField(
        _("Names, one a line"),
        validators=[InputRequired(_("Write or paste a list.")), AtMost(LONGEST_LIST)],
        render_kw={"rows": "8", "dir": "auto", "spellcheck": "false"},
    )


class ListFileForm(LinkForm):
    """A list in a file."""

    file = FileField(
        _("File"),
        validators=[FileRequired(_("Choose a file."))],
        render_kw={"accept": ".xlsx,.csv,.tsv,.txt"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="file", **kwargs)


class ChosenForm(Form):
    """The entries of a preview that shall get a link."""

    rows = HiddenField(validators=[InputRequired()])
    language = HiddenField(validators=[InputRequired()])
