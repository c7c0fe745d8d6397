"""Who counts as an organization's staff, and since when what they completed counts."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, select

from lms.certification.phases import months_later
from lms.certification.requirement_types.base import Case, Parameters
from lms.organizations.models import Membership
from lms.organizations.queries import in_force
from lms.progress.models import ModuleCompletion


def current_staff(cases: Sequence[Case]) -> Select[int, int]:
    """Organization and person of each confirmed membership in force on the day of the cases, each once."""
    return (
        select(Membership.organization_id, Membership.person_id)
        .where(
            Membership.organization_id.in_([case.organization_id for case in cases]),
            Membership.confirmed_at.is_not(None),
            in_force(Membership, cases[0].day),
        )
        .distinct()
    )


def counts(cases: Sequence[Case], parameters: Parameters) -> ColumnElement[bool]:
    """Whether a completion is neither of later than the day nor older than the months that a requirement names."""
    case, months = cases[0], parameters.get("months")
    until = ModuleCompletion.occurred_at < case.until
    if months is None:
        return until
    since = datetime.combine(months_later(case.day, -months), time(), case.until.tzinfo or ZoneInfo("UTC"))
    return until & (ModuleCompletion.occurred_at >= since)


def by_organization(cases: Sequence[Case], rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Rows by their first column, an organization's id; none for who has no row."""
    found: dict[int, list[Any]] = {case.organization_id: [] for case in cases}
    for row in rows:
        found[row[0]].append(row)
    return found
