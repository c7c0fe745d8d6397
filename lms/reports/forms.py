"""The filters of the completion report. They stand in the address, so the form is sent by GET and not protected."""

from collections.abc import Iterable, Mapping, Sequence

from wtforms import SelectField

from lms.day_field import DayField
from lms.db import text_of
from lms.formats import LANGUAGES
from lms.formats.countries import country_name
from lms.forms import Form, LineField
from lms.i18n import LANGUAGE_NAMES, language
from lms.i18n import lazy_gettext as _
from lms.reports.queries.modules import ReportModule
from lms.reports.query import CompletionQuery, Progress

BY_NAME = "name"
LONGEST_NAME = 100
PROGRESS_LABELS = {
    Progress.NOT_STARTED: _("Nobody has begun"),
    Progress.STARTED: _("Under way"),
    Progress.COMPLETED: _("Everybody has completed"),
}


class FilterForm(Form):
    """Which organizations, modules and completions, and in which order."""

    class Meta(Form.Meta):
        csrf = False

    q = LineField(_("Organization name"), filters=[lambda text: (text or "")[:LONGEST_NAME]])
    country = SelectField(_("Country"), default="")
    progress = SelectField(_("Progress"), default="")
    module = SelectField(_("Module"), default="")
    language = SelectField(_("Language of completion"), default="")
    since = DayField(_("Completed from"))
    until = DayField(_("Completed to"))

    def __init__(
        self, arguments: Mapping[str, str], modules: Sequence[ReportModule], country_codes: Iterable[str]
    ) -> None:
        super().__init__(arguments)
        self.modules = modules
        names = ((code, country_name(code, language())) for code in country_codes)
        self.country.choices = [("", _("All countries")), *sorted(names, key=lambda pair: pair[1])]
        self.progress.choices = [("", _("All states")), *((key.value, text) for key, text in PROGRESS_LABELS.items())]
        titles = ((module.public_id, text_of(module.titles, language())) for module in modules)
        self.module.choices = [("", _("All modules")), *titles]
        self.language.choices = [("", _("All languages")), *((code, LANGUAGE_NAMES[code]) for code in LANGUAGES)]
        self.sort = _sort(arguments.get("sort", ""), modules)

    def arguments(self) -> dict[str, str]:
        """The filters as an address holds them: what is empty or usual is left out."""
        values = {
            "q": self.q.data,
            "country": self.country.data,
            "progress": self.progress.data,
            "module": self.module.data,
            "language": self.language.data,
            "since": self.since.data and self.since.data.isoformat(),
            "until": self.until.data and self.until.data.isoformat(),
            "sort": self.sort if self.sort != BY_NAME else "",
        }
        return {name: value for name, value in values.items() if value}

    def query(self, network_id: int) -> CompletionQuery:
        """What the report is asked."""
        ids = {module.public_id: module.id for module in self.modules}
        return CompletionQuery(
            network_id,
            name=self.q.data or "",
            country=self.country.data,
            progress=Progress(self.progress.data) if self.progress.data else None,
            module_id=ids.get(self.module.data),
            since=self.since.data,
            until=self.until.data,
            language=self.language.data,
            sort_module_id=ids.get(self.sort.removeprefix("-")),
            descending=self.sort.startswith("-"),
        )


def _sort(asked: str, modules: Sequence[ReportModule]) -> str:
    """The asked order where it exists: "name" or a module's public id, a minus in front turns it round."""
    known = {BY_NAME, *(module.public_id for module in modules)}
    return asked if asked.removeprefix("-") in known else BY_NAME
