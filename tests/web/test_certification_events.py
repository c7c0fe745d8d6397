"""Certification listens: what happens elsewhere starts, ends and awards an organization's ways."""

import pytest
from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.certification import _take_types
from lms.certification.jobs import follow_cycles
from lms.certification.models import Credential, Cycle, CycleState, LevelRule
from lms.certification.queries import rules_of
from lms.certification.requirement_types import requirement_type
from lms.certification.requirement_types.unknown import Unknown
from lms.certification.services import revoke, start_again
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import NotAllowed
from lms.organizations.events import MemberJoined, MemberLeft
from lms.organizations.kinds import Basis, Form, Reach
from lms.organizations.models import Network, NetworkMembership, Organization
from lms.organizations.services import (
    NetworkFacts,
    OrganizationFacts,
    add_organization,
    admit_organization,
    create_network,
    end_network_membership,
)
from lms.plugins.contract import Plugin
from tests.certification import complete, make_scheme, move_dates, the_kit
from tests.factories import make_member, make_network, make_organization, make_person

NETWORK = NetworkFacts({"fa": "شبکهٔ نو"}, Form.NETWORK, Reach.NATIONAL, Basis.GEOGRAPHIC, "IR", "Asia/Tehran")
ORGANIZATION = OrganizationFacts({"fa": "انجمن نو"}, {}, "IR")


def founded() -> tuple[Network, Organization]:
    """A network and its first organization, made as their admin makes them."""
    admin = make_person()
    with write_unit():
        network = create_network(NETWORK, actor_id=admin.id, now=now())
        organization = add_organization(network, ORGANIZATION, actor_id=admin.id, now=now())
    return network, organization


def states(organization: Organization) -> list[str]:
    """The states of its cycles of the first level, oldest first."""
    query = select(Cycle.state).join(LevelRule, LevelRule.id == Cycle.rule_id).order_by(Cycle.id)
    query = query.where(Cycle.organization_id == organization.id, LevelRule.position == 1)
    return list(db.session.scalars(query))


def qualified(organization: Organization) -> list[int]:
    """Two members who completed the kit; their ids."""
    modules, _kit = the_kit()
    people = [make_member(organization) for _ in range(2)]
    for person in people:
        for module in modules:
            complete(person, module)
    return [person.id for person in people]


def test_a_network_starts_with_the_scheme_that_ships(app: Flask) -> None:
    network, organization = founded()
    rules = rules_of(network.id)
    assert rules is not None
    levels = rules.levels(now().date())
    assert [level.names["fa"] for level in levels] == ["آشنا", "آماده", "عامل", "گواهی‌شده"]
    assert [(level.automatic, len(level.requirements)) for level in levels] == [
        (True, 2),
        *[(False, 3)] * 2,
        (False, 4),
    ]
    assert [each["type"] for each in levels[0].requirements] == ["members_completed", "share_completed_kit"]
    assert states(organization) == [CycleState.IN_PROGRESS]


def test_an_organization_that_leaves_ends_its_way_and_can_begin_another(app: Flask) -> None:
    network, organization = founded()
    link = db.session.scalars(select(NetworkMembership)).one()
    with write_unit():
        end_network_membership(link, actor_id=make_id(), now=now())
    assert states(organization) == [CycleState.WITHDRAWN]
    with write_unit():
        admit_organization(network, organization, actor_id=make_id(), now=now())
    assert states(organization) == [CycleState.WITHDRAWN, CycleState.IN_PROGRESS]


def make_id() -> int:
    """The id of whoever founded the network."""
    return db.session.scalars(select(Person.id).order_by(Person.id)).first() or 0


@pytest.mark.parametrize("event", [MemberJoined, MemberLeft])
def test_coming_and_going_of_members_is_followed(app: Flask, event: type[MemberJoined] | type[MemberLeft]) -> None:
    _network, organization = founded()
    people = qualified(organization)
    with write_unit():
        event.signal.send(None, event=event(now(), None, people[0], organization.id))
    assert states(organization) == [CycleState.CERTIFIED]


def test_the_worker_renews_what_is_due(app: Flask) -> None:
    _network, organization = founded()
    qualified(organization)
    follow_cycles({})
    follow_cycles({})
    assert states(organization) == [CycleState.CERTIFIED]
    ends = db.session.scalars(select(Cycle.expires_on).where(Cycle.expires_on.is_not(None))).one()
    assert ends is not None
    move_dates((ends - now().date()).days - 30)
    follow_cycles({})
    assert states(organization) == [CycleState.CERTIFIED, CycleState.CERTIFIED]


def test_who_has_no_place_in_a_network_is_left_alone(app: Flask) -> None:
    organization = make_organization()
    make_member(organization)
    follow_cycles({})
    assert states(organization) == []


def test_after_a_revocation_the_level_begins_anew_by_hand(app: Flask) -> None:
    network = make_network()
    make_scheme(network)
    organization = make_organization(network)
    people = qualified(organization)
    admin = make_person().id
    follow_cycles({})
    with write_unit():
        cycle = db.session.scalars(select(Cycle)).one()
        with pytest.raises(NotAllowed):
            start_again(cycle, actor_id=None, now=now())
        with pytest.raises(NotAllowed, match="belong"):
            revoke(db.session.scalars(select(Credential)).one(), "Not true.", actor_id=people[0], now=now())
        revoke(db.session.scalars(select(Credential)).one(), "Not true.", actor_id=admin, now=now())
        start_again(cycle, actor_id=None, now=now())
    assert states(organization) == [CycleState.REVOKED, CycleState.CERTIFIED]


class Practice(Unknown):
    """A plugin's type."""

    key = "exercise_practice"


class Exercise(Plugin):
    """A plugin that brings it."""

    name = "exercise"


class Other(Plugin):
    """A plugin that has no right to it."""

    name = "other"


def test_a_plugin_brings_requirement_types_under_its_name(app: Flask) -> None:
    _take_types(Exercise(), [Practice()])
    assert isinstance(requirement_type("exercise_practice"), Practice)
    with pytest.raises(ValueError, match="must be called"):
        _take_types(Other(), [Practice()])
    assert Exercise().requirement_types() == ()
