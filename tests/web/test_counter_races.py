"""Somebody learns while her membership, or her organization's, is just changing: neither is forgotten."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.services.erasing import erase_person
from lms.clock import now
from lms.db import db
from lms.events import emit
from lms.organizations.models import Membership, Network, Organization
from lms.organizations.services import admit_organization, end_membership
from lms.organizations.services.members import confirm
from lms.organizations.services.memberships import lock, open_membership
from lms.progress.events import ModuleCompleted
from lms.progress.models import ModuleCompletion
from lms.progress.services import enrol
from lms.reports.counters import differences
from lms.training.models import Module
from tests.certification import make_module, make_scheme
from tests.factories import make_member, make_network, make_organization, make_person
from tests.gains import gain
from tests.meeting import meet


def joins(organization_id: int, _network_id: int, person_id: int) -> None:
    """She joins the organization."""
    lock(organization_id)
    confirm(open_membership(organization_id, person_id, now()), actor_id=None, now=now())


def leaves(organization_id: int, _network_id: int, person_id: int) -> None:
    """She leaves it."""
    query = select(Membership).where(Membership.organization_id == organization_id, Membership.person_id == person_id)
    end_membership(db.session.scalars(query).one(), actor_id=person_id, now=now())


def is_admitted(organization_id: int, network_id: int, _person_id: int) -> None:
    """The organization joins a network."""
    network, organization = (
        db.session.get_one(Network, network_id),
        db.session.get_one(Organization, organization_id),
    )
    admit_organization(network, organization, actor_id=make_actor(), now=now())


def is_erased(_organization_id: int, _network_id: int, person_id: int) -> None:
    """She is erased."""
    erase_person(db.session.get_one(Person, person_id), now())


def make_actor() -> int:
    """Somebody's id."""
    return db.session.scalars(select(Person.id).order_by(Person.id)).first() or 0


def learns(module_id: int, person_id: int) -> None:
    """She begins and completes a module, and is seen to have gained by it."""
    module = db.session.get_one(Module, module_id)
    enrol(person_id, module, now())
    edition = module.current_version_id or 0
    made = ModuleCompletion(
        person_id=person_id,
        module_id=module_id,
        version_id=edition,
        edition_id=edition,
        language="fa",
        score=None,
        occurred_at=now(),
    )
    db.session.add(made)
    db.session.flush()
    emit(ModuleCompleted(now(), person_id, person_id, module_id, edition, edition, "fa", made.id))
    gain(person_id, module_id, 200, 800)


@pytest.mark.parametrize("first", ["moves", "learns"])
@pytest.mark.parametrize("move", [joins, leaves, is_admitted, is_erased])
def test_neither_is_forgotten(app: Flask, move: Callable[[int, int, int], None], first: str) -> None:
    make_person()
    home, other, module_id = make_network(), make_network(), make_module().id
    for network in (home, other):
        make_scheme(network)
    organization = make_organization(home)
    person = make_member(organization) if move is not joins else make_member(make_organization(home))
    ids = organization.id, other.id, person.id
    deeds: list[Callable[[], None]] = [lambda: move(*ids), lambda: learns(module_id, ids[2])]
    if first == "learns":
        deeds.reverse()
    meet(app, *deeds)
    assert not list(differences())
