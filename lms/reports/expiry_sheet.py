""" "Coming expiries" as a file: the lines of the page."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from lms.certification.phases import Phase
from lms.db import text_of
from lms.documents.sheets import Cell, Column
from lms.formats.countries import country_name
from lms.i18n import gettext as _
from lms.i18n import language, lazy_pgettext, pgettext, reader
from lms.organizations.models import Network
from lms.reports.expiry_form import ExpiryForm
from lms.reports.queries.expiries import Expiry, ExpiryQuery
from lms.reports.sheets import Sheet, day_cells, day_columns
from lms.reports.wording import PHASES, conditions

RENEWALS = {
    None: lazy_pgettext("renewal", "Not begun"),
    "in_progress": lazy_pgettext("renewal", "Under way"),
    "submitted": lazy_pgettext("renewal", "Submitted"),
}


def expiry_sheet(
    query: ExpiryQuery, form: ExpiryForm, network: Network, rows: Sequence[Expiry], now: datetime
) -> Sheet:
    """Lay the certificates out in the reader's language."""
    return Sheet(
        name=f"expiries-{network.public_id}-{reader().local_day(now)}",
        title=_("Coming expiries"),
        columns=list(_columns()),
        lines=(list(_line(row, (row.expires_on - query.day).days)) for row in rows),
        totals=None,
        expected=len(rows),
        about=[
            (_("Report"), _("Coming expiries")),
            *conditions(network, now),
            (_("Filters"), reader().join([f"{label}: {value}" for label, value in filters_in_words(form)])),
            (_("What is listed"), what_is_listed()),
        ],
    )


def filters_in_words(form: ExpiryForm) -> list[tuple[str, str]]:
    """Label and value of every filter that is set."""
    fields = (form.within, form.level, form.country)
    return [(str(field.label.text), str(dict(field.choices)[field.data])) for field in fields if field.data]


def what_is_listed() -> str:
    """One sentence on which certificates stand in the report."""
    return _(
        "Listed are certificates of organizations that are members of the network today. Those that have ended and "
        "can still be renewed in their days of grace are always listed; suspended ones are not. Certificates of people "
        "have no end."
    )


def phase_in_words(phase: Phase) -> str:
    """What a board calls it."""
    return str(PHASES[phase])


def renewal_in_words(row: Expiry) -> str:
    """How far the next cycle is."""
    return str(RENEWALS[row.renewal])


def _columns() -> Iterator[Column]:
    yield Column("organization", _("Organization"), width=34)
    yield Column("country", _("Country"))
    yield Column("position", _("Level number"), "integer", 10)
    yield Column("level", _("Level"))
    yield from day_columns("awarded", _("Awarded"), _("Awarded (Jalali)"))
    yield from day_columns("ends", _("Valid until"), _("Valid until (Jalali)"))
    yield Column("days", _("Days left"), "integer", 10)
    yield Column("grace", _("Days of grace end on"), "date", 14)
    yield Column("state", _("State"))
    yield Column("renewal", _("Renewal"))
    yield Column("risk", pgettext("certification", "At risk"), width=12)


def _line(row: Expiry, days: int) -> Iterator[Cell]:
    yield text_of(row.names, language())
    yield country_name(row.country, language())
    yield row.position
    yield text_of(row.level, language())
    yield from day_cells(row.awarded_on)
    yield from day_cells(row.expires_on)
    yield days if days >= 0 else None
    yield row.grace_ends_on
    yield phase_in_words(row.phase)
    yield renewal_in_words(row)
    yield pgettext("certification", "At risk") if row.at_risk else None
