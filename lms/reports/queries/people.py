"""Which organizations are shown."""

from datetime import date

from sqlalchemy import BindParameter, ColumnElement, Select, and_, select

from lms.organizations.models import NetworkMembership, Organization
from lms.organizations.queries import in_force
from lms.organizations.queries.search import matching as named
from lms.reports.counters.models import Kind
from lms.reports.queries.columns import Columns
from lms.reports.queries.stock import standing
from lms.reports.query import CompletionQuery, Progress


def organizations_of(network_id: int | BindParameter[int], day: date | BindParameter[date]) -> Select[int]:
    """Ids of the organizations that are in a network on a day."""
    return select(NetworkMembership.organization_id).where(
        NetworkMembership.network_id == network_id, in_force(NetworkMembership, day)
    )


def bearing(network_id: int, day: date, name: str, country: str, sector: str) -> Select[int]:
    """Ids of those of a network's organizations that have words in their name, a country and a field of work."""
    found: Select[int] = named(
        select(Organization.id).where(Organization.id.in_(organizations_of(network_id, day))), Organization.folded, name
    )
    if country:
        found = found.where(Organization.country == country)
    return found.where(Organization.sector == sector) if sector else found


def matching(query: CompletionQuery, columns: Columns) -> Select[int]:
    """Ids of the organizations that the query asks for."""
    found = bearing(query.network_id, columns.day, query.name, query.country, query.sector)
    if query.fewer is not None and not query.is_cut:
        # Under a cut only what it shows may tell: `queries/fewer.py`.
        found = found.where(standing(Organization.id, columns, Kind.COMPLETED, columns.module_ids) < query.fewer)
    if query.progress is not None:
        found = found.where(_at(query.progress, columns))
    return found


def _at(progress: Progress, columns: Columns) -> ColumnElement[bool]:
    begun = standing(Organization.id, columns, Kind.BEGUN, columns.module_ids) > 0
    if progress is Progress.NOT_STARTED:
        return ~begun
    people = standing(Organization.id, columns, Kind.MEMBER)
    completed = standing(Organization.id, columns, Kind.COMPLETED, columns.module_ids)
    everybody = and_(people > 0, completed == people * len(columns.module_ids))
    return everybody if progress is Progress.COMPLETED else and_(begun, ~everybody)
