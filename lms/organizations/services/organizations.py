"""Organizations, and their belonging to networks."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.db import Texts, db
from lms.events import emit
from lms.organizations.events import NamesShared, OrganizationAdded, OrganizationChanged, OrganizationLeft
from lms.organizations.kinds import Sector
from lms.organizations.models import Network, NetworkMembership, Organization
from lms.organizations.names import clean_names, set_names
from lms.organizations.services.memberships import lock


@dataclass(frozen=True)
class OrganizationFacts:
    """What is known of an organization beside its people."""

    names: Texts
    city: Texts
    country: str | None
    sector: Sector | None = None


def add_organization(network: Network, facts: OrganizationFacts, *, actor_id: int, now: datetime) -> Organization:
    """A new organization, member of a network."""
    organization = Organization(created_at=now)
    _set(organization, facts)
    db.session.add(organization)
    db.session.flush()
    admit_organization(network, organization, actor_id=actor_id, now=now)
    return organization


def change_organization(organization: Organization, facts: OrganizationFacts, *, actor_id: int, now: datetime) -> None:
    """Other names, another place."""
    _set(organization, facts)
    emit(OrganizationChanged(at=now, actor_id=actor_id, organization_id=organization.id))


def _set(organization: Organization, facts: OrganizationFacts) -> None:
    set_names(organization, facts.names)
    organization.city, organization.country = clean_names(facts.city), facts.country
    organization.sector = facts.sector


def share_names(organization: Organization, shares: bool, *, actor_id: int, now: datetime) -> None:
    """Allow the networks to see names of the organization's people, or not."""
    if organization.shares_names == shares:
        return
    organization.shares_names = shares
    emit(NamesShared(at=now, actor_id=actor_id, organization_id=organization.id, shares=shares))


def admit_organization(
    network: Network, organization: Organization, *, actor_id: int, now: datetime
) -> NetworkMembership:
    """Make an organization a member of a network, for the first time or again; twice is once.

    What was ended today is taken back; otherwise the time between stays a gap.
    """
    lock(organization.id)
    last = _last(network.id, organization.id)
    if last is not None and last.covers(now.date()):
        return last
    if last is not None and last.ends_on == now.date():
        last.ends_on, last.left_by_itself = None, False
    else:
        last = NetworkMembership(network_id=network.id, organization_id=organization.id, starts_on=now.date())
        db.session.add(last)
    db.session.flush()
    emit(OrganizationAdded(at=now, actor_id=actor_id, organization_id=organization.id, network_id=network.id))
    return last


def _last(network_id: int, organization_id: int) -> NetworkMembership | None:
    query = (
        select(NetworkMembership)
        .where(NetworkMembership.network_id == network_id, NetworkMembership.organization_id == organization_id)
        .order_by(NetworkMembership.id.desc())
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()


def end_network_membership(link: NetworkMembership, *, actor_id: int, now: datetime) -> None:
    """An organization leaves a network today; ending it twice is ending it once."""
    if not link.covers(now.date()):
        return
    planned = link.planned_end
    link.ends_on = now.date()
    emit(OrganizationLeft(now, actor_id, link.organization_id, link.network_id, planned))
