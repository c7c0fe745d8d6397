"""What belonging keeps about a person: exported, erased, and what has to be handed over before."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased, joinedload

from lms.accounts.models import Person
from lms.accounts.names import mail_key
from lms.accounts.privacy import Hindrance, register_erase_check, register_eraser, register_exporter
from lms.clock import today
from lms.db import db, text_of
from lms.events import emit
from lms.i18n import gettext, language, lazy_gettext
from lms.organizations.events import AdminEnded, ManagerEnded, MemberLeft, ReviewerEnded
from lms.organizations.models import Grant, Invitation, Membership, Network, Organization
from lms.organizations.queries import in_force
from lms.security.actor import Role
from lms.text import isolate

LABELS = {
    "organization": lazy_gettext("Organization"),
    "network": lazy_gettext("Network"),
    "role": lazy_gettext("Role"),
    "title": lazy_gettext("What you do there"),
    "post": lazy_gettext("Post"),
    "from": lazy_gettext("First day"),
    "to": lazy_gettext("Ended on"),
    "invited_at": lazy_gettext("Invited at"),
    "confirmed_at": lazy_gettext("Confirmed at"),
}


def memberships_of(person: Person) -> list[dict[str, Any]]:
    """Every membership of a person, ended ones too."""
    query = select(Membership).join(Membership.organization).where(Membership.person_id == person.id)
    return [
        {
            "organization": text_of(row.organization.names, language()),
            "title": row.title,
            "post": str(row.post) if row.post else None,
            "from": row.starts_on,
            "to": row.ends_on,
            "invited_at": row.invited_at,
            "confirmed_at": row.confirmed_at,
        }
        for row in db.session.scalars(query.order_by(Membership.id))
    ]


def grants_of(person: Person) -> list[dict[str, Any]]:
    """Every role of a person, ended ones too."""
    query = select(Grant).where(Grant.person_id == person.id).order_by(Grant.id)
    return [
        {
            "role": str(row.role),
            "organization": text_of(row.organization.names, language()) if row.organization else None,
            "network": text_of(row.network.names, language()) if row.network else None,
            "from": row.starts_on,
            "to": row.ends_on,
        }
        for row in db.session.scalars(query)
    ]


def held_alone(person: Person) -> list[Hindrance]:
    """Every organization, network or installation that would have nobody left without her, and where to change that."""
    return [
        _hindrance(grant)
        for role in (Role.MANAGER, Role.NETWORK_ADMIN, Role.OPERATOR)
        for grant in db.session.scalars(_held_alone(person.id, role, today()))
    ]


def _hindrance(grant: Grant) -> Hindrance:
    if grant.organization is not None:
        message = gettext("You are the only manager of %(name)s. First make somebody else manager.")
        action, endpoint = gettext("Hand the management over"), "boards.organization_successor"
        return Hindrance(message % _named(grant.organization), action, endpoint, _address(grant.organization))
    if grant.network is not None:
        message = gettext("You are the only admin of %(name)s. First name another one.")
        action, endpoint = gettext("Name another admin"), "boards.network_admins"
        return Hindrance(message % _named(grant.network), action, endpoint, _address(grant.network))
    return Hindrance(gettext("You are the only operator of this installation. First name another one."))


def _named(place: Organization | Network) -> dict[str, str]:
    return {"name": isolate(text_of(place.names, language()))}


def _address(place: Organization | Network) -> dict[str, str]:
    return {"public_id": place.public_id}


def _held_alone(person_id: int, role: Role, day: date) -> Select[Any]:
    other = aliased(Grant)
    others = select(other.id).where(
        other.role == role,
        other.person_id != person_id,
        _same(other.organization_id, Grant.organization_id),
        _same(other.network_id, Grant.network_id),
        in_force(other, day),
    )
    mine = select(Grant).where(Grant.person_id == person_id, Grant.role == role, in_force(Grant, day))
    whole = mine.options(joinedload(Grant.organization), joinedload(Grant.network))
    return whole.where(~others.exists()).order_by(Grant.id)


def _same(one: Any, other: Any) -> ColumnElement[bool]:
    return or_(one == other, and_(one.is_(None), other.is_(None)))


def end_belonging(person: Person, now: datetime) -> None:
    """End every membership and role of a person who is erased, and empty what names her in their rows."""
    day = now.date()
    for grant in db.session.scalars(select(Grant).where(Grant.person_id == person.id, Grant.ends_on.is_(None))):
        grant.ends_on = max(day, grant.starts_on)
        _tell_ended(grant, person.id, now)
    # In the order in which whoever counts what she learns holds her organizations.
    hers = select(Membership).where(Membership.person_id == person.id).order_by(Membership.organization_id)
    for membership in db.session.scalars(hers):
        _end(membership, person.id, now)
    _empty_invitations(person)


def _tell_ended(grant: Grant, person_id: int, now: datetime) -> None:
    if grant.role == Role.MANAGER and grant.organization_id is not None:
        emit(ManagerEnded(at=now, actor_id=person_id, person_id=person_id, organization_id=grant.organization_id))
    elif grant.role == Role.NETWORK_ADMIN and grant.network_id is not None:
        emit(AdminEnded(at=now, actor_id=person_id, person_id=person_id, network_id=grant.network_id))
    elif grant.role == Role.REVIEWER and grant.network_id is not None:
        emit(ReviewerEnded(at=now, actor_id=person_id, person_id=person_id, network_id=grant.network_id))


def _end(membership: Membership, person_id: int, now: datetime) -> None:
    membership.title = ""
    if not membership.covers(now.date()):
        return
    planned = membership.planned_end
    membership.ends_on, membership.ended_by_id = now.date(), person_id
    if membership.confirmed_at is not None:
        emit(MemberLeft(now, person_id, person_id, membership.organization_id, planned))


def _empty_invitations(person: Person) -> None:
    joined = select(Membership.organization_id).where(Membership.person_id == person.id)
    hers = select(Invitation).where(Invitation.organization_id.in_(joined), Invitation.uses > 0)
    address = mail_key(person.email or "")
    for row in db.session.scalars(hers):
        if (row.name and row.name == person.display_name) or (address and mail_key(row.email) == address):
            row.name = row.email = ""


def register_privacy() -> None:
    """Tell accounts how belonging is exported and erased."""
    register_exporter("memberships", memberships_of, title=lazy_gettext("Memberships"), labels=LABELS)
    register_exporter("roles", grants_of, title=lazy_gettext("Roles"), labels=LABELS)
    register_erase_check(held_alone)
    register_eraser(end_belonging)
