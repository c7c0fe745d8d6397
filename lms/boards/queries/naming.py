"""Whom a reader may know by name on a page that both an organization and its network read."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, select

from lms.accounts.models import Person
from lms.db import db
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext
from lms.organizations.models import Grant, Membership
from lms.security.actor import Actor, Role

_NETWORK, _REVIEWER = lazy_gettext("an admin of the network"), lazy_gettext("a reviewer of the network")
_ORGANIZATION = lazy_gettext("somebody of the organization")


@dataclass(frozen=True)
class Who:
    """Somebody who did something: her name where the reader may know it, else on whose side she is."""

    text: str
    is_name: bool


def who_did(ids: Collection[int], organization_id: int, network_id: int, reader: Actor) -> dict[int, Who]:
    """A network's admins know the names of their network's admins and reviewers, an organization's people those of
    their own."""
    granted = (Grant.person_id == Person.id, Grant.network_id == network_id)
    admin = exists().where(*granted, Grant.role == Role.NETWORK_ADMIN)
    reviewer = exists().where(*granted, Grant.role == Role.REVIEWER)
    staff = exists().where(Membership.person_id == Person.id, Membership.organization_id == organization_id)
    manager = exists().where(Grant.person_id == Person.id, Grant.organization_id == organization_id)
    sides = (admin, reviewer, staff | manager)
    query = select(Person.id, Person.display_name, Person.erased_at, *sides).where(Person.id.in_(ids))
    administers = network_id in reader.networks_as(Role.NETWORK_ADMIN)
    belongs = organization_id in reader.organization_ids | reader.organizations_as(Role.MANAGER)
    found = {}
    for id_, name, erased_at, is_admin, is_reviewer, is_staff in db.session.execute(query):
        known = erased_at is None and (((is_admin or is_reviewer) and administers) or (is_staff and belongs))
        found[id_] = Who(name, True) if known else Who(_side(is_admin, is_reviewer, is_staff), False)
    return found


def _side(is_admin: bool, is_reviewer: bool, is_staff: bool) -> str:
    sides = ((is_admin, _NETWORK), (is_reviewer, _REVIEWER), (is_staff, _ORGANIZATION))
    return next((str(side) for applies, side in sides if applies), _("somebody else"))
