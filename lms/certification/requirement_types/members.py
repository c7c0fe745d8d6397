"""Who counts as an organization's staff."""

from sqlalchemy import Select, select

from lms.certification.requirement_types.base import Case
from lms.organizations.models import Membership
from lms.organizations.queries import in_force


def current_staff(case: Case) -> Select[int]:
    """Ids of the persons with a confirmed membership in force on the day, each once."""
    return (
        select(Membership.person_id)
        .where(
            Membership.organization_id == case.organization_id,
            Membership.confirmed_at.is_not(None),
            in_force(Membership, case.day),
        )
        .distinct()
    )
