"""Organizations."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import or_, select

from lms.db import Texts, db
from lms.organizations.models import NetworkMembership, Organization
from lms.organizations.names import folded_names
from lms.organizations.queries.force import in_force

MOST_SIMILAR = 5


def organization_by_public_id(public_id: str) -> Organization | None:
    """The organization with that public id."""
    return db.session.scalars(select(Organization).where(Organization.public_id == public_id)).one_or_none()


def organizations_by_ids(ids: Collection[int]) -> Sequence[Organization]:
    """The organizations with these ids, oldest first."""
    query = select(Organization).where(Organization.id.in_(ids)).order_by(Organization.id)
    return db.session.scalars(query).all() if ids else []


def similar_organizations(
    names: Texts, network_ids: Collection[int], network_id: int, day: date
) -> list[tuple[Organization, bool]]:
    """Organizations that bear one of the names in any spelling, as (Organization, whether in the network today).

    Only those that belong or belonged to one of the networks: nobody learns of others.
    """
    keys = folded_names(names).split("\n")
    same = [Organization.folded.contains(f"\n{key}\n", autoescape=True) for key in keys if key]
    known = select(NetworkMembership.organization_id).where(
        NetworkMembership.network_id.in_({*network_ids, network_id})
    )
    inside = select(NetworkMembership.organization_id).where(
        NetworkMembership.network_id == network_id, in_force(NetworkMembership, day)
    )
    query = (
        select(Organization, Organization.id.in_(inside).label("inside"))
        .where(or_(*same), Organization.id.in_(known))
        .order_by(Organization.id)
        .limit(MOST_SIMILAR)
    )
    return [(organization, inside) for organization, inside in db.session.execute(query)] if same else []
