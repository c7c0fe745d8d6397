"""Organizations that are there already, in and out of networks: only with their own consent."""

from datetime import datetime

from lms.db import db
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.organizations.models import Invitation, InvitedAs, Network, NetworkMembership, Organization
from lms.organizations.services.invitations import Invited, invite
from lms.organizations.services.memberships import lock
from lms.organizations.services.organizations import admit_organization, end_network_membership


def offer_to_networks(organization: Organization, *, actor_id: int, now: datetime) -> Invitation:
    """A link by which one network can admit the organization; it stands for the organization's consent."""
    return invite(organization, Invited(), as_=InvitedAs.NETWORK, actor_id=actor_id, now=now)


def admit_by_link(invitation: Invitation, network: Network, *, actor_id: int, now: datetime) -> NetworkMembership:
    """Admit the organization that a link offers. Raises NotAllowed where the link is not open or not such a one."""
    lock(invitation.organization_id)
    db.session.get(Invitation, invitation.id, with_for_update=True, populate_existing=True)
    if invitation.invited_as != InvitedAs.NETWORK or not invitation.is_open(now):
        raise NotAllowed(_("This link does not work any more."))
    invitation.uses += 1
    return admit_organization(network, invitation.organization, actor_id=actor_id, now=now)


def leave_network(link: NetworkMembership, *, actor_id: int, now: datetime) -> None:
    """An organization leaves a network by itself; twice is once."""
    lock(link.organization_id)
    if not link.covers(now.date()):
        return
    end_network_membership(link, actor_id=actor_id, now=now)
    link.left_by_itself = True


def take_back(link: NetworkMembership, *, actor_id: int, now: datetime) -> NetworkMembership:
    """A network takes a former member back. Raises NotAllowed where the organization left by itself."""
    lock(link.organization_id)
    if link.left_by_itself and not link.covers(now.date()):
        raise NotAllowed(_("This organization left by itself. It can come back by a link that its manager makes."))
    return admit_organization(link.network, link.organization, actor_id=actor_id, now=now)
