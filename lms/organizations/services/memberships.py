"""The rows of belonging: found, opened and ended under a lock on their organization."""

from datetime import date, datetime

from sqlalchemy import select

from lms.db import db
from lms.errors import NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.organizations.events import ManagerEnded, ManagerNamed
from lms.organizations.models import Grant, Membership, Organization
from lms.organizations.queries.force import in_force
from lms.security.actor import Role


def lock(organization_id: int) -> None:
    """Let nobody else change who belongs to the organization until this transaction ends."""
    db.session.get(Organization, organization_id, with_for_update=True, populate_existing=True)


def last_membership(organization_id: int, person_id: int) -> Membership | None:
    """The latest membership of a person in an organization, whatever its state."""
    query = (
        select(Membership)
        .where(Membership.organization_id == organization_id, Membership.person_id == person_id)
        .order_by(Membership.id.desc())
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()


def open_membership(organization_id: int, person_id: int, now: datetime) -> Membership:
    """A membership in force: the present one, or a new one that waits. What has ended stays as it was."""
    found = last_membership(organization_id, person_id)
    if found is not None and found.covers(now.date()):
        return found
    fresh = Membership(
        organization_id=organization_id,
        person_id=person_id,
        title=found.title if found else "",
        starts_on=now.date(),
        created_at=now,
    )
    db.session.add(fresh)
    db.session.flush()
    return fresh


def manager_grant(organization_id: int, person_id: int, day: date) -> Grant | None:
    """The grant by which a person manages an organization on a day."""
    query = select(Grant).where(Grant.role == Role.MANAGER, Grant.organization_id == organization_id)
    return db.session.scalars(query.where(Grant.person_id == person_id, in_force(Grant, day)).limit(1)).one_or_none()


def grant_management(organization_id: int, person_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Make a person manager; twice is once."""
    if manager_grant(organization_id, person_id, now.date()) is not None:
        return
    db.session.add(
        Grant(
            person_id=person_id,
            role=Role.MANAGER,
            organization_id=organization_id,
            granted_by_id=actor_id,
            starts_on=now.date(),
            created_at=now,
        )
    )
    db.session.flush()
    emit(ManagerNamed(at=now, actor_id=actor_id, person_id=person_id, organization_id=organization_id))


def end_management(organization_id: int, person_id: int, *, actor_id: int, now: datetime) -> None:
    """Take the management from a person who has it. Raises NotAllowed where nobody else manages."""
    grant = manager_grant(organization_id, person_id, now.date())
    if grant is None:
        return
    others = select(Grant.id).where(
        Grant.role == Role.MANAGER,
        Grant.organization_id == organization_id,
        Grant.person_id != person_id,
        in_force(Grant, now.date()),
    )
    if db.session.scalar(others.limit(1)) is None:
        raise NotAllowed(
            _("An organization needs a manager. First make somebody else manager, or ask the network to invite one.")
        )
    grant.ends_on = now.date()
    db.session.flush()
    emit(ManagerEnded(at=now, actor_id=actor_id, person_id=person_id, organization_id=organization_id))
