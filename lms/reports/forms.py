"""The filters of the completion report. They stand in the address, so the form is sent by GET and not protected."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import Field
from wtforms.validators import InputRequired, ValidationError

from lms.day_field import DayField
from lms.db import text_of
from lms.formats import LANGUAGES
from lms.formats.countries import country_name
from lms.forms import AtMost, ChoiceField, Form, LineField, WholeNumberField
from lms.i18n import LANGUAGE_NAMES, gettext, language, reader
from lms.i18n import lazy_gettext as _
from lms.organizations.labels import SECTORS
from lms.reports.columns import chosen_columns
from lms.reports.models import LONGEST_VIEW_NAME
from lms.reports.queries.choices import CohortChoice
from lms.reports.queries.groups import Dimension
from lms.reports.queries.modules import Edition, ReportModule
from lms.reports.query import CompletionQuery, Progress

BY_NAME = "name"
LONGEST_NAME, LONGEST_ARGUMENTS = 100, 2000
PROGRESS_LABELS = {
    Progress.NOT_STARTED: _("Nobody has begun"),
    Progress.STARTED: _("Under way"),
    Progress.COMPLETED: _("Everybody has completed"),
}
OF_ORGANIZATIONS = ("q", "country", "sector", "progress", "fewer")
OF_A_CUT = ("language", "cohort", "since", "until")
Editions = Callable[[int], Sequence[Edition]]


class FilterForm(Form):
    """Which organizations, modules and completions, and in which order."""

    class Meta(Form.Meta):
        csrf = False

    q = LineField(_("Organization name"), filters=[lambda text: (text or "")[:LONGEST_NAME]])
    country = ChoiceField(_("Country"), default="")
    sector = ChoiceField(_("Field of work"), default="")
    progress = ChoiceField(_("Progress"), default="")
    module = ChoiceField(_("Module"), default="")
    version = ChoiceField(_("Edition"), default="", validate_choice=False)
    fewer = WholeNumberField(_("Completed by fewer people than"), minimum=1, render_kw={"class": "input"})
    language = ChoiceField(_("Language of completion"), default="")
    cohort = ChoiceField(_("Cohort"), default="")
    since = DayField(_("Completed from"))
    until = DayField(_("Completed to"))

    def __init__(
        self,
        arguments: Mapping[str, str],
        modules: Sequence[ReportModule],
        country_codes: Iterable[str],
        cohorts: Sequence[CohortChoice] = (),
        *,
        editions: Editions = lambda module_id: (),
    ) -> None:
        super().__init__(arguments)
        if self.fewer.data is not None:
            # An address holds it in ASCII; the reader sees it in her digits.
            self.fewer.raw_data = None
        self.modules, self.cohorts = modules, cohorts
        names = ((code, country_name(code, language())) for code in country_codes)
        self.country.choices = [("", _("All countries")), *sorted(names, key=lambda pair: pair[1])]
        self.sector.choices = [("", _("All fields")), *((key.value, text) for key, text in SECTORS.items())]
        self.progress.choices = [("", _("All states")), *((key.value, text) for key, text in PROGRESS_LABELS.items())]
        titles = ((module.public_id, text_of(module.titles, language())) for module in modules)
        self.module.choices = [("", _("All modules")), *titles]
        module = self.chosen_module()
        self.editions = {str(each.number): each for each in editions(module.id)} if module else {}
        self.version.choices = [("", _("All editions")), *((key, _edition(e)) for key, e in self.editions.items())]
        self.language.choices = [("", _("All languages")), *((code, LANGUAGE_NAMES[code]) for code in LANGUAGES)]
        groups = ((cohort.public_id, text_of(cohort.names, language())) for cohort in cohorts)
        self.cohort.choices = [("", _("All people")), *groups]
        self.sort = _sort(arguments.get("sort", ""), modules)
        self.columns = chosen_columns(arguments, modules)

    def chosen_module(self) -> ReportModule | None:
        """The module that is asked for, where there is such a one."""
        return next((module for module in self.modules if module.public_id == self.module.data), None)

    def validate_version(self, field: Field) -> None:
        """It is an edition of the chosen module."""
        _check_module(self, field)
        if field.data and field.data not in self.editions:
            raise ValidationError(gettext("This module has no such edition."))

    def validate_fewer(self, field: Field) -> None:
        """There is a module to look at."""
        _check_module(self, field)

    def arguments(self) -> dict[str, str]:
        """The filters as an address holds them: what is empty or usual is left out."""
        values = {field.short_name: _in_an_address(field.data) for field in self}
        values["sort"] = self.sort if self.sort != BY_NAME else ""
        values["columns"] = ",".join(self.columns)
        return {name: value for name, value in values.items() if value}

    def query(self, network_id: int) -> CompletionQuery:
        """What the report is asked."""
        ids = {module.public_id: module.id for module in self.modules}
        cohorts = {cohort.public_id: cohort.id for cohort in self.cohorts}
        return CompletionQuery(
            network_id,
            name=self._asked("q"),
            country=self._asked("country"),
            sector=self._asked("sector"),
            progress=Progress(self._asked("progress")) if self._asked("progress") else None,
            module_id=ids.get(self.module.data),
            edition_id=self.editions[self.version.data].id if self.version.data else None,
            fewer=self._asked("fewer") or None,
            since=self._asked("since") or None,
            until=self._asked("until") or None,
            language=self._asked("language"),
            cohort_id=cohorts.get(self._asked("cohort")),
            sort_module_id=ids.get(self.sort.removeprefix("-")),
            descending=self.sort.startswith("-"),
        )

    def _asked(self, name: str) -> Any:
        """A filter's value; "" where it is empty or not among this form's."""
        return (self[name].data if name in self else None) or ""


class GroupForm(FilterForm):
    """The filters of a report by groups: by module, and where groups are of organizations by what chooses these."""

    def __init__(self, dimension: Dimension, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sort, self.columns = BY_NAME, []
        for name in (*OF_A_CUT, *(OF_ORGANIZATIONS if dimension.is_cut else ())):
            del self[name]


class ViewForm(Form):
    """What a saved view is called."""

    name = LineField(_("Name of the view"), validators=[InputRequired(_("Write a name.")), AtMost(LONGEST_VIEW_NAME)])


def _check_module(form: FilterForm, field: Field) -> None:
    if field.data and not form.module.data:
        raise ValidationError(gettext("Choose a module first: this looks at one module."))


def _in_an_address(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _edition(edition: Edition) -> str:
    number, day = reader().number(edition.number), reader().day(edition.published_at)
    return f"{number} ({day})"


def _sort(asked: str, modules: Sequence[ReportModule]) -> str:
    """The asked order where it exists: "name" or a module's public id, a minus in front turns it round."""
    known = {BY_NAME, *(module.public_id for module in modules)}
    return asked if asked.removeprefix("-") in known else BY_NAME
