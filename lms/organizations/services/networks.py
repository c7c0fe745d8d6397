"""Networks and their admins."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select

from lms.accounts.models import Person
from lms.db import Texts, db
from lms.errors import NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.organizations.events import (
    AdminEnded,
    AdminNamed,
    NetworkChanged,
    NetworkCreated,
    ReviewerEnded,
    ReviewerNamed,
)
from lms.organizations.kinds import Basis, Form, Reach
from lms.organizations.models import LEAST_THRESHOLD, Grant, Network
from lms.organizations.names import set_names
from lms.organizations.queries.force import in_force
from lms.security.actor import Role


@dataclass(frozen=True)
class NetworkFacts:
    """What is known of a network beside its members."""

    names: Texts
    form: Form
    reach: Reach
    basis: Basis
    country: str | None
    time_zone: str
    #: Smaller groups are hidden in its reports.
    threshold: int = LEAST_THRESHOLD


def create_network(facts: NetworkFacts, *, actor_id: int, now: datetime) -> Network:
    """A new network; its creator becomes its admin."""
    network = Network(created_at=now)
    _set(network, facts)
    db.session.add(network)
    db.session.flush()
    _grant(network, actor_id, actor_id, now)
    emit(NetworkCreated(at=now, actor_id=actor_id, network_id=network.id))
    return network


def change_network(network: Network, facts: NetworkFacts, *, actor_id: int, now: datetime) -> None:
    """Other names, another kind, other days."""
    moves_days = network.time_zone != facts.time_zone
    _set(network, facts)
    emit(NetworkChanged(at=now, actor_id=actor_id, network_id=network.id, moves_days=moves_days))


def _set(network: Network, facts: NetworkFacts) -> None:
    set_names(network, facts.names)
    network.form, network.reach, network.basis = facts.form, facts.reach, facts.basis
    network.country, network.time_zone, network.threshold = facts.country, facts.time_zone, facts.threshold


def name_admin(network: Network, person: Person, *, actor_id: int, now: datetime) -> Grant:
    """Make a person admin of a network; naming one who is admin already changes nothing."""
    present = admin_grant(network.id, person.id, now.date())
    if present is not None:
        return present
    grant = _grant(network, person.id, actor_id, now)
    emit(AdminNamed(at=now, actor_id=actor_id, network_id=network.id, person_id=person.id))
    return grant


def end_admin(grant: Grant, *, actor_id: int, now: datetime) -> None:
    """Take a network's administration from a person. Raises NotAllowed where nobody would be left."""
    assert grant.network_id is not None
    # Locked, so that two admins cannot take each other's away at once.
    db.session.get(Network, grant.network_id, with_for_update=True, populate_existing=True)
    if not grant.covers(now.date()):
        return
    others = select(Grant.id).where(*_admins(grant.network_id, now.date()), Grant.person_id != grant.person_id)
    if db.session.scalar(others.limit(1)) is None:
        raise NotAllowed(_("A network needs an admin. Name another one first."))
    grant.ends_on = now.date()
    emit(AdminEnded(at=now, actor_id=actor_id, network_id=grant.network_id, person_id=grant.person_id))


def name_reviewer(network: Network, person: Person, *, actor_id: int, now: datetime) -> Grant:
    """Let a person review evidence for a network; naming one who does already changes nothing."""
    present = select(Grant).where(*_holders(network.id, Role.REVIEWER, now.date()), Grant.person_id == person.id)
    found = db.session.scalars(present.limit(1)).one_or_none()
    if found is not None:
        return found
    grant = _grant(network, person.id, actor_id, now, Role.REVIEWER)
    emit(ReviewerNamed(at=now, actor_id=actor_id, network_id=network.id, person_id=person.id))
    return grant


def end_reviewer(grant: Grant, *, actor_id: int, now: datetime) -> None:
    """Let a person review for a network no more."""
    assert grant.network_id is not None
    if grant.covers(now.date()):
        grant.ends_on = now.date()
        emit(ReviewerEnded(at=now, actor_id=actor_id, network_id=grant.network_id, person_id=grant.person_id))


def admin_grant(network_id: int, person_id: int, day: date) -> Grant | None:
    """The grant by which a person administers a network on a day."""
    query = select(Grant).where(*_admins(network_id, day), Grant.person_id == person_id)
    return db.session.scalars(query.limit(1)).one_or_none()


def _admins(network_id: int, day: date) -> tuple[ColumnElement[bool], ...]:
    return _holders(network_id, Role.NETWORK_ADMIN, day)


def _holders(network_id: int, role: Role, day: date) -> tuple[ColumnElement[bool], ...]:
    return (Grant.role == role, Grant.network_id == network_id, in_force(Grant, day))


def _grant(network: Network, person_id: int, actor_id: int, now: datetime, role: Role = Role.NETWORK_ADMIN) -> Grant:
    grant = Grant(
        person_id=person_id,
        role=role,
        network_id=network.id,
        granted_by_id=actor_id,
        starts_on=now.date(),
        created_at=now,
    )
    db.session.add(grant)
    db.session.flush()
    return grant
