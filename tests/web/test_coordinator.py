"""The networking coordinator of an organization."""

import pytest
from sqlalchemy import select

from lms.certification.models import KeptStanding
from lms.certification.services import follow
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import NotAllowed
from lms.events.models import EventRow
from lms.organizations.models import Membership, Organization, Post
from lms.organizations.services import name_for_post
from lms.security.actor import Role
from tests.certification import change_level, complete, make_scheme, the_kit
from tests.conftest import LANGUAGES
from tests.factories import grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient


def membership_of(person_id: int) -> Membership:
    """Hers, read anew."""
    db.session.expire_all()
    return db.session.scalars(select(Membership).where(Membership.person_id == person_id)).one()


def managed() -> tuple[Organization, PageClient]:
    """An organization in a network, and a browser of its manager."""
    from flask import current_app

    network = make_network()
    make_scheme(network)
    organization = make_organization(network)
    manager = grant(make_member(organization), Role.MANAGER, organization=organization)
    client = PageClient(current_app._get_current_object())  # type: ignore[attr-defined]
    return organization, client.sign_in(manager)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_manager_names_a_coordinator_and_takes_the_post_back(client: PageClient, language: str) -> None:
    organization, client = managed()
    person = make_member(organization)
    page = f"/{language}/members/{membership_of(person.id).public_id}"
    assert f"{page}/coordinator" in client.get(page).text
    for _ in range(2):
        client.follow(client.post(f"{page}/coordinator"))
    assert membership_of(person.id).post == Post.COORDINATOR
    assert f"{page}/coordinator/end" in client.get(page).text
    client.follow(client.post(f"{page}/coordinator/end"))
    assert membership_of(person.id).post is None
    told = [row.payload["post"] for row in db.session.scalars(select(EventRow).where(EventRow.name == "post_named"))]
    assert told == ["coordinator", ""]


def test_only_a_confirmed_member_has_a_post(client: PageClient) -> None:
    organization, client = managed()
    waiting = make_member(organization, confirmed_at=None)
    page = f"/en/members/{membership_of(waiting.id).public_id}/coordinator"
    assert "Only a confirmed member" in client.follow(client.post(page)).text
    gone = make_member(organization, ends_on=now().date())
    with pytest.raises(NotAllowed), write_unit():
        name_for_post(membership_of(gone.id), Post.COORDINATOR, actor_id=gone.id, now=now())


def test_only_a_manager_names_one(client: PageClient) -> None:
    organization, _manager = managed()
    person = make_member(organization)
    page = f"/en/members/{membership_of(person.id).public_id}"
    for stranger in (person, make_person()):
        client.sign_in(stranger).post(f"{page}/coordinator", status=404)
        client.post(f"{page}/coordinator/end", status=404)


def test_the_post_is_counted_as_soon_as_it_is_given(client: PageClient) -> None:
    modules, _kit = the_kit()
    organization, client = managed()
    network = organization.network_memberships[0].network
    asked = {"type": "role_completed", "parameters": {"role": "coordinator", "module_id": modules[0].id}}
    change_level(network, automatic=False, requirements=[asked])
    person = make_member(organization)
    complete(person, modules[0])
    with write_unit():
        follow(organization.id, network.id, now())
    page = f"/en/members/{membership_of(person.id).public_id}/coordinator"
    for deed, met in ((page, 1), (f"{page}/end", 0)):
        client.post(deed)
        assert db.session.scalars(select(KeptStanding.met)).one() == met
