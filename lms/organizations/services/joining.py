"""Joining an organization by a link."""

from datetime import datetime

from lms.accounts.models import Person
from lms.db import db
from lms.errors import NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.organizations.events import JoinAsked
from lms.organizations.models import Invitation, InvitedAs, Membership
from lms.organizations.services.members import confirm
from lms.organizations.services.memberships import (
    grant_management,
    last_membership,
    lock,
    manager_grant,
    open_membership,
)


def join(invitation: Invitation, person: Person, *, now: datetime) -> Membership:
    """Make a person a member by a link; who is one already stays one, and the link is not used up.

    A link for one person confirms at once, a shared one lets her wait for the manager. Raises NotAllowed where the
    link is not open.
    """
    # Locked in this order by everyone: two browsers cannot use one place of a link.
    lock(invitation.organization_id)
    db.session.get(Invitation, invitation.id, with_for_update=True, populate_existing=True)
    present = last_membership(invitation.organization_id, person.id)
    if present is not None and present.covers(now.date()) and _gains_nothing(invitation, present, now):
        return present
    if invitation.invited_as == InvitedAs.NETWORK or not invitation.is_open(now):
        raise NotAllowed(_("This link does not work any more."))
    invitation.uses += 1
    membership = open_membership(invitation.organization_id, person.id, now)
    if not invitation.is_single:
        emit(JoinAsked(at=now, actor_id=person.id, organization_id=invitation.organization_id, person_id=person.id))
        return membership
    if membership.confirmed_at is None:
        membership.invited_at = invitation.created_at
    confirm(membership, actor_id=invitation.created_by_id, now=now)
    if invitation.invited_as == InvitedAs.MANAGER:
        grant_management(invitation.organization_id, person.id, actor_id=invitation.created_by_id, now=now)
    return membership


def _gains_nothing(invitation: Invitation, present: Membership, now: datetime) -> bool:
    """Whether the link would make no more of the person than she is."""
    if invitation.invited_as == InvitedAs.MANAGER:
        return manager_grant(invitation.organization_id, present.person_id, now.date()) is not None
    return present.confirmed_at is not None or not invitation.is_single
