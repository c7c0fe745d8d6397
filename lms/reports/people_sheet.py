"""An organization's people as a file: a line a person and module, as much of it as the page shows."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from lms.db import text_of
from lms.documents.sheets import Column
from lms.i18n import LANGUAGE_NAMES, language, reader
from lms.i18n import gettext as _
from lms.organizations.models import Network
from lms.reports.local_days import NO_DAYS, LocalDays
from lms.reports.queries.details import RawWay, ways_in
from lms.reports.queries.details_query import DetailsQuery
from lms.reports.queries.modules import ReportModule
from lms.reports.queries.persons import Member, Stage
from lms.reports.reported import ReportedOrganization
from lms.reports.sheets import Line, Sheet, way_columns
from lms.reports.wording import STAGES, conditions, member_in_words, names_in_words, who_is_counted


def people_sheet(
    place: ReportedOrganization, members: Sequence[Member], modules: Sequence[ReportModule], now: datetime
) -> Sheet:
    """Lay an organization's people out in the reader's language."""
    network, organization = place.network, place.organization
    details = organization.shares_names
    return Sheet(
        name=f"people-{organization.public_id}-{reader().local_day(now)}",
        title=_("People of an organization"),
        columns=list(_columns(details=details)),
        lines=_lines(place, members, modules),
        totals=None,
        expected=len(members) * len(modules),
        about=[
            (_("Report"), _("People of an organization")),
            (_("Organization"), text_of(organization.names, language())),
            *conditions(network, now),
            (_("Who is counted"), who_is_counted()),
            (_("Names"), names_in_words(shared=details)),
        ],
    )


def _columns(*, details: bool) -> Iterator[Column]:
    yield Column("person", _("Person"), width=28)
    yield Column("module", _("Module"), width=34)
    yield Column("state", _("State"))
    if not details:
        return
    yield from way_columns()
    yield Column("language", _("Language of completion"), width=14)
    yield Column("score", _("Score"), "percent", 10)


def _lines(place: ReportedOrganization, members: Sequence[Member], modules: Sequence[ReportModule]) -> Iterator[Line]:
    """What is the same in many lines is worked out once, as in `details_sheet`."""
    query = DetailsQuery(place.network.id, place.day, tuple(modules), organization_id=place.organization.id)
    ways, titles = ways_in(query), [(module.id, text_of(module.titles, language())) for module in modules]
    line_of = _dated(place.network) if place.organization.shares_names else _undated()
    for member in members:
        who, person = member_in_words(member), member.person_id
        for module, title in titles:
            yield who, title, *line_of(ways.get((person, module)))


def _undated() -> Callable[[RawWay | None], Line]:
    """How far somebody is, and no more."""
    lines = {stage: (str(label),) for stage, label in STAGES.items()}
    return lambda way: lines[_stage(way)]


def _dated(network: Network) -> Callable[[RawWay | None], Line]:
    """How far somebody is, since when, in which language and how well, in the network's days."""
    states = {stage: str(label) for stage, label in STAGES.items()}
    spoken = dict[str | None, str | None](LANGUAGE_NAMES) | {None: None}
    day_of, is_jalali = LocalDays(network.time_zone).of, reader().is_jalali
    nothing = (states[Stage.NOT_STARTED], *[None] * (6 if is_jalali else 4))

    def line(way: RawWay | None) -> Line:
        if way is None:
            return nothing
        started, completed, tongue, score = way
        began = day_of(started) if started else NO_DAYS
        done = day_of(completed) if completed else NO_DAYS
        days = (*began, *done) if is_jalali else (began[0], done[0])
        return (states[_stage(way)], *days, spoken[tongue], score)

    return line


def _stage(way: RawWay | None) -> Stage:
    if way is None:
        return Stage.NOT_STARTED
    return Stage.COMPLETED if way[1] else Stage.STARTED
