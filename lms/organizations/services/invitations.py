"""Links into an organization: made, closed, opened again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.db import db
from lms.errors import DomainError, NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.organizations.events import InvitationMade, InvitationReopened, InvitationRevoked
from lms.organizations.models import Invitation, InvitedAs, Organization
from lms.text import short_id

LIFE = timedelta(days=30)
CODE_LENGTH = 16
LONGEST_LIFE, MOST_USES = timedelta(days=90), 500


@dataclass(frozen=True)
class Invited:
    """For whom a single link is: as much as is known."""

    name: str = ""
    language: str = "fa"
    email: str = ""


def invite(
    organization: Organization, invited: Invited, *, as_: InvitedAs = InvitedAs.MEMBER, actor_id: int, now: datetime
) -> Invitation:
    """A link for one person, open for a month."""
    return _add(
        Invitation(
            organization_id=organization.id,
            invited_as=as_,
            name=invited.name,
            email=invited.email,
            language=invited.language,
            max_uses=1,
            expires_at=now + LIFE,
        ),
        actor_id,
        now,
    )


def open_shared_link(
    organization: Organization, *, language: str, days: int, most: int, actor_id: int, now: datetime
) -> Invitation:
    """A link for many: each who comes by it waits for the manager.

    Raises DomainError (fields days, most) where it would be open too long or for too many.
    """
    if not 1 <= days <= LONGEST_LIFE.days:
        raise DomainError(_("A shared link is open for 1 to 90 days."), "days")
    if not 2 <= most <= MOST_USES:
        raise DomainError(_("A shared link is for 2 to 500 people."), "most")
    link = Invitation(
        organization_id=organization.id, language=language, max_uses=most, expires_at=now + timedelta(days=days)
    )
    return _add(link, actor_id, now)


def _add(invitation: Invitation, actor_id: int, now: datetime) -> Invitation:
    invitation.code = short_id(CODE_LENGTH)
    invitation.created_at, invitation.created_by_id, invitation.uses = now, actor_id, 0
    db.session.add(invitation)
    db.session.flush()
    emit(
        InvitationMade(
            at=now,
            actor_id=actor_id,
            organization_id=invitation.organization_id,
            invitation_id=invitation.id,
            invited_as=str(invitation.invited_as),
        )
    )
    return invitation


def revoke(invitation: Invitation, *, actor_id: int, now: datetime) -> None:
    """Close a link: nobody joins by it any more. Twice is once."""
    if invitation.revoked_at is not None:
        return
    invitation.revoked_at = now
    emit(
        InvitationRevoked(
            at=now, actor_id=actor_id, organization_id=invitation.organization_id, invitation_id=invitation.id
        )
    )


def reopen(invitation: Invitation, *, actor_id: int, now: datetime) -> None:
    """Let a closed or expired link work again, for a month where its time is over.

    Raises NotAllowed where it was used up.
    """
    if invitation.is_used_up:
        raise NotAllowed(_("This link was used. Make a new one."))
    if invitation.is_open(now):
        return
    invitation.revoked_at = None
    if invitation.expires_at <= now:
        invitation.expires_at = now + LIFE
    emit(
        InvitationReopened(
            at=now, actor_id=actor_id, organization_id=invitation.organization_id, invitation_id=invitation.id
        )
    )
