"""What is kept of organizations' standings is what a recount finds, whatever happened."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select, update

from lms.certification.models import Credential, KeptStanding
from lms.certification.queries import kept_standings
from lms.certification.services import follow, resume, revoke, suspend
from lms.checks import checks
from lms.clock import now
from lms.db import db, write_unit
from lms.events import emit
from lms.events.models import EventRow
from lms.organizations.models import Membership, NetworkMembership, Organization
from lms.organizations.queries import networks_of
from lms.organizations.services import end_membership, end_network_membership
from lms.progress.events import ModuleCompleted
from lms.progress.models import ModuleCompletion
from lms.training.models import Module
from tests.certification import complete, level_rule, the_kit
from tests.factories import make_member, make_person
from tests.verdicts import awarded, make_case
from tests.web.test_certification_events import founded


def differences() -> list[str]:
    """What `lms check` finds wrong with what is kept."""
    return list(checks()["standings"]())


def kept(organization: Organization) -> list[tuple[int, int]]:
    """How many requirements are met, and of how many, in each network."""
    return [(each.met, each.total) for each in kept_standings([organization.id])]


def finished(person_id: int, module: Module, completion: ModuleCompletion) -> None:
    """Tell what completing a module tells."""
    with write_unit():
        emit(
            ModuleCompleted(
                at=now(),
                actor_id=person_id,
                person_id=person_id,
                module_id=module.id,
                version_id=completion.version_id,
                edition_id=completion.edition_id,
                language="fa",
                completion_id=completion.id,
            )
        )


def test_it_moves_with_each_completion_until_the_award(app: Flask) -> None:
    modules, _kit = the_kit()
    network, organization = founded()
    people = [make_member(organization) for _ in range(2)]
    seen = [kept(organization)]
    for person in people:
        for module in modules:
            finished(person.id, module, complete(person, module))
            seen.append(kept(organization))
            assert differences() == []
    # It grows until the level is awarded, some time before the last one is through; then the next level is in work.
    learning = [found[0][0] for found in seen if found[0][1] == len(level_rule(network).requirements)]
    assert len(learning) > 2
    assert learning == sorted(learning)
    assert seen[-1] == [(1, len(level_rule(network, 2).requirements))]


def test_it_names_who_is_still_needed(app: Flask) -> None:
    the_kit()
    network, organization = founded()
    member, stranger = make_member(organization), make_person()
    with write_unit():
        # A membership as a bare fact moves nothing; the next thing that happens does.
        follow(organization.id, network.id, now())
    [found] = kept_standings([organization.id])
    asked = found.asked_of(member.id)
    assert asked is not None
    assert asked.text
    assert found.asked_of(stranger.id) is None


def test_who_left_is_asked_for_nothing(app: Flask) -> None:
    modules, _kit = the_kit()
    _network, organization = founded()
    leaving = make_member(organization)
    completing = make_member(organization)
    finished(completing.id, modules[0], complete(completing, modules[0]))
    membership = db.session.scalars(select(Membership).where(Membership.person_id == leaving.id)).one()
    with write_unit():
        end_membership(membership, actor_id=leaving.id, now=now())
    [found] = kept_standings([organization.id])
    assert all(leaving.id not in each.missing for each in found.open)
    assert differences() == []


def test_a_revoked_certificate_is_open_again(app: Flask) -> None:
    modules, _kit = the_kit()
    _network, organization = founded()
    for person in [make_member(organization) for _ in range(2)]:
        for module in modules:
            finished(person.id, module, complete(person, module))
    credential = db.session.scalars(select(Credential).where(Credential.organization_id == organization.id)).one()
    admin = make_person()
    with write_unit():
        revoke(credential, "Mistaken identity", actor_id=admin.id, now=now())
    assert differences() == []


def test_nothing_is_kept_of_who_left_the_network(app: Flask) -> None:
    the_kit()
    network, organization = founded()
    admin = make_person()
    query = select(NetworkMembership).where(
        NetworkMembership.organization_id == organization.id, NetworkMembership.network_id == network.id
    )
    with write_unit() as session:
        end_network_membership(session.scalars(query).one(), actor_id=admin.id, now=now())
    assert kept(organization) == []
    assert networks_of(organization) == []


def test_the_check_names_what_is_not_so(app: Flask) -> None:
    the_kit()
    _network, organization = founded()
    with write_unit():
        db.session.execute(update(KeptStanding).values(met=77))
    [difference] = differences()
    assert organization.public_id in difference


def test_a_suspension_is_no_reason_to_tell_of_a_risk_again(app: Flask) -> None:
    case = make_case()
    awarded(case)

    def told() -> int:
        return db.session.scalar(select(func.count()).where(EventRow.name == "certificate_at_risk")) or 0

    def leave() -> None:
        membership = db.session.scalars(
            select(Membership)
            .where(Membership.organization_id == case.organization.id, Membership.person_id != case.manager.id)
            .where(Membership.ends_on.is_(None))
            .limit(1)
        ).one()
        with write_unit():
            end_membership(membership, actor_id=case.manager.id, now=now())

    def turn(deed: Callable[..., None]) -> None:
        with write_unit():
            deed(case.cycle, "An audit.", actor_id=case.admin.id, now=now())

    leave()
    assert told() == 1
    turn(suspend)
    assert not differences()
    turn(resume)
    assert told() == 1, "it was told before the suspension"
    turn(suspend)
    leave()
    turn(resume)
    assert told() == 1
    assert not differences()
