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

_NETWORK, _ORGANIZATION = lazy_gettext("an admin of the network"), lazy_gettext("somebody of the organization")


@dataclass(frozen=True)
class Who:
    """Somebody who did something: her name where the reader may know it, else on whose side she is."""

    text: str
    is_name: bool


def who_did(ids: Collection[int], organization_id: int, network_id: int, reader: Actor) -> dict[int, Who]:
    """A network's admins know the names of their network's admins, an organization's people those of their own."""
    admin = exists().where(
        Grant.person_id == Person.id, Grant.role == Role.NETWORK_ADMIN, Grant.network_id == network_id
    )
    staff = exists().where(Membership.person_id == Person.id, Membership.organization_id == organization_id)
    manager = exists().where(Grant.person_id == Person.id, Grant.organization_id == organization_id)
    query = select(Person.id, Person.display_name, Person.erased_at, admin, staff | manager).where(Person.id.in_(ids))
    administers = network_id in reader.networks_as(Role.NETWORK_ADMIN)
    belongs = organization_id in reader.organization_ids | reader.organizations_as(Role.MANAGER)
    found = {}
    for id_, name, erased_at, of_network, of_organization in db.session.execute(query):
        known = erased_at is None and ((of_network and administers) or (of_organization and belongs))
        found[id_] = Who(name, True) if known else Who(_side(of_network, of_organization), False)
    return found


def _side(of_network: bool, of_organization: bool) -> str:
    if of_network:
        return str(_NETWORK)
    return str(_ORGANIZATION) if of_organization else _("somebody else")
