"""Invitations and joining: from the network's link for a manager to the staff that follow."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.clock import now, today
from lms.db import db, write_unit
from lms.events.models import EventRow
from lms.organizations.models import Grant, Invitation, InvitedAs, Membership, Organization
from lms.organizations.services import Invited, invite, open_shared_link
from lms.security.actor import Role
from tests.conftest import LANGUAGES
from tests.factories import grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient

ACCOUNT = {"display_name": "نور العلوي", "sign_in_name": "nour 5", "password": "four plain words here"}


def manager_of(organization: Organization) -> Person:
    """A member of the organization who manages it."""
    return grant(make_member(organization), Role.MANAGER, organization=organization)


def single(organization: Organization, as_: InvitedAs = InvitedAs.MEMBER, **invited: str) -> Invitation:
    with write_unit():
        return invite(organization, Invited(**invited), as_=as_, actor_id=make_person_id(), now=now())


def shared(organization: Organization, most: int = 30) -> Invitation:
    with write_unit():
        return open_shared_link(organization, language="fa", days=7, most=most, actor_id=make_person_id(), now=now())


def make_person_id() -> int:
    """Some manager."""
    return db.session.scalars(select(Person.id)).first() or 0


@pytest.fixture
def organization(app: Flask) -> Organization:
    """An organization of a network, with somebody in it."""
    make_person()
    return make_organization(make_network(names={"en": "Net of Nets"}), names={"en": "Olive Tree"})


def browser(app: Flask) -> PageClient:
    return PageClient(app)


def events() -> list[str]:
    return list(db.session.scalars(select(EventRow.name).order_by(EventRow.id)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_network_invites_a_manager_who_makes_an_account(app: Flask, language: str) -> None:
    network = make_network()
    organization = make_organization(network)
    admin = browser(app).sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=network))
    base = f"/{language}/networks/{network.public_id}/organizations/{organization.public_id}"
    admin.get(f"{base}/invite")
    page = admin.follow(admin.post(f"{base}/invite", {"name": "سحر الحداد", "language": "ar"}))
    invitation = db.session.scalars(select(Invitation)).one()
    assert f"http://localhost/i/{invitation.code}" in page.text
    assert "<svg" in page.text
    assert "سحر الحداد" in admin.get(base).text

    guest = browser(app)
    short = guest.get(f"/i/{invitation.code}", status=302, headers={"Accept-Language": language})
    assert short.headers["Location"] == f"/{language}/join/{invitation.code}"
    joining = guest.follow(short)
    assert 'value="سحر الحداد"' in joining.text
    db.session.expire_all()
    assert invitation.uses == 0, "opening uses nothing up"
    welcome = guest.post(f"/{language}/join/{invitation.code}", ACCOUNT)
    assert welcome.headers["Location"] == f"/{language}/welcome"
    assert "nour 5" in guest.follow(welcome).text
    board = guest.follow(guest.get(f"/{language}/my-organization", status=303))
    assert "نور العلوي" in board.text
    assert {"member_joined", "manager_named", "invitation_made"} <= set(events())
    guest.get(f"/{language}/organizations/{organization.public_id}/people")


def test_who_joins_lives_where_the_organization_is(app: Flask, organization: Organization) -> None:
    with write_unit():
        organization.country = "LB"
    link = single(organization)
    guest = browser(app)
    guest.post(f"/ar/join/{link.code}", ACCOUNT)
    person = db.session.scalars(select(Person).where(Person.sign_in_name == "nour 5")).one()
    assert person.country == "LB"
    with time_machine.travel("2026-08-31T22:30:00Z"):
        assert "1 أيلول 2026" in guest.get("/ar/").text


def test_a_link_for_one_is_not_for_the_wall(app: Flask, organization: Organization) -> None:
    manager = browser(app).sign_in(manager_of(organization))
    one, many = single(organization), shared(organization)
    assert "wall" not in manager.get(f"/en/invitations/{one.public_id}").text
    assert "wall" in manager.get(f"/en/invitations/{many.public_id}").text


def test_who_manages_is_not_sent_to_a_manager_for_a_password(app: Flask, organization: Organization) -> None:
    guest = browser(app)
    guest.post(f"/en/join/{single(organization, InvitedAs.MANAGER).code}", ACCOUNT)
    assert "another manager" in guest.get("/en/welcome").text
    guest = browser(app)
    guest.post(f"/en/join/{single(organization).code}", {**ACCOUNT, "sign_in_name": "sara"})
    assert "the manager of your organization can give you a code" in guest.get("/en/welcome").text


def test_a_used_link_lets_nobody_else_in(app: Flask, organization: Organization) -> None:
    link = single(organization, InvitedAs.MANAGER)
    browser(app).post(f"/en/join/{link.code}", ACCOUNT)
    other = browser(app)
    assert "This link was used" in other.get(f"/en/join/{link.code}", status=410).text
    other.post(f"/en/join/{link.code}", {**ACCOUNT, "sign_in_name": "other"}, status=410)
    assert db.session.scalar(select(Person.id).where(Person.sign_in_name == "other")) is None


def test_joining_twice_is_harmless(app: Flask, organization: Organization) -> None:
    link, person = single(organization), make_person()
    client = browser(app).sign_in(person)
    assert "You are signed in as" in client.get(f"/en/join/{link.code}").text
    for _time in range(2):
        client.post(f"/en/join/{link.code}/now")
    assert len(db.session.scalars(select(Membership).where(Membership.person_id == person.id)).all()) == 1
    other = single(organization)
    assert "You are a member already" in client.get(f"/en/join/{other.code}").text
    client.post(f"/en/join/{other.code}/now")
    db.session.refresh(other)
    assert other.uses == 0


def test_a_member_of_one_organization_joins_another(app: Flask, organization: Organization) -> None:
    person = make_member(make_organization(make_network()))
    client = browser(app).sign_in(person)
    client.post(f"/en/join/{single(organization).code}/now")
    assert "Olive Tree" in client.get("/en/my-organization").text


def test_a_shared_link_waits_for_the_manager(app: Flask, organization: Organization) -> None:
    link = shared(organization)
    guest = browser(app)
    guest.post(f"/en/join/{link.code}", ACCOUNT)
    assert "member_joined" not in events()
    guest.get(f"/en/organizations/{organization.public_id}", status=404)
    assert "reached the manager" in guest.get("/en/my-organization").text
    assert "reached the manager" in guest.get("/en/").text
    assert "reached the manager" in guest.get(f"/en/join/{link.code}").text
    guest.post(f"/en/join/{link.code}/now")
    manager = browser(app).sign_in(manager_of(organization))
    board = f"/en/organizations/{organization.public_id}"
    assert "1 person waits for you" in manager.get(board).text
    waiting = db.session.scalars(select(Membership).where(Membership.confirmed_at.is_(None))).one()
    manager.get(f"/en/members/{waiting.public_id}")
    manager.post(f"/en/members/{waiting.public_id}/confirm")
    manager.post(f"/en/members/{waiting.public_id}/confirm")
    assert events().count("member_joined") == 1
    db.session.refresh(link)
    assert link.uses == 1
    guest.get(board)


def test_who_is_refused_stays_outside_and_may_ask_again(app: Flask, organization: Organization) -> None:
    link = shared(organization)
    guest = browser(app).sign_in(make_person(display_name="Stranger"))
    guest.post(f"/en/join/{link.code}/now")
    manager = browser(app).sign_in(manager_of(organization))
    waiting = db.session.scalars(select(Membership).where(Membership.confirmed_at.is_(None))).one()
    manager.post(f"/en/members/{waiting.public_id}/refuse")
    manager.post(f"/en/members/{waiting.public_id}/refuse")
    page = manager.follow(manager.post(f"/en/members/{waiting.public_id}/confirm"))
    assert "does not wait any more" in page.text
    assert "Stranger" not in manager.get(f"/en/organizations/{organization.public_id}/people").text.split("flash")[0]
    guest.post(f"/en/join/{link.code}/now")
    db.session.expire_all()
    again = db.session.scalars(select(Membership).where(Membership.confirmed_at.is_(None), Membership.id != waiting.id))
    assert again.one().covers(today())
    assert not waiting.covers(today())


def test_a_shared_link_holds_as_many_as_it_says(app: Flask, organization: Organization) -> None:
    link = shared(organization, most=2)
    for n in range(2):
        browser(app).post(f"/en/join/{link.code}", {**ACCOUNT, "sign_in_name": f"guest {n}"})
    assert "This link was used" in browser(app).get(f"/en/join/{link.code}", status=410).text


def test_links_expire_are_closed_and_open_again(app: Flask, organization: Organization) -> None:
    link = single(organization)
    manager = browser(app).sign_in(manager_of(organization))
    page = f"/en/invitations/{link.public_id}"
    assert "open it again" in manager.follow(manager.post(f"{page}/revoke")).text
    assert "This link was closed" in browser(app).get(f"/en/join/{link.code}", status=410).text
    manager.get(f"/en/organizations/{organization.public_id}/invitations?show=closed")
    manager.post(f"{page}/reopen")
    browser(app).get(f"/en/join/{link.code}")
    with write_unit():
        link.expires_at = now() - timedelta(days=1)
    assert "This link has expired" in browser(app).get(f"/en/join/{link.code}", status=410).text
    manager.get(page)
    manager.post(f"{page}/reopen")
    browser(app).get(f"/en/join/{link.code}")
    browser(app).post(f"/en/join/{link.code}", ACCOUNT)
    assert "Make a new one" in manager.follow(manager.post(f"{page}/reopen")).text


def test_a_code_that_nobody_made_is_not_found(client: PageClient) -> None:
    for code in ("xxxxxxxxxxxxxxxx", "x" * 500, "%00", "'--"):
        client.get(f"/en/join/{code}", status=404)


def test_a_code_may_be_typed_in_capitals(app: Flask, organization: Organization) -> None:
    browser(app).get(f"/en/join/{single(organization).code.upper()}")


def test_a_bad_account_is_shown_again_and_joins_nothing(app: Flask, organization: Organization) -> None:
    link, guest = single(organization), browser(app)
    for wrong in ({"password": "short"}, {"display_name": ""}, {"email": "no mail"}, {"sign_in_name": "a@b"}):
        page = guest.post(f"/en/join/{link.code}", {**ACCOUNT, **wrong}, status=422)
        assert "There is a problem" in page.text
    make_person(sign_in_name="nour 5")
    assert "taken" in guest.post(f"/en/join/{link.code}", ACCOUNT, status=422).text
    db.session.refresh(link)
    assert link.uses == 0


def test_the_page_says_who_will_see_names(app: Flask, organization: Organization) -> None:
    link = single(organization)
    assert "without names" in browser(app).get(f"/en/join/{link.code}").text
    with write_unit():
        organization.shares_names = True
    assert "also your name" in browser(app).get(f"/en/join/{link.code}").text


def test_joining_needs_the_form_s_token(app: Flask, organization: Organization) -> None:
    link = single(organization)
    client = browser(app).sign_in(make_person())
    client.http.post(f"/en/join/{link.code}/now")
    db.session.refresh(link)
    assert link.uses == 0


def test_the_manager_makes_links(app: Flask, organization: Organization) -> None:
    manager = browser(app).sign_in(manager_of(organization))
    base = f"/fa/organizations/{organization.public_id}/invitations"
    manager.get(base)
    manager.get(f"{base}/new")
    manager.get(f"{base}/shared")
    manager.post(f"{base}/new", {"name": "x" * 121, "language": "fa"}, status=422)
    manager.post(f"{base}/new", {"name": "علی", "language": "de"}, status=422)
    manager.post(f"{base}/new", {"name": "علی", "language": "fa", "email": "ali"}, status=422)
    assert "علی" in manager.follow(manager.post(f"{base}/new", {"name": "علی", "language": "fa"})).text
    manager.post(f"{base}/shared", {"language": "fa", "days": "۹۱", "most": "30"}, status=422)
    manager.post(f"{base}/shared", {"language": "fa", "days": "", "most": ""}, status=422)
    poster = manager.follow(manager.post(f"{base}/shared", {"language": "ar", "days": "۷", "most": "٣٠"}))
    assert "للانضمام امسحوا هذا الرمز" in poster.text
    assert "علی" in manager.get(base).text


def test_a_link_for_staff_is_hidden_from_the_network(app: Flask) -> None:
    network = make_network()
    organization = make_organization(network)
    make_person()
    admin = browser(app).sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=network))
    admin.get(f"/en/invitations/{single(organization).public_id}", status=404)
    admin.get(f"/en/invitations/{single(organization, InvitedAs.MANAGER).public_id}")
    admin.get(f"/en/organizations/{organization.public_id}/invitations", status=404)
    assert not db.session.scalars(select(Grant).where(Grant.organization_id == organization.id)).all()


def crumbs(html: str) -> list[str]:
    """Where the path at the head of a page leads."""
    path = html[html.index('<nav class="crumbs"') : html.index("</nav>", html.index('<nav class="crumbs"'))]
    return re.findall(r'href="([^"]+)"', path)


def test_the_path_of_a_managers_invitation_leads_through_the_network(app: Flask) -> None:
    network = make_network()
    organization = make_organization(network)
    make_person()
    admin = browser(app).sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=network))
    inside = f"/en/networks/{network.public_id}"
    path = ["/en/networks", inside, f"{inside}/organizations/{organization.public_id}"]
    made = single(organization, InvitedAs.MANAGER).public_id
    for page in (f"{path[-1]}/invite", f"/en/invitations/{made}"):
        assert crumbs(admin.get(page).text) == path
    assert crumbs(admin.get(path[-1]).text) == path[:-1]
    for address in path:
        admin.get(address)


def test_the_path_of_a_link_for_staff_leads_through_the_organization(app: Flask, organization: Organization) -> None:
    manager = browser(app).sign_in(manager_of(organization))
    path = [f"/en/organizations/{organization.public_id}", f"/en/organizations/{organization.public_id}/invitations"]
    for page in (f"{path[-1]}/new", f"/en/invitations/{single(organization).public_id}"):
        assert crumbs(manager.get(page).text) == path
    for address in path:
        manager.get(address)
