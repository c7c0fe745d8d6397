"""The filters of "Coming expiries". They stand in the address, so the form is sent by GET and not protected."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from wtforms import SelectField

from lms.certification.models import LevelRule
from lms.certification.queries.telling import SOON
from lms.db import text_of
from lms.formats.countries import country_name
from lms.forms import Form
from lms.i18n import language, ngettext, pgettext, reader
from lms.i18n import lazy_gettext as _
from lms.reports.queries.expiries import ExpiryQuery, Order

DAYS = (30, SOON.days, 180, 365)
ANY_TIME = "any"
"""In place of days: all certificates that are valid."""


class ExpiryForm(Form):
    """Within how many days, of which level, from which country, and in which order."""

    class Meta(Form.Meta):
        csrf = False

    within = SelectField(_("Ends within"), default=str(SOON.days))
    level = SelectField(_("Level"), default="")
    country = SelectField(_("Country"), default="")

    def __init__(self, arguments: Mapping[str, str], levels: Sequence[LevelRule], countries: Iterable[str]) -> None:
        super().__init__(arguments)
        # Not by position: who sends the view regularly means this level, wherever the scheme puts it later.
        self.levels = {str(level.level_id): level for level in levels}
        days = [(str(days), days_in_words(days)) for days in DAYS]
        self.within.choices = [*days, (ANY_TIME, pgettext("ends within", "any time"))]
        self.level.choices = [("", _("All levels")), *((key, _level(level)) for key, level in self.levels.items())]
        names = ((code, country_name(code, language())) for code in countries)
        self.country.choices = [("", _("All countries")), *sorted(names, key=lambda pair: pair[1])]
        asked = arguments.get("sort", "")
        self.sort = asked if asked.removeprefix("-") in set(Order) else Order.END.value

    def arguments(self) -> dict[str, str]:
        """The filters as an address holds them: what is empty or usual is left out."""
        values = {
            "within": self.within.data if self.within.data != str(SOON.days) else "",
            "level": self.level.data,
            "country": self.country.data,
            "sort": self.sort if self.sort != Order.END else "",
        }
        return {name: value for name, value in values.items() if value}

    def query(self, network_id: int, day: date) -> ExpiryQuery:
        """What the report is asked."""
        level = self.levels.get(self.level.data)
        return ExpiryQuery(
            network_id=network_id,
            day=day,
            days=None if self.within.data == ANY_TIME else int(self.within.data),
            level_id=level.level_id if level else None,
            country=self.country.data,
            order=Order(self.sort.removeprefix("-")),
            descending=self.sort.startswith("-"),
        )


def days_in_words(days: int) -> str:
    """So many days."""
    return ngettext("%(num)s day", "%(num)s days", days)


def _level(level: LevelRule) -> str:
    return f"{reader().number(level.position)}. {text_of(level.names, language())}"
