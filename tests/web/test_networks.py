"""Networks: creating one, its organizations, its admins."""

import pytest
from flask import Flask
from sqlalchemy import select

from lms.db import db
from lms.events.models import EventRow
from lms.organizations.models import Grant, Network, NetworkMembership, Organization
from lms.security.actor import Role
from tests.conftest import LANGUAGES
from tests.factories import grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements

KIND = {
    "form": "union",
    "reach": "regional",
    "basis": "thematic_specialised",
    "country": "BH",
    "time_zone": "UTC",
    "threshold": "5",
}


def admin_of(network: Network) -> PageClient:
    """A browser of an admin of the network."""
    from flask import current_app

    client = PageClient(current_app._get_current_object())  # type: ignore[attr-defined]
    return client.sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=network))


def operator(client: PageClient) -> PageClient:
    return client.sign_in(grant(make_person(), Role.OPERATOR))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_operator_creates_a_network_and_administers_it(client: PageClient, language: str) -> None:
    operator(client)
    client.get(f"/{language}/networks")
    client.get(f"/{language}/networks/new")
    created = client.post(f"/{language}/networks/new", {"name_ar": "شبكة المنظمات الأهلية", **KIND})
    page = client.follow(created)
    assert "شبكة المنظمات الأهلية" in page.text
    network = db.session.scalars(select(Network)).one()
    assert (network.form, network.reach, network.basis) == ("union", "regional", "thematic_specialised")
    assert network.names == {"ar": "شبكة المنظمات الأهلية"}
    assert db.session.scalars(select(EventRow.name)).all().count("network_created") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_network_needs_a_name_and_is_asked_for_it_in_the_readers_language(client: PageClient, language: str) -> None:
    page = operator(client).post(f"/{language}/networks/new", {"country": "IR", **KIND}, status=422).text
    wrong = [code for code in LANGUAGES if f'id="name_{code}-error"' in page]
    assert wrong == [language]


def test_a_new_network_counts_days_where_its_admin_lives(client: PageClient) -> None:
    admin = grant(make_person(country="LB"), Role.OPERATOR)
    page = client.sign_in(admin).get("/en/networks/new").text
    assert '<option selected value="Asia/Beirut">' in page


def test_a_kind_that_is_none_is_refused(client: PageClient) -> None:
    operator(client).post("/en/networks/new", {"name_en": "Net", **KIND, "form": "cartel"}, status=422)
    operator(client).post("/en/networks/new", {"name_en": "Net", **KIND, "time_zone": "Mars/Base"}, status=422)


def test_learners_and_managers_create_no_network(client: PageClient) -> None:
    organization = make_organization(make_network())
    client.sign_in(grant(make_person(), Role.MANAGER, organization=organization)).get("/en/networks/new", status=403)


def test_names_are_cleaned_and_changed(app: Flask) -> None:
    network = make_network()
    client = admin_of(network)
    names = {"name_fa": "شبكة\u202e  توسعه ي پايدار\u200c", "name_en": "Net <b>"}
    client.post(f"/fa/networks/{network.public_id}/edit", {**names, **KIND})
    db.session.expire_all()
    assert network.names == {"fa": "شبکة توسعه ی پایدار", "en": "Net <b>"}
    assert "Net &lt;b&gt;" in client.get(f"/en/networks/{network.public_id}").text


def test_a_network_chooses_which_groups_are_too_small_to_be_shown(app: Flask) -> None:
    network = make_network(threshold=5)
    client, address = admin_of(network), f"/en/networks/{network.public_id}/edit"
    assert '<option selected value="5">5 people</option>' in client.get(address).text
    client.post(address, {"name_en": "Net", **KIND, "threshold": "20"})
    db.session.expire_all()
    assert network.threshold == 20
    assert '<option selected value="20">20 people</option>' in client.get(address).text
    # Less than the usual would tell of people who may be at risk.
    for wrong in ("1", "4", "0", "-5", "x", ""):
        client.post(address, {"name_en": "Net", **KIND, "threshold": wrong}, status=422)
    db.session.expire_all()
    assert network.threshold == 20
    told = client.get(f"/en/networks/{network.public_id}/reports/completion?since=2026-01-01").text
    assert "groups of fewer than 20 people are hidden" in told


def test_an_organization_is_added_and_one_of_the_same_name_asked_about(app: Flask) -> None:
    network = make_network(country="IR")
    client = admin_of(network)
    address = f"/fa/networks/{network.public_id}/organizations/new"
    assert 'value="IR" selected' in client.get(address).text or "selected" in client.get(address).text
    client.post(address, {"name_fa": "انجمن یاری‌گران", "city_fa": "تهران", "country": "IR"})
    again = client.post(address, {"name_fa": "انجمن ياريگران", "country": "IR"}, status=422)
    assert 'name="anyway"' in again.text
    client.post(address, {"name_fa": "انجمن ياريگران", "country": "IR", "anyway": "y"})
    assert len(db.session.scalars(select(Organization)).all()) == 2
    assert "تهران" in client.get(f"/fa/networks/{network.public_id}").text


def test_the_question_about_names_tells_nothing_of_other_networks(app: Flask) -> None:
    make_organization(make_network(), names={"en": "Secret House"})
    network = make_network()
    admin_of(network).post(f"/en/networks/{network.public_id}/organizations/new", {"name_en": "Secret House"})


def test_a_membership_ends_and_returns(app: Flask) -> None:
    network = make_network()
    organization = make_organization(network, names={"en": "Olive Tree"})
    client = admin_of(network)
    base = f"/en/networks/{network.public_id}/organizations/{organization.public_id}"
    client.get(base)
    client.get(f"{base}/end")
    assert "Take it back" in client.follow(client.post(f"{base}/end")).text
    board = f"/en/networks/{network.public_id}"
    assert "Olive Tree" not in client.get(board).text
    assert "Olive Tree" in client.get(f"{board}?show=former").text
    client.post(f"{base}/return")
    client.post(f"{base}/return")
    assert "Olive Tree" in client.get(board).text
    assert "Olive Tree" not in client.get(f"{board}?show=former").text
    assert len(db.session.scalars(select(NetworkMembership)).all()) == 1, "what ended today is taken back"


def test_search_finds_any_spelling_and_pages_hold_the_rest(app: Flask) -> None:
    network = make_network()
    for n in range(30):
        make_organization(network, names={"fa": f"کانون {n}"})
    make_organization(network, names={"ar": "جمعية الأمل"})
    client = admin_of(network)
    board = f"/fa/networks/{network.public_id}"
    assert "جمعية الأمل" in client.get(f"{board}?q=جمعیه الامل").text
    assert "کانون 5" not in client.get(f"{board}?q=الأمل").text
    first, second = client.get(board).text, client.get(f"{board}?page=2").text
    assert "۱ تا ۲۵ از ۳۱" in first
    assert "۲۶ تا ۳۱ از ۳۱" in second
    assert "۲۶ تا ۳۱ از ۳۱" in client.get(f"{board}?page=99").text
    for hostile in ("%", "_", "'\"", "\x00", "x" * 5000):
        client.get(f"{board}?", query_string={"q": hostile, "page": "-1"})


def test_the_board_asks_as_much_of_many_organizations_as_of_few(app: Flask) -> None:
    network = make_network()
    client = admin_of(network)
    asked = []
    for _round in range(2):
        for _n in range(6):
            make_member(make_organization(network))
        with counted_statements() as counted:
            client.get(f"/en/networks/{network.public_id}")
        asked.append(len(counted))
    assert asked[0] == asked[1]


def test_another_networks_admin_finds_nothing(app: Flask) -> None:
    network = make_network()
    organization = make_organization(network)
    stranger = admin_of(make_network())
    base = f"/en/networks/{network.public_id}"
    link = f"{base}/organizations/{organization.public_id}"
    for path in (base, f"{base}/edit", f"{base}/organizations/new", f"{base}/admins", link, f"{link}/end"):
        stranger.get(path, status=404)
    for path in (f"{base}/edit", f"{base}/organizations/new", f"{base}/admins", f"{link}/end", f"{link}/return"):
        stranger.post(path, status=404)


def test_admins_are_named_and_end(client: PageClient) -> None:
    network = make_network()
    first = grant(make_person(), Role.NETWORK_ADMIN, network=network)
    second = make_person(sign_in_name="نرگس کریمی")
    operator(client)
    address = f"/en/networks/{network.public_id}/admins"
    assert "Nobody signs in" in client.post(address, {"sign_in_name": "nobody"}, status=422).text
    client.post(address, {"sign_in_name": "نرگس كريمي"})
    client.post(address, {"sign_in_name": "نرگس كريمي"})
    grants = db.session.scalars(select(Grant).where(Grant.network_id == network.id)).all()
    assert {g.person_id for g in grants} == {first.id, second.id}
    assert len(grants) == 2
    client.post(f"{address}/{first.public_id}/end")
    assert "A network needs an admin" in client.follow(client.post(f"{address}/{second.public_id}/end")).text
    client.post(f"{address}/{first.public_id}/end", status=404)


def test_an_operator_sees_no_networks_people(client: PageClient) -> None:
    network = make_network()
    operator(client).get(f"/en/networks/{network.public_id}", status=404)
