"""Forms for files of questions."""

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField

from lms.authoring.forms import OwnerForm, choices
from lms.authoring.labels import LANGUAGES
from lms.exchange.reading import Wanted
from lms.forms import Form
from lms.i18n import lazy_gettext as _

FORMAT_NAMES = {
    "gift": "GIFT",
    "moodle": "Moodle XML",
    "aiken": "Aiken",
    "qti": "QTI 2.1, 2.2, 3.0",
    "sheet": _("Table (CSV, XLSX)"),
}


class ImportForm(Form):
    """A file, and what it does not say of itself."""

    file = FileField(
        _("File"),
        validators=[FileRequired(_("Choose a file."))],
        render_kw={"accept": ".txt,.gift,.xml,.zip,.csv,.tsv,.xlsx"},
    )
    format = SelectField(_("Format"), choices=choices(("", _("Found out from the file")), *FORMAT_NAMES.items()))
    language = SelectField(
        _("Language of texts that do not say theirs"),
        choices=choices(("", _("Found out from the letters")), *LANGUAGES.items()),
    )

    def wanted(self, preferred: str) -> Wanted:
        """How the file is to be read."""
        return Wanted(self.format.data or "", self.language.data or "", preferred)


class ExportForm(Form):
    """A format, and the languages that go into the file."""

    format = SelectField(_("Format"), choices=choices(("moodle", "Moodle XML"), ("gift", "GIFT")), default="moodle")
    language = SelectField(
        _("Languages"),
        choices=choices(("", _("All, with the tags of Moodle’s filter for several languages")), *LANGUAGES.items()),
        default="",
    )

    class Meta(Form.Meta):
        csrf = False


class PackageForm(OwnerForm):
    """A module's package, and for whom the module is to be."""

    file = FileField(_("File"), validators=[FileRequired(_("Choose a file."))], render_kw={"accept": ".zip"})
