"""Erasing somebody who belongs somewhere."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask

from lms.accounts.passwords import hash_password
from lms.clock import today
from lms.db import db, write_unit
from lms.organizations.models import Grant, Invitation, Membership, Organization
from lms.organizations.queries import actor_of
from lms.security.actor import Role
from tests.events import events_by
from tests.factories import add, grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient

PASSWORD = "گل سرخ ۱۴۰۵"
ERASE = {"present": PASSWORD, "sure": "y"}


@pytest.fixture
def organization(app: Flask) -> Organization:
    """An organization."""
    return make_organization(make_network())


def test_belonging_ends_with_the_account(client: PageClient, organization: Organization) -> None:
    person = make_person(display_name="زهرا", password_hash=hash_password(PASSWORD))
    make_member(organization, person, title="حسابدار")
    for manager in (person, make_person()):
        grant(manager, Role.MANAGER, organization=organization)
    client.sign_in(person).post("/fa/account/my-data/erase", ERASE)
    acting = actor_of(person.id)
    assert not acting.grants
    assert not acting.organization_ids
    assert db.session.query(Membership).filter_by(person_id=person.id).one().title == ""
    assert events_by(person) == ["manager_ended", "member_left", "account_erased"]


def test_who_is_erased_has_no_page_any_more(client: PageClient, organization: Organization) -> None:
    manager = grant(make_member(organization), Role.MANAGER, organization=organization)
    person = make_member(organization, make_person(password_hash=hash_password(PASSWORD)))
    page = f"/fa/members/{db.session.query(Membership).filter_by(person_id=person.id).one().public_id}"
    client.sign_in(manager).get(page)
    client.sign_in(person).post("/fa/account/my-data/erase", ERASE)
    client.sign_in(manager).get(page, status=404)


def test_who_left_and_was_erased_is_not_offered_to_be_taken_back(
    client: PageClient, organization: Organization
) -> None:
    manager = grant(make_member(organization), Role.MANAGER, organization=organization)
    person = make_member(organization, make_person(display_name="زهرا", password_hash=hash_password(PASSWORD)))
    member = db.session.query(Membership).filter_by(person_id=person.id).one().public_id
    people = f"/en/organizations/{organization.public_id}/people"
    client.sign_in(manager).post(f"/en/members/{member}/end")
    assert "زهرا" in client.get(people).text
    client.sign_in(person).post("/en/account/my-data/erase", ERASE)
    assert member not in client.sign_in(manager).get(people).text


def test_invitations_forget_whom_they_were_for(client: PageClient, organization: Organization) -> None:
    person = make_member(organization, make_person(display_name="زهرا", password_hash=hash_password(PASSWORD)))
    values = {"organization_id": organization.id, "uses": 1, "expires_at": person.created_at}
    hers = add(Invitation(code="a", name="زهرا", email="z@example.org", **values))
    other = add(Invitation(code="b", name="مریم", **values))
    client.sign_in(person).post("/fa/account/my-data/erase", ERASE)
    for row in (hers, other):
        db.session.refresh(row)
    assert (hers.name, hers.email, other.name) == ("", "", "مریم")


@pytest.mark.parametrize("role", [Role.MANAGER, Role.NETWORK_ADMIN, Role.OPERATOR])
def test_nobody_leaves_a_place_without_anybody(client: PageClient, organization: Organization, role: Role) -> None:
    network = organization.network_memberships[0].network
    over: dict[Role, dict[str, Any]] = {
        Role.MANAGER: {"organization": organization},
        Role.NETWORK_ADMIN: {"network": network},
        Role.OPERATOR: {},
    }
    person = grant(make_person(password_hash=hash_password(PASSWORD)), role, **over[role])
    assert "You are the only" in client.sign_in(person).get("/en/account/my-data/erase").text
    page = client.post("/en/account/my-data/erase", ERASE, status=422).text
    assert "You are the only" in page
    past = grant(make_person(), role, **over[role])
    row = db.session.query(Grant).filter_by(person_id=past.id).one()
    row_id = row.id
    with write_unit() as session:
        session.get_one(Grant, row_id).ends_on = today()
    client.post("/en/account/my-data/erase", ERASE, status=422)
    grant(make_person(), role, **over[role])
    client.post("/en/account/my-data/erase", ERASE)


def test_the_download_says_where_one_belongs(client: PageClient, organization: Organization) -> None:
    person = grant(make_member(organization, title="حسابدار"), Role.MANAGER, organization=organization)
    response = client.sign_in(person).get("/fa/account/my-data/download")
    data = json.loads(ZipFile(BytesIO(response.data)).read("my-data.json"))
    assert data["memberships"][0]["organization"] == organization.names["fa"]
    assert data["memberships"][0]["title"] == "حسابدار"
    assert data["roles"][0]["role"] == "manager"
