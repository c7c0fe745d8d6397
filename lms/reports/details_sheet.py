"""The people of a whole network as a file: a line a person and module that she began or completed."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache

from lms.db import text_of
from lms.documents.sheets import Column
from lms.formats.countries import country_name
from lms.i18n import LANGUAGE_NAMES, language, reader
from lms.i18n import gettext as _
from lms.organizations.models import Network
from lms.reports.local_days import NO_DAYS, LocalDays
from lms.reports.queries import details
from lms.reports.queries.details_query import DetailsQuery, expected
from lms.reports.queries.persons import Stage
from lms.reports.sheets import Line, Sheet, way_columns
from lms.reports.wording import STAGES, conditions, number_in_words, sector_in_words, who_is_counted


def details_sheet(query: DetailsQuery, network: Network, now: datetime, most: int | None = None) -> Sheet:
    """Lay the details out in the reader's language; its lines (`most`: the first ones) are read as they are written."""
    filters = [f"{label}: {value}" for label, value in filters_in_words(query)]
    return Sheet(
        name=f"people-{network.public_id}-{reader().local_day(now)}",
        title=_("People by module"),
        columns=list(_columns()),
        lines=_lines(query, network, most),
        totals=None,
        expected=expected(query),
        about=[
            (_("Report"), _("People by module")),
            *conditions(network, now),
            (_("Filters"), reader().join(filters) if filters else _("No filter")),
            (_("Who is counted"), who_is_counted()),
            (_("Names"), what_is_told()),
        ],
    )


def filters_in_words(query: DetailsQuery) -> list[tuple[str, str]]:
    """(label, value) of every filter that is set."""
    modules = [text_of(module.titles, language()) for module in query.modules] if query.is_chosen else []
    found = [
        (_("Organization name"), query.name),
        (_("Country"), country_name(query.country, language())),
        (_("Field of work"), sector_in_words(query.sector)),
        (_("Module"), reader().join(modules)),
        (_("State"), str(STAGES[query.stage]) if query.stage else ""),
    ]
    return [each for each in found if each[1]]


def what_is_told() -> str:
    """One sentence on whose names and days stand in the lines."""
    return _(
        "People are named where their organization shares names with its networks. Elsewhere they are numbered in the "
        "order in which they came, and days, languages and scores are left out."
    )


def _columns() -> Iterator[Column]:
    yield Column("organization", _("Organization"), width=34)
    yield Column("person", _("Person"), width=28)
    yield Column("module", _("Module"), width=34)
    yield Column("state", _("State"))
    yield from way_columns()
    yield Column("language", _("Language of completion"), width=14)
    yield Column("score", _("Score"), "percent", 10)


def _lines(query: DetailsQuery, network: Network, most: int | None) -> Iterator[Line]:
    """What is the same in many lines is worked out once, and nothing is called twice: there may be a million."""
    known = details.organizations(query)
    names = {id_: text_of(names, language()) for id_, (_public_id, names, _shares) in known.items()}
    titles = {module.id: text_of(module.titles, language()) for module in query.modules}
    states = str(STAGES[Stage.STARTED]), str(STAGES[Stage.COMPLETED])
    spoken = dict[str | None, str | None](LANGUAGE_NAMES) | {None: None}
    day_of, is_jalali, learner = LocalDays(network.time_zone).of, reader().is_jalali, cache(number_in_words)
    shares = {id_: shares for id_, (_public_id, _names, shares) in known.items()}
    for organization, number, name, module, started, completed, tongue, score in details.details(query, shares, most):
        began = day_of(started) if started else NO_DAYS
        done = day_of(completed) if completed else NO_DAYS
        who = name if number is None else learner(number)
        fixed = names[organization], who, titles[module], states[completed is not None]
        days = (*began, *done) if is_jalali else (began[0], done[0])
        yield (*fixed, *days, spoken[tongue], score)
