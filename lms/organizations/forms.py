"""Forms about networks and organizations."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import InputRequired

from lms.formats.countries import countries, time_zones
from lms.forms import AtMost, Form, LineField, choices_of, one_language_at_least, texts_of
from lms.i18n import language, lazy_pgettext, ngettext, reader
from lms.i18n import lazy_gettext as _
from lms.organizations import kinds, labels
from lms.organizations.models import LEAST_THRESHOLD, Network, Organization
from lms.organizations.services import NetworkFacts, OrganizationFacts

LONGEST_NAME, LONGEST_CITY = 200, 80
THRESHOLDS = (LEAST_THRESHOLD, 10, 15, 20, 30, 50)
_NAME = (one_language_at_least, AtMost(LONGEST_NAME))


def _script(code: str) -> dict[str, str]:
    return {"lang": code, "dir": "ltr" if code == "en" else "rtl", "autocomplete": "off"}


def _radio(label: str, options: Mapping[Any, str], default: str) -> Any:
    return RadioField(label, choices=choices_of(options.items()), default=default, validators=[InputRequired()])


class NamesForm(Form):
    """Names in three languages, and a country."""

    name_fa = LineField(_("Name in Persian"), validators=_NAME, render_kw=_script("fa"))
    name_ar = LineField(_("Name in Arabic"), validators=_NAME, render_kw=_script("ar"))
    name_en = LineField(_("Name in English"), validators=_NAME, render_kw=_script("en"))
    country = SelectField(_("Country"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = choices_of([("", "—"), *countries(language())])


class NetworkForm(NamesForm):
    """A network."""

    form = _radio(lazy_pgettext("of a network", "Form"), labels.FORMS, kinds.Form.NETWORK)
    reach = _radio(lazy_pgettext("of a network", "Reach"), labels.REACHES, kinds.Reach.NATIONAL)
    basis = _radio(lazy_pgettext("of a network", "Basis"), labels.BASES, kinds.Basis.GEOGRAPHIC)
    time_zone = SelectField(_("Time zone"), default=lambda: reader().time_zone, validators=[InputRequired()])
    threshold = SelectField(
        _("Smallest group that reports show"), coerce=int, default=LEAST_THRESHOLD, validators=[InputRequired()]
    )

    def __init__(self, *args: Any, network: Network | None = None, **kwargs: Any) -> None:
        super().__init__(*args, data=_network_data(network) if network else None, **kwargs)
        known = time_zones(language())
        other = network.time_zone if network else reader().time_zone
        self.time_zone.choices = choices_of([*known, *([] if other in dict(known) else [(other, other)])])
        sizes = sorted({*THRESHOLDS, network.threshold if network else LEAST_THRESHOLD})
        self.threshold.choices = [(size, ngettext("%(num)s person", "%(num)s people", size)) for size in sizes]

    def facts(self) -> NetworkFacts:
        """What was typed, for the services."""
        return NetworkFacts(
            names=texts_of(self, "name"),
            form=kinds.Form(self.form.data),
            reach=kinds.Reach(self.reach.data),
            basis=kinds.Basis(self.basis.data),
            country=self.country.data or None,
            time_zone=self.time_zone.data,
            threshold=self.threshold.data,
        )


def _network_data(network: Network) -> dict[str, Any]:
    kind = {"form": network.form, "reach": network.reach, "basis": network.basis}
    others = {"country": network.country or "", "time_zone": network.time_zone, "threshold": network.threshold}
    return {**_texts("name", network.names), **kind, **others}


def _texts(stem: str, texts: dict[str, str]) -> dict[str, str]:
    return {f"{stem}_{code}": text for code, text in texts.items()}


class OrganizationForm(NamesForm):
    """An organization."""

    city_fa = LineField(_("City in Persian"), validators=[AtMost(LONGEST_CITY)], render_kw=_script("fa"))
    city_ar = LineField(_("City in Arabic"), validators=[AtMost(LONGEST_CITY)], render_kw=_script("ar"))
    city_en = LineField(_("City in English"), validators=[AtMost(LONGEST_CITY)], render_kw=_script("en"))
    sector = SelectField(_("Field of work"), default="")

    def __init__(
        self, *args: Any, organization: Organization | None = None, country: str | None = None, **kwargs: Any
    ) -> None:
        data = _organization_data(organization) if organization else {"country": country or ""}
        super().__init__(*args, data=data, **kwargs)
        self.sector.choices = choices_of([("", "—"), *labels.SECTORS.items()])

    def facts(self) -> OrganizationFacts:
        """What was typed, for the services."""
        return OrganizationFacts(
            names=texts_of(self, "name"),
            city=texts_of(self, "city"),
            country=self.country.data or None,
            sector=kinds.Sector(self.sector.data) if self.sector.data else None,
        )


class NewOrganizationForm(OrganizationForm):
    """An organization that may be there already."""

    anyway = BooleanField(_("It is another organization: add it"))


def _organization_data(organization: Organization) -> dict[str, Any]:
    texts = {**_texts("name", organization.names), **_texts("city", organization.city)}
    return {**texts, "country": organization.country or "", "sector": organization.sector or ""}


class AdminForm(Form):
    """Who shall administer a network."""

    sign_in_name = LineField(
        _("Sign-in name"),
        validators=[InputRequired(_("Write a sign-in name.")), AtMost(250)],
        render_kw={"dir": "auto", "autocapitalize": "none", "autocomplete": "off"},
    )
