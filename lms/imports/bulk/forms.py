"""Forms for sheets."""

from typing import Any

from flask import request
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import InputRequired

from lms.forms import Form, choices_of
from lms.i18n import LANGUAGE_NAMES, language
from lms.i18n import lazy_gettext as _
from lms.imports.bulk.columns import Kind
from lms.imports.bulk.services import Asked
from lms.imports.bulk.wording import CALENDARS, SOURCES
from lms.imports.models import Import
from lms.quizzes.models import Source


class SheetForm(Form):
    """A sheet in a file."""

    file = FileField(
        _("File"), validators=[FileRequired(_("Choose a file."))], render_kw={"accept": ".xlsx,.csv,.tsv,.txt"}
    )


class ColumnsForm(Form):
    """What a sheet's columns hold, and what of it is wanted."""

    calendar = SelectField(_("Calendar of the days"), validators=[InputRequired()])
    source = SelectField(_("The completions are"), validators=[InputRequired()])
    language = SelectField(_("Language"), validators=[InputRequired()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calendar.choices = choices_of((code, str(text)) for code, text in CALENDARS.items())
        self.source.choices = choices_of((code.value, str(text)) for code, text in SOURCES.items())
        self.language.choices = choices_of(LANGUAGE_NAMES.items())
        if not self.language.data:
            self.language.data = language()

    @classmethod
    def of(cls, record: Import) -> "ColumnsForm":
        """As it was answered last."""
        return cls(formdata=None, calendar=record.calendar, source=str(record.source), language=record.language)

    def asked(self, width: int) -> Asked:
        """What was answered; `width` is the number of the sheet's columns."""
        columns = [request.form.get(f"column-{index}", "") for index in range(width)]
        kinds = [kind for kind in Kind if kind.value in request.form.getlist("kinds")]
        return Asked(columns, kinds, self.calendar.data, Source(self.source.data), self.language.data)
