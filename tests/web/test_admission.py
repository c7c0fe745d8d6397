"""Organizations between networks: joined and left only by their own consent."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from lms.clock import today
from lms.db import db
from lms.organizations.models import Invitation, Network, Organization
from lms.organizations.queries import networks_of
from lms.security.actor import Role
from tests.conftest import LANGUAGES
from tests.factories import grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient

Browser = Callable[[Organization | Network], PageClient]


@pytest.fixture
def of(app: Flask) -> Browser:
    """A browser of a manager of an organization, or of an admin of a network."""

    def browser(what: Organization | Network) -> PageClient:
        if isinstance(what, Organization):
            return PageClient(app).sign_in(grant(make_member(what), Role.MANAGER, organization=what))
        return PageClient(app).sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=what))

    return browser


def offered(manager: PageClient, organization: Organization) -> Invitation:
    manager.follow(manager.post(f"/en/organizations/{organization.public_id}/networks"))
    return db.session.scalars(select(Invitation).order_by(Invitation.id.desc())).first()  # type: ignore[return-value]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_organization_joins_a_second_network(of: Browser, language: str) -> None:
    first, second = make_network(), make_network()
    organization = make_organization(first)
    manager, admin = of(organization), of(second)
    manager.get(f"/{language}/organizations/{organization.public_id}/networks")
    link = offered(manager, organization)
    at = admin.get(f"/{language}/join/{link.code}", status=303)
    admin.follow(at)
    admin.follow(admin.post(at.headers["Location"], {"network": second.public_id}))
    assert [n.id for n in networks_of(organization)] == [first.id, second.id]
    admin.get(at.headers["Location"], status=404)
    admin.get(f"/{language}/join/{link.code}", status=410)


def test_a_link_for_a_network_makes_nobody_a_member(of: Browser) -> None:
    organization = make_organization(make_network())
    link = offered(of(organization), organization)
    guest = PageClient(of(organization).app)
    account = {"display_name": "Nour", "sign_in_name": "nour 5", "password": "four plain words here"}
    guest.post(f"/en/join/{link.code}", account, status=422)
    guest.sign_in(make_person())
    guest.post(f"/en/join/{link.code}/now")
    guest.get(f"/en/admissions/{link.code}", status=403)
    db.session.refresh(link)
    assert link.uses == 0


def test_an_organization_is_admitted_only_to_a_network_of_ones_own(of: Browser) -> None:
    organization, other = make_organization(make_network()), make_network()
    admin, link = of(make_network()), offered(of(organization), organization)
    admin.post(f"/en/admissions/{link.code}", {"network": other.public_id}, status=404)
    admin.post(f"/en/admissions/{link.code}", {}, status=404)
    assert len(networks_of(organization)) == 1


def test_who_left_by_itself_is_not_taken_back(of: Browser) -> None:
    network = make_network()
    organization = make_organization(network)
    manager, admin = of(organization), of(network)
    leave = f"/en/organizations/{organization.public_id}/networks/{network.public_id}/leave"
    manager.get(leave)
    manager.post(leave)
    manager.post(leave)
    assert networks_of(organization) == []
    base = f"/en/networks/{network.public_id}/organizations/{organization.public_id}"
    assert "left by itself" in admin.get(base).text
    assert "left by itself" in admin.follow(admin.post(f"{base}/return")).text
    assert networks_of(organization) == []
    admin.post(f"/en/admissions/{offered(manager, organization).code}", {"network": network.public_id})
    assert [n.id for n in networks_of(organization, today())] == [network.id]


def test_others_cannot_leave_in_its_place(of: Browser) -> None:
    network = make_network()
    organization = make_organization(network)
    leave = f"/en/organizations/{organization.public_id}/networks/{network.public_id}/leave"
    for browser in (of(network), of(make_organization(network))):
        browser.get(leave, status=404)
        browser.post(leave, status=404)
        browser.post(f"/en/organizations/{organization.public_id}/networks", status=404)
