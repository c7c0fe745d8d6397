"""Forms of the studio."""

from typing import Any

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from lms.authoring.labels import LANGUAGES
from lms.forms import AtMost, Form, LineField, TextField, WholeNumberField, one_language_at_least, texts_of
from lms.i18n import lazy_gettext as _
from lms.training.models import VersionKind

LONGEST_TITLE = 300
LONGEST_NOTE = 1000


def _title(label: str, language: str) -> LineField:
    direction = "ltr" if language == "en" else "rtl"
    rules = [one_language_at_least, AtMost(LONGEST_TITLE)]
    return LineField(label, validators=rules, render_kw={"lang": language, "dir": direction})


def choices(*pairs: tuple[str, str]) -> list[Any]:
    """Choices of a field from values and labels."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


class OwnerForm(Form):
    """For whom a module is."""

    owner = SelectField(_("Whose module is it?"))


class NewModuleForm(OwnerForm):
    """A title in any language."""

    title_fa = _title(_("Title in Persian"), "fa")
    title_ar = _title(_("Title in Arabic"), "ar")
    title_en = _title(_("Title in English"), "en")
    source_language = SelectField(_("Language that you write first"), choices=choices(*LANGUAGES.items()))

    def titles(self) -> dict[str, str]:
        """The titles that were given."""
        return texts_of(self, "title")


class LessonForm(Form):
    """What is said of a lesson once, not in each language."""

    minutes = WholeNumberField(_("Minutes to read"), minimum=1, maximum=600, validators=[Optional()])

    def settings(self) -> dict[str, Any]:
        """As the draft keeps them."""
        return {"minutes": self.minutes.data}


class PublishForm(Form):
    """What kind of version this is, and what changed."""

    kind = RadioField(
        _("What kind of change is it?"),
        choices=choices(
            (VersionKind.CORRECTION.value, _("Correction: only wording. Everybody reads it at once.")),
            (VersionKind.EDITION.value, _("New edition: those under way stay on theirs until they choose to move.")),
        ),
    )
    note = TextField(_("What changed, for other trainers"), validators=[AtMost(LONGEST_NOTE)])
