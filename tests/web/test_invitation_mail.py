"""Invitations that go by mail, where a mail server is set."""

import pytest
from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.db import db
from lms.jobs.models import Job
from lms.organizations.models import Invitation, Organization
from lms.security.actor import Role
from tests.factories import grant, make_member, make_network, make_organization
from tests.page import PageClient
from tests.web.test_joining import ACCOUNT, single
from tests.web.test_staff_list import carried


@pytest.fixture
def organization(client: PageClient) -> Organization:
    """An organization whose manager is signed in on `client`."""
    organization = make_organization(make_network(), names={"fa": "انجمن زیتون", "en": "Olive Tree"})
    client.sign_in(grant(make_member(organization), Role.MANAGER, organization=organization))
    return organization


@pytest.mark.usefixtures("mail_on")
def test_a_link_for_one_goes_to_her_address_and_uses_the_public_address(
    client: PageClient, organization: Organization
) -> None:
    address = f"/en/organizations/{organization.public_id}/invitations/new"
    assert 'name="email"' in client.get(address).text
    page = client.follow(client.post(address, {"name": "سارا", "language": "fa", "email": "Sara@example.org"}))
    assert "on its way by mail" in page.text
    job = db.session.scalars(select(Job).where(Job.kind == "mail")).one()
    code = db.session.scalars(select(Invitation.code)).one()
    assert job.arguments["to"] == "Sara@example.org"
    assert job.arguments["language"] == "fa"
    assert job.arguments["values"]["link"] == f"http://localhost:8443/i/{code}"
    assert job.arguments["values"]["organization"] == "انجمن زیتون"


@pytest.mark.usefixtures("mail_on")
def test_a_list_mails_those_who_have_an_address(client: PageClient, organization: Organization) -> None:
    address = f"/en/organizations/{organization.public_id}/staff-list"
    preview = client.post(address, {"text": "Sara, s@x.org\nNour", "language": "en"}, 200).text
    page = client.follow(client.post(address, {**carried(preview), "chosen": ["0", "1"]}))
    assert "2 links are made. 1 is on its way by mail." in page.text
    assert len(db.session.scalars(select(Job).where(Job.kind == "mail")).all()) == 1


def test_without_a_mail_server_no_mail_is_promised(client: PageClient, organization: Organization) -> None:
    address = f"/en/organizations/{organization.public_id}/invitations/new"
    assert 'name="email"' not in client.get(address).text
    page = client.follow(client.post(address, {"name": "Sara", "language": "en", "email": "s@x.org"}))
    assert "Hand it on yourself" in page.text
    assert not db.session.scalars(select(Job).where(Job.kind == "mail")).all()


def join_with_mail(app: Flask, organization: Organization) -> tuple[PageClient, Person, str]:
    """Somebody joins by a link and gives an address; her browser, herself, and the page that she comes to."""
    guest, code = PageClient(app), single(organization).code
    done = guest.post(f"/en/join/{code}", {**ACCOUNT, "email": "Nour@example.org"})
    page = guest.follow(done).text
    return guest, db.session.scalars(select(Person).where(Person.email == "Nour@example.org")).one(), page


@pytest.mark.usefixtures("mail_on")
def test_an_address_given_at_joining_is_confirmed_by_its_link(app: Flask, organization: Organization) -> None:
    guest, person, page = join_with_mail(app, organization)
    assert "A link is on its way to your address" in page
    job = db.session.scalars(select(Job).where(Job.kind == "mail")).one()
    assert (job.arguments["to"], job.arguments["template"]) == ("Nour@example.org", "verification")
    assert person.email_key is None
    assert "waits to be confirmed" in guest.get("/en/account").text
    guest.post(job.arguments["values"]["link"].removeprefix("http://localhost:8443"))
    db.session.refresh(person)
    assert person.email_key == "nour@example.org"


def test_without_a_mail_server_an_address_given_at_joining_is_kept(app: Flask, organization: Organization) -> None:
    _guest, person, page = join_with_mail(app, organization)
    assert "on its way" not in page
    assert person.email_key is None
    assert not db.session.scalars(select(Job).where(Job.kind == "mail")).all()
