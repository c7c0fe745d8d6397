"""What is known before a list comes, and the lists that came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from lms.accounts.names import mail_key
from lms.db import db
from lms.imports.plan import Known, key_of
from lms.organizations.models import Invitation, InvitedAs, Organization
from lms.organizations.queries import current_members, organization_by_public_id
from lms.security.actor import Scope
from lms.text import fold_key, search_terms


def known_in(organization: Organization, day: date, at: datetime) -> Known:
    """What the manager of an organization knows on a day.

    Mail addresses come from the links that were made here, never from accounts: those are their owners' own.
    """
    links = db.session.execute(
        select(Invitation.name, Invitation.email, Invitation.uses, Invitation.expires_at, Invitation.revoked_at).where(
            Invitation.organization_id == organization.id,
            Invitation.invited_as == InvitedAs.MEMBER,
            Invitation.max_uses == 1,
        )
    ).all()
    still_open = [link for link in links if not link.uses and link.revoked_at is None and link.expires_at > at]
    return Known(
        frozenset(fold_key(person.display_name) for person in current_members(organization.id, day)),
        frozenset(key_of(link.name, link.email) for link in still_open if link.name or link.email),
        frozenset(mail_key(link.email) for link in links if link.uses and link.email),
        frozenset(fold_key(name) for name in organization.names.values()),
    )


@dataclass(frozen=True)
class StaffList:
    """The links that were made from one list."""

    organization: Organization
    batch: str
    invitations: Sequence[Invitation]

    def scope(self) -> Scope:
        """The organization's own: no network sees links of its people."""
        return Scope(organization_id=self.organization.id)


def named(invitations: Sequence[Invitation], search: str) -> list[Invitation]:
    """Those whose name or mail address holds every word of `search`, in any spelling."""
    terms = search_terms(search)
    return [each for each in invitations if all(term in fold_key(f"{each.name} {each.email}") for term in terms)]


def staff_list(public_id: str, batch: str) -> StaffList | None:
    """The list with that id in an organization, in its order."""
    organization = organization_by_public_id(public_id)
    if organization is None:
        return None
    query = select(Invitation).where(Invitation.organization_id == organization.id, Invitation.batch == batch)
    found = db.session.scalars(query.order_by(Invitation.id)).all()
    return StaffList(organization, batch, found) if found else None
