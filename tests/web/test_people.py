"""The people of an organization: led by its managers, seen by nobody who should not."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.boards.queries import offered_count
from lms.clock import now, today
from lms.db import db, write_unit
from lms.events.models import EventRow
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.organizations.models import Grant, Membership, Organization
from lms.organizations.queries import actor_of, current_members, managers_of
from lms.organizations.services import Invited, end_membership, invite, return_member
from lms.reports.queries.persons import Stage
from lms.reports.wording import STAGES
from lms.security.actor import Role
from tests.certification import complete, make_module
from tests.conftest import LANGUAGES
from tests.factories import LONG_AGO, grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.reporting import begin


@pytest.fixture
def organization(app: Flask) -> Organization:
    """An organization of a network."""
    return make_organization(make_network(), names={"en": "Olive Tree"})


@pytest.fixture
def manager(organization: Organization) -> Person:
    """Its only manager."""
    return make_manager(organization)


@pytest.fixture
def office(client: PageClient, manager: Person) -> PageClient:
    """The manager's browser."""
    return client.sign_in(manager)


def make_manager(organization: Organization, **values: str) -> Person:
    """A member who manages."""
    person = make_member(organization, make_person(**values) if values else None)
    return grant(person, Role.MANAGER, organization=organization)


def membership(organization: Organization, person: Person) -> Membership:
    query = select(Membership).where(Membership.organization_id == organization.id, Membership.person_id == person.id)
    return db.session.scalars(query.order_by(Membership.id.desc())).first()  # type: ignore[return-value]


def count(event: str) -> int:
    return len(db.session.scalars(select(EventRow.id).where(EventRow.name == event)).all())


def test_a_membership_ends_and_is_taken_back(organization: Organization, office: PageClient) -> None:
    person = make_member(organization, make_person(display_name="Dina"))
    page = f"/en/members/{membership(organization, person).public_id}"
    office.get(page)
    assert "End the membership of" in office.get(f"{page}/end").text
    people = office.follow(office.post(f"{page}/end"))
    assert "Take back" in people.text
    assert actor_of(person.id).organization_ids == frozenset()
    PageClient(office.app).sign_in(person).get(f"/en/organizations/{organization.public_id}", status=404)
    office.post(f"{page}/end")
    office.get(page)
    office.post(f"{page}/return")
    office.post(f"{page}/return")
    assert [p.id for p in current_members(organization.id, today())].count(person.id) == 1
    assert (count("member_left"), count("member_joined")) == (1, 1)


def test_a_later_return_leaves_the_gap(organization: Organization, manager: Person) -> None:
    person = make_member(organization)
    old = membership(organization, person)
    with write_unit():
        end_membership(old, actor_id=manager.id, now=now() - timedelta(days=10))
    with write_unit():
        fresh = return_member(old, actor_id=manager.id, now=now())
    assert fresh.id != old.id
    assert not old.covers(today())
    assert fresh.covers(today())


def test_who_left_by_herself_is_not_taken_back(organization: Organization, office: PageClient) -> None:
    person = make_member(organization, make_person(display_name="Dina"))
    hers = PageClient(office.app).sign_in(person)
    row = membership(organization, person)
    hers.get(f"/en/memberships/{row.public_id}/leave")
    hers.post(f"/en/memberships/{row.public_id}/leave")
    assert "Take back" not in office.get(f"/en/organizations/{organization.public_id}/people").text
    page = office.follow(office.post(f"/en/members/{row.public_id}/return"))
    assert "A new invitation is needed" in page.text
    assert person.id not in [p.id for p in current_members(organization.id, today())]
    office.get(f"/en/members/{row.public_id}")


def test_nobody_ends_anothers_membership_as_her_own(organization: Organization, office: PageClient) -> None:
    row = membership(organization, make_member(organization))
    office.get(f"/en/memberships/{row.public_id}/leave", status=404)
    office.post(f"/en/memberships/{row.public_id}/leave", status=404)


def test_the_last_manager_cannot_vanish(organization: Organization, manager: Person, office: PageClient) -> None:
    row = membership(organization, manager)
    for way in (
        f"members/{row.public_id}/end",
        f"memberships/{row.public_id}/leave",
        f"members/{row.public_id}/resign",
    ):
        assert "An organization needs a manager" in office.follow(office.post("/en/" + way.format(row.public_id))).text
    assert [p.id for p in managers_of(organization.id)] == [manager.id]
    assert "The only manager" in office.get(f"/en/members/{row.public_id}").text


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_the_last_manager_is_offered_to_hand_over(
    organization: Organization, manager: Person, office: PageClient, language: str
) -> None:
    successor = make_member(organization, make_person(display_name="Dina"))
    make_member(organization, make_person(display_name="Waiting"), confirmed_at=None)
    leave = f"/{language}/memberships/{membership(organization, manager).public_id}/leave"
    address = f"/{language}/organizations/{organization.public_id}/hand-over"
    for page in (leave, f"/{language}/account/my-data/erase", f"/{language}/members/{leave.split('/')[3]}"):
        assert f'href="{address}"' in office.get(page).text
    told = office.get(address).text
    assert "Dina" in told
    assert "Waiting" not in told
    assert told.count(f'action="/{language}/members/') == 1, "nobody hands over to herself"
    office.post(f"/{language}/members/{membership(organization, successor).public_id}/hand-over")
    office.get(address, status=404)
    assert address not in office.get(leave).text
    office.post(leave)
    assert [person.id for person in managers_of(organization.id)] == [successor.id]


def test_a_successor_is_found_by_name_and_by_page(organization: Organization, office: PageClient) -> None:
    for number in range(30):
        make_member(organization, make_person(display_name=f"علي {number}"))
    address = f"/en/organizations/{organization.public_id}/hand-over"
    assert office.get(address).text.count("Hand over<") == 25
    assert office.get(f"{address}?page=2").text.count("Hand over<") == 5
    assert office.get(f"{address}?q=علی ۱۷").text.count("Hand over<") == 1
    assert "Nobody here has such a name" in office.get(f"{address}?q=zz").text


def test_who_is_alone_is_told_whom_to_ask(organization: Organization, office: PageClient) -> None:
    page = office.get(f"/en/organizations/{organization.public_id}/hand-over").text
    assert "Nobody else is a member yet" in page
    assert organization.network_memberships[0].network.names["en"] in page


def test_management_is_shared_and_given_up(organization: Organization, manager: Person, office: PageClient) -> None:
    other = membership(organization, make_member(organization))
    office.post(f"/en/members/{other.public_id}/manager")
    office.post(f"/en/members/{other.public_id}/manager")
    assert len(managers_of(organization.id)) == 2
    gone = office.post(f"/en/members/{membership(organization, manager).public_id}/resign")
    assert gone.headers["Location"] == "/en/my-organization"
    office.get(f"/en/organizations/{organization.public_id}/people", status=404)
    office.get(f"/en/organizations/{organization.public_id}")


def test_management_is_handed_over(organization: Organization, manager: Person, office: PageClient) -> None:
    other = make_member(organization)
    office.post(f"/en/members/{membership(organization, other).public_id}/hand-over")
    assert [p.id for p in managers_of(organization.id)] == [other.id]
    assert (count("manager_named"), count("manager_ended")) == (1, 1)


def test_management_goes_only_to_members(organization: Organization, office: PageClient) -> None:
    waiting = membership(organization, make_member(organization, confirmed_at=None))
    page = office.follow(office.post(f"/en/members/{waiting.public_id}/manager"))
    assert "Only a confirmed member" in page.text


def test_leaving_ends_the_management_of_that_organization_only(app: Flask, organization: Organization) -> None:
    person, elsewhere = make_manager(organization), make_organization()
    grant(person, Role.MANAGER, organization=elsewhere)
    make_manager(organization)
    with write_unit():
        end_membership(membership(organization, person), actor_id=person.id, now=now())
    assert actor_of(person.id).organizations_as(Role.MANAGER) == {elsewhere.id}
    grants = db.session.scalars(select(Grant).where(Grant.person_id == person.id)).all()
    assert len(grants) == 2, "grants are dated, not deleted"


def test_a_title_is_kept_and_cleaned(organization: Organization, office: PageClient) -> None:
    row = membership(organization, make_member(organization))
    office.post(f"/fa/members/{row.public_id}", {"title": "  هماهنگ‌کننده\u202e <b> "})
    db.session.refresh(row)
    assert row.title == "هماهنگ‌کننده <b>"
    office.get(f"/fa/organizations/{organization.public_id}")
    office.post(f"/fa/members/{row.public_id}", {"title": "x" * 200}, status=422)


def test_a_code_for_a_new_password(organization: Organization, office: PageClient) -> None:
    mine = make_member(organization, make_person(sign_in_name="dina 7"))
    page = f"/en/members/{membership(organization, mine).public_id}"
    shown = office.post(f"{page}/reset-code", status=200)
    assert "dina 7" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    both = make_member(make_organization(), make_member(organization))
    page = f"/en/members/{membership(organization, both).public_id}"
    assert "A code cannot be made" in office.get(page).text
    assert "belongs nowhere else" in office.follow(office.post(f"{page}/reset-code")).text


def test_settings_and_the_consent_to_names(organization: Organization, office: PageClient) -> None:
    make_member(organization, make_person(display_name="Dina of the Mill"))
    network = organization.network_memberships[0].network
    admin = PageClient(office.app).sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=network))
    board, settings = (f"/en/organizations/{organization.public_id}{rest}" for rest in ("", "/settings"))
    assert "Dina of the Mill" not in admin.get(board).text
    assert "does not share names" in admin.get(board).text
    assert (
        "Share no names"
        in office.follow(office.post(f"/en/organizations/{organization.public_id}/names", {"shares": "yes"})).text
    )
    assert "Dina of the Mill" in admin.get(board).text
    office.post(f"{board}/names", {"shares": "no"})
    assert "Dina of the Mill" not in admin.get(board).text
    office.get(settings)
    office.post(settings, {"name_en": ""}, status=422)
    office.post(settings, {"name_ar": "شجرة الزيتون", "city_ar": "المنامة", "country": "BH"})
    assert "شجرة الزيتون" in office.get(board).text


def test_a_member_sees_the_board_without_names(organization: Organization, manager: Person, client: PageClient) -> None:
    make_member(organization, make_person(display_name="Dina of the Mill"))
    client.sign_in(make_member(organization))
    page = client.get(f"/en/organizations/{organization.public_id}")
    assert "Dina of the Mill" not in page.text
    assert "Leave this organization" in page.text
    assert "My organization" in page.text


def test_search_among_people_takes_any_spelling(organization: Organization, office: PageClient) -> None:
    make_member(organization, make_person(display_name="يوسف المرزوق"))
    make_member(organization, make_person(display_name="نرگس کریمی"))
    found = office.get(f"/fa/organizations/{organization.public_id}/people?q=یوسف مرزوق")
    assert "نرگس کریمی" not in found.text
    assert "نرگس کریمی" in office.get(f"/fa/organizations/{organization.public_id}/people?q=كريمي").text
    office.get(f"/fa/organizations/{organization.public_id}/people?q=zzz")


PAGES = (
    "organizations/{o}",
    "organizations/{o}/people",
    "organizations/{o}/settings",
    "organizations/{o}/invitations",
    "organizations/{o}/invitations/new",
    "organizations/{o}/invitations/shared",
    "members/{m}",
    "members/{m}/end",
    "memberships/{m}/leave",
    "invitations/{i}",
)
DEEDS = (
    "organizations/{o}/settings",
    "organizations/{o}/names",
    "organizations/{o}/invitations/new",
    "organizations/{o}/invitations/shared",
    "members/{m}",
    "members/{m}/confirm",
    "members/{m}/refuse",
    "members/{m}/end",
    "members/{m}/return",
    "members/{m}/manager",
    "members/{m}/hand-over",
    "members/{m}/resign",
    "members/{m}/reset-code",
    "memberships/{m}/leave",
    "invitations/{i}/revoke",
    "invitations/{i}/reopen",
)


@pytest.mark.parametrize("who", ["manager elsewhere", "admin elsewhere", "learner", "operator"])
def test_a_stranger_finds_nothing(client: PageClient, organization: Organization, manager: Person, who: str) -> None:
    row = membership(organization, manager)
    with write_unit():
        link = invite(organization, Invited(), actor_id=manager.id, now=now())
    ids = {"o": organization.public_id, "m": row.public_id, "i": link.public_id}
    makers: dict[str, Callable[[], Person]] = {
        "manager elsewhere": lambda: make_manager(make_organization(make_network())),
        "admin elsewhere": lambda: grant(make_person(), Role.NETWORK_ADMIN, network=make_network()),
        "learner": make_person,
        "operator": lambda: grant(make_person(), Role.OPERATOR),
    }
    client.sign_in(makers[who]())
    for page in PAGES:
        client.get(f"/en/{page.format(**ids)}", status=404)
    for deed in DEEDS:
        client.post(f"/en/{deed.format(**ids)}", status=404)


def test_its_network_reads_the_board_and_no_more(
    client: PageClient, organization: Organization, manager: Person
) -> None:
    network = organization.network_memberships[0].network
    row = membership(organization, manager)
    client.sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=network))
    client.get(f"/en/organizations/{organization.public_id}")
    for page in PAGES[1:9]:
        client.get(f"/en/{page.format(o=organization.public_id, m=row.public_id)}", status=404)


@pytest.mark.parametrize("page", ["", "/people", "/invitations"])
def test_pages_ask_as_much_for_many_people_as_for_few(
    organization: Organization, manager: Person, office: PageClient, page: str
) -> None:
    asked = []
    for _round in range(2):
        for _n in range(5):
            make_member(organization)
            make_member(organization, confirmed_at=None)
            make_member(organization, ends_on=today(), ended_by_id=manager.id, starts_on=LONG_AGO)
            with write_unit():
                invite(organization, Invited(name="x"), actor_id=manager.id, now=now())
        with counted_statements() as counted:
            office.get(f"/en/organizations/{organization.public_id}{page}")
        asked.append(len(counted))
    assert asked[0] == asked[1]


def test_many_who_wait_stand_on_pages(organization: Organization, office: PageClient) -> None:
    for number in range(30):
        make_member(organization, make_person(display_name=f"Dina {number:02}"), confirmed_at=None)
    board = f"/en/organizations/{organization.public_id}"
    for page in (board, f"{board}/people"):
        html = office.get(page).text
        assert "30 people wait for you" in html
        assert "Dina 24" in html
        assert "Dina 25" not in html
        assert f'href="{board}/people?waiting=2"' in html
    assert "Dina 25" in office.get(f"{board}/people?waiting=2").text


def test_600_people_are_searched_and_leafed_through(organization: Organization, office: PageClient) -> None:
    with write_unit() as session:
        people = [Person(display_name=f"عضو {number:03}", sort_key=f"{number:03}") for number in range(600)]
        session.add_all(people)
        session.flush()
        session.add_all(
            Membership(person_id=each.id, organization_id=organization.id, starts_on=LONG_AGO, confirmed_at=now())
            for each in people
        )
    address = f"/en/organizations/{organization.public_id}/people"
    with counted_statements() as counted:
        page = office.get(f"{address}?page=24").text
    assert "576 to 600 of 601" in page
    with counted_statements() as found:
        page = office.get(f"{address}?q=عضو ۵۹۹").text
    assert "1 to 1 of 1" in page
    assert len(found) == len(counted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_persons_page_says_which_modules_she_completed(
    organization: Organization, office: PageClient, language: str
) -> None:
    done, begun, other = make_module(), make_module(), make_module(network_id=make_network().id)
    person = make_member(organization)
    complete(person, done, datetime(2026, 3, 21, 9, tzinfo=UTC))
    begin(person, begun)
    page = office.get(f"/{language}/members/{membership(organization, person).public_id}").text
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', page)
    assert len(rows) == offered_count(organization.id, today())
    # Those of the kit come first.
    rows = rows[-2:]
    titles = [module.titles[language] for module in (done, begun)]
    assert [[title in row for title in titles] for row in rows] == [[True, False], [False, True]]
    assert {"fa": "۱ فروردین ۱۴۰۵", "ar": "21 مارس 2026", "en": "21 March 2026"}[language] in rows[0]
    with reading_as(Formatter(language)):
        states = [str(STAGES[stage]) for stage in (Stage.COMPLETED, Stage.STARTED)]
    assert all(state in row for state, row in zip(states, rows, strict=True))
    # Modules of networks that the organization is not in are not offered; nor is it known how far others are.
    assert other.titles[language] not in page
    for stranger in (make_member(organization, confirmed_at=None), make_member(organization, ends_on=today())):
        complete(stranger, done)
        assert (
            done.titles[language] not in office.get(f"/en/members/{membership(organization, stranger).public_id}").text
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_manager_takes_along_how_far_her_people_are(
    organization: Organization, manager: Person, office: PageClient, language: str
) -> None:
    module = make_module()
    mina = make_member(organization, make_person(display_name="=Mina"))
    complete(mina, module, datetime(2026, 3, 21, 9, tzinfo=UTC))
    with write_unit():
        membership(organization, mina).title = "Accountant"
    for stranger in (make_member(organization, confirmed_at=None), make_member(make_organization())):
        complete(stranger, module)
    page = f"/{language}/organizations/{organization.public_id}/people"
    told = json.loads(office.get(f"{page}/json").get_data(as_text=True))
    offered = offered_count(organization.id, today())
    assert told["rows_expected"] == told["rows_written"] == len(told["rows"]) == 2 * offered
    assert {row["person"] for row in told["rows"]} == {"=Mina", manager.display_name}
    [row] = [row for row in told["rows"] if row["completed"]]
    assert (row["title"], row["module"], row["completed"]) == ("Accountant", module.titles[language], "2026-03-21")
    assert row.get("completed_jalali") == {"fa": "۱۴۰۵/۰۱/۰۱"}.get(language)
    for file_format, begins in (("csv", "\ufeff".encode()), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        assert f'href="{page}/{file_format}"' in office.get(page).text
        assert office.get(f"{page}/{file_format}").data.startswith(begins)
    office.get(f"{page}/doc", 404)


def test_nobody_else_takes_them_along(organization: Organization, client: PageClient) -> None:
    page = f"/en/organizations/{organization.public_id}/people/csv"
    client.sign_in(make_member(organization)).get(page, 404)
    client.sign_in(make_manager(make_organization())).get(page, 404)
