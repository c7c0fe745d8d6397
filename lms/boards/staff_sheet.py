"""The people of an organization as a file for its managers: a line a person and module that she is offered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lms.boards.queries import StaffWays
from lms.db import text_of
from lms.documents.sheets import Column
from lms.i18n import gettext as _
from lms.i18n import language, reader
from lms.organizations.models import Organization
from lms.organizations.queries import organization_by_public_id
from lms.reports.sheets import FORMATS, Line, Sheet, day_cells, way_columns
from lms.reports.wording import STAGES, time_in_words
from lms.security.actor import Scope


@dataclass(frozen=True)
class StaffFile:
    """The people of an organization as a file of one kind."""

    organization: Organization
    file_format: str

    def scope(self) -> Scope:
        """The organization's."""
        return self.organization.scope()


def staff_file(public_id: str, file_format: str) -> StaffFile | None:
    """The organization and the kind of file of an address."""
    found = organization_by_public_id(public_id)
    return StaffFile(found, file_format) if found and file_format in FORMATS else None


def staff_sheet(organization: Organization, staff: StaffWays, now: datetime) -> Sheet:
    """Lay her people out in the reader's language, with the days of the reader's time zone, as on their pages."""
    return Sheet(
        name=f"people-{organization.public_id}-{reader().local_day(now)}",
        title=_("People of an organization"),
        columns=list(_columns()),
        lines=_lines(staff),
        totals=None,
        expected=len(staff.memberships) * len(staff.modules),
        about=[
            (_("Report"), _("People of an organization")),
            (_("Organization"), text_of(organization.names, language())),
            (_("As of"), time_in_words(now)),
            (_("Who is listed"), _who_is_listed()),
        ],
    )


def _who_is_listed() -> str:
    return _(
        "Listed are people whose membership is confirmed and in force today, with every module that the organization "
        "is offered. The file names them: keep it as you keep a list of staff."
    )


def _columns() -> Iterator[Column]:
    yield Column("person", _("Person"), width=28)
    yield Column("title", _("Position in the organization"), width=24)
    yield Column("module", _("Module"), width=34)
    yield Column("state", _("State"))
    yield from way_columns()


def _lines(staff: StaffWays) -> Iterator[Line]:
    titles = [(module.id, text_of(module.titles, language())) for module in staff.modules]
    for membership in staff.memberships:
        for module, title in titles:
            way = staff.ways[membership.person_id, module]
            who = membership.person.display_name, membership.title, title
            days = (reader().local_day(at) if at else None for at in (way.started_at, way.completed_at))
            yield [*who, str(STAGES[way.stage]), *(cell for day in days for cell in day_cells(day))]
