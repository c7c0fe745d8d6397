"""How a person wants things shown."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired

from lms.formats.countries import countries, time_zones
from lms.forms import Form, choices_of
from lms.i18n import LANGUAGE_NAMES, lazy_pgettext
from lms.i18n import lazy_gettext as _

DIGITS = (
    ("auto", _("As usual in the language")),
    ("arabext", "۰۱۲۳۴۵۶۷۸۹"),
    ("arab", "٠١٢٣٤٥٦٧٨٩"),
    ("latn", "0123456789"),
)
CALENDARS = (("auto", _("As usual in the language")), ("jalali", _("Jalali")), ("gregorian", _("Gregorian")))
THEMES = (
    ("auto", lazy_pgettext("theme", "As the device has it")),
    ("light", lazy_pgettext("theme", "Light")),
    ("dark", lazy_pgettext("theme", "Dark")),
)


def _one_of(label: str, pairs: Iterable[tuple[str, str]]) -> SelectField:
    # Required, so that its label does not say "optional"; the attribute is for lists with an empty first choice.
    return SelectField(label, choices=choices_of(pairs), validators=[InputRequired()], render_kw={"required": False})


class PreferencesForm(Form):
    """Language, country, digits, calendar, time zone, theme."""

    language = _one_of(_("Language"), LANGUAGE_NAMES.items())
    country = SelectField(_("Country"))
    digits = _one_of(_("Digits"), DIGITS)
    calendar = _one_of(_("Calendar"), CALENDARS)
    hijri = BooleanField(_("Show the lunar Hijri date too"))
    time_zone = SelectField(_("Time zone"))
    theme = _one_of(lazy_pgettext("theme", "Colours"), THEMES)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        """`language` is the one that countries and cities are named in."""
        super().__init__(*args, **kwargs)
        self.country.choices = choices_of([("", _("Not given")), *countries(language)])
        self.time_zone.choices = choices_of([("", _("As usual in the country")), *time_zones(language)])
