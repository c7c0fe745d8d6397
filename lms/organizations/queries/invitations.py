"""Links into organizations."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from lms.db import db
from lms.organizations.models import Invitation, InvitedAs
from lms.paging import Page, page_of

LONGEST_CODE = 32


def invitation_by_public_id(public_id: str) -> Invitation | None:
    """The invitation with that public id."""
    query = select(Invitation).where(Invitation.public_id == public_id).options(joinedload(Invitation.organization))
    return db.session.scalars(query).one_or_none()


def invitation_by_code(code: str) -> Invitation | None:
    """The invitation that a link leads to; upper case and lower case are one."""
    if len(code) > LONGEST_CODE:
        return None
    query = select(Invitation).where(Invitation.code == code.lower()).options(joinedload(Invitation.organization))
    return db.session.scalars(query).one_or_none()


def open_manager_links(organization_id: int, at: datetime) -> Sequence[Invitation]:
    """Links that make a manager and can still be used, newest first."""
    query = select(Invitation).where(
        Invitation.organization_id == organization_id,
        Invitation.invited_as == InvitedAs.MANAGER,
        Invitation.uses == 0,
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > at,
    )
    return db.session.scalars(query.order_by(Invitation.id.desc())).all()


def invitations_of(organization_id: int, at: datetime, *, closed: bool = False, page: int = 1) -> Page[Invitation]:
    """The links of an organization that can still be used, or those that were closed or ran out, newest first."""
    left = or_(Invitation.max_uses.is_(None), Invitation.uses < Invitation.max_uses)
    alive = Invitation.revoked_at.is_(None) & (Invitation.expires_at > at)
    query = select(Invitation).where(Invitation.organization_id == organization_id, left, ~alive if closed else alive)
    found = page_of(query.order_by(Invitation.id.desc()), page)
    return Page([row[0] for row in found.items], found.number, found.total, found.size)
