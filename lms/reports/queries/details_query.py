"""What the people of a whole network, by module, are asked for, and how many lines that gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, case, func, select

from lms.certification.queries import local_day
from lms.db import db
from lms.organizations.models import Network, NetworkMembership
from lms.reports.counters.models import ANY, ANY_LANGUAGE, COUNTER, Kind
from lms.reports.queries.modules import ReportModule
from lms.reports.queries.people import bearing, organizations_of
from lms.reports.queries.persons import Stage


@dataclass(frozen=True)
class DetailsQuery:
    """What the details of a network are asked for: one object for the page and for every file."""

    network_id: int
    #: Whose memberships count, in the network's time zone.
    day: date
    #: The modules of the report, or the one that is asked for.
    modules: tuple[ReportModule, ...]
    #: Whether it is one that was asked for.
    is_chosen: bool = False
    #: One of the network's organizations, else all.
    organization_id: int | None = None
    #: Words of the organization's name, its country and its field of work.
    name: str = ""
    country: str = ""
    sector: str = ""
    #: How far people are with a module, else both that have a line.
    stage: Stage | None = None

    def organizations(self) -> Select[int]:
        """Ids of those whose people are meant."""
        if self.name or self.country or self.sector:
            return bearing(self.network_id, self.day, self.name, self.country, self.sector)
        found = organizations_of(self.network_id, self.day)
        one = self.organization_id
        return found if one is None else found.where(NetworkMembership.organization_id == one)


def details_of(
    network: Network, modules: Sequence[ReportModule], chosen: ReportModule | None, now: datetime
) -> DetailsQuery:
    """What is asked for: one of the modules, or all."""
    asked = tuple(modules) if chosen is None else (chosen,)
    return DetailsQuery(network.id, local_day(network, now), asked, chosen is not None)


def expected(query: DetailsQuery) -> int:
    """How many lines there are, as the counters say: another source than that of the lines. One statement."""
    kept = COUNTER.c
    # Who is under way has begun and not completed.
    kinds = {None: {Kind.BEGUN: 1}, Stage.COMPLETED: {Kind.COMPLETED: 1}}
    counted = kinds.get(query.stage, {Kind.BEGUN: 1, Kind.COMPLETED: -1})
    sign = case({kind.value: times for kind, times in counted.items()}, value=kept.kind)
    found = db.session.scalar(
        select(func.sum(kept.change * sign)).where(
            kept.network_id == ANY,
            kept.organization_id.in_(query.organizations()),
            kept.module_id.in_([module.id for module in query.modules]),
            kept.kind.in_([kind.value for kind in counted]),
            kept.edition_id == ANY,
            kept.language == ANY_LANGUAGE,
            kept.day <= query.day,
        )
    )
    return int(found or 0)
