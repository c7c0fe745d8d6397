"""The filters of "People". They stand in the address, so the form is sent by GET and not protected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from lms.formats.countries import country_name
from lms.forms import ChoiceField, LineField
from lms.i18n import gettext, language
from lms.i18n import lazy_gettext as _
from lms.organizations.labels import SECTORS
from lms.organizations.models import Network
from lms.reports.forms import LONGEST_NAME
from lms.reports.module_form import ModuleForm
from lms.reports.queries.details_query import DetailsQuery, details_of
from lms.reports.queries.modules import ReportModule
from lms.reports.queries.persons import Stage
from lms.reports.wording import STAGES


class PeopleForm(ModuleForm):
    """People of which organizations, which module, and how far they are."""

    q = LineField(_("Organization name"), filters=[lambda text: (text or "")[:LONGEST_NAME]])
    country = ChoiceField(_("Country"), default="")
    sector = ChoiceField(_("Field of work"), default="")
    state = ChoiceField(_("State"), default="")

    def __init__(
        self, arguments: Mapping[str, str], modules: Sequence[ReportModule], country_codes: Iterable[str]
    ) -> None:
        super().__init__(arguments, modules)
        names = ((code, country_name(code, language())) for code in country_codes)
        self.country.choices = [("", gettext("All countries")), *sorted(names, key=lambda pair: pair[1])]
        self.sector.choices = [("", gettext("All fields")), *((key.value, text) for key, text in SECTORS.items())]
        # Who has not begun has no line.
        states = ((stage.value, STAGES[stage]) for stage in (Stage.STARTED, Stage.COMPLETED))
        self.state.choices = [("", gettext("All states")), *states]

    def arguments(self) -> dict[str, str]:
        """What is chosen as an address holds it: what is empty is left out."""
        return {field.short_name: field.data for field in self if field.data}

    def query(self, network: Network, at: datetime) -> DetailsQuery:
        """What the report is asked."""
        asked = details_of(network, self.modules, self.chosen(), at)
        stage = Stage(self.state.data) if self.state.data else None
        of = {"name": self.q.data, "country": self.country.data, "sector": self.sector.data}
        return replace(asked, stage=stage, **of)
