"""The frame of every page."""

import re

import html5lib
import pytest
from flask import Flask

from lms.accounts.models import Person
from lms.security.actor import Role
from tests.conftest import LANGUAGES
from tests.factories import grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_greets_whoever_is_signed_in(client: PageClient, language: str) -> None:
    person = make_person(display_name="مریم رستمی")
    page = client.sign_in(person).get(f"/{language}/")
    assert "مریم رستمی" in page.text


def test_a_stranger_is_asked_to_sign_in(client: PageClient) -> None:
    response = client.get("/fa/", status=303)
    assert response.headers["Location"].startswith("/fa/sign-in")


@pytest.mark.parametrize(("header", "language"), [("ar-EG,en-US;q=0.9,en;q=0.8", "ar"), ("fa-IR,en;q=0.8", "fa")])
def test_the_root_leads_to_the_readers_language(client: PageClient, header: str, language: str) -> None:
    response = client.get("/", status=302, headers={"Accept-Language": header})
    assert response.headers["Location"] == f"/{language}/"


def test_an_unknown_language_is_not_found(client: PageClient) -> None:
    client.get("/de/", status=404)


@pytest.mark.parametrize(("language", "said"), [("fa", "نام میزبان"), ("ar", "اسم المضيف"), ("en", "host name")])
def test_a_strange_host_is_told_so(client: PageClient, language: str, said: str) -> None:
    page = client.get("/fa/", 400, base_url="http://evil.example", headers={"Accept-Language": language})
    assert said in page.text
    assert "ALLOWED_HOSTS" in page.text


def person_with(*roles: Role) -> Person:
    """A member of an organization of a network, with these roles there."""
    network = make_network()
    organization = make_organization(network)
    person = make_member(organization)
    for role in roles:
        own = {Role.MANAGER: {"organization": organization}, Role.OPERATOR: {}}.get(role, {"network": network})
        grant(person, role, **own)
    return person


def on_a_phone(html: str) -> set[str]:
    """Addresses that the frame of a page links to on a phone."""
    xhtml = "{http://www.w3.org/1999/xhtml}"
    found: set[str] = set()
    document = html5lib.parse(html)
    for frame in (*document.iter(f"{xhtml}header"), *document.iter(f"{xhtml}nav")):
        hidden = [li for li in frame.iter(f"{xhtml}li") if li.get("class") == "desk"]
        inside = {id(link) for li in hidden for link in li.iter()}
        found |= {link.get("href") or "" for link in frame.iter(f"{xhtml}a") if id(link) not in inside}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "roles",
    [(), (Role.MANAGER,), (Role.TRAINER,), (Role.NETWORK_ADMIN,), (Role.OPERATOR,), tuple(Role)],
    ids=lambda roles: "+".join(roles) or "learner",
)
def test_every_place_is_within_reach_on_a_phone(client: PageClient, roles: tuple[Role, ...], language: str) -> None:
    html = client.sign_in(person_with(*roles)).get(f"/{language}/").text
    assert f"/{language}/search" in on_a_phone(html)
    nav = html[html.index('<nav class="nav"') : html.index("</nav>")]
    places = {part.partition('"')[0] for part in nav.split('<a href="')[1:]}
    assert len(places) >= 4
    assert places <= on_a_phone(html)
    assert nav.count("<li>") <= 4, "what fits the foot of a phone"


def test_each_place_has_a_sign_of_its_own(client: PageClient) -> None:
    html = client.sign_in(person_with(*Role)).get("/en/").text
    nav = html[html.index('<nav class="nav"') : html.index("</nav>")]
    signs = re.findall(r'#(i-[a-z-]+)"', nav)
    assert len(signs) > 8
    assert len(signs) == len(set(signs)), signs


@pytest.mark.parametrize("path", ["networks/{}", "networks/{}/self-assessments", "networks/{}/evidence"])
def test_one_place_is_the_present_one(client: PageClient, path: str) -> None:
    network = make_network()
    person = make_person()
    grant(person, Role.NETWORK_ADMIN, network=network)
    html = client.sign_in(person).get(f"/en/{path.format(network.public_id)}").text
    nav = html[html.index('<nav class="nav"') : html.index("</nav>")]
    assert nav.count("aria-current") == 1


def test_a_session_keeps_its_form_token_and_no_other_has_it(app: Flask) -> None:
    def token_at(client: PageClient) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/en/").text)
        assert found
        return found[1]

    one, other = (PageClient(app).sign_in(make_person()) for _ in range(2))
    first = token_at(one)
    assert token_at(one) == first
    assert token_at(other) != first
    refused = one.http.post("/en/sign-out", data={"csrf_token": token_at(other)})
    assert refused.status_code == 400
    assert token_at(one) == first


def test_a_token_that_was_not_checked_is_never_known(app: Flask) -> None:
    client = PageClient(app).sign_in(make_person())
    client.get("/en/")
    for path in ("/en/no-such-page", "/nowhere"):
        client.http.post(path, data={"csrf_token": "chosen"}, headers={"X-CSRFToken": "chosen"})
    for sent in ({"data": {"csrf_token": "chosen"}}, {"headers": {"X-CSRFToken": "chosen"}}):
        assert client.http.post("/en/sign-out", **sent).status_code == 400
    client.get("/en/")


def test_a_token_that_was_checked_goes_on_serving_its_session_alone(app: Flask) -> None:
    one, other = (PageClient(app).sign_in(make_person()) for _ in range(2))
    token = one.token()
    other.token()
    for _twice in range(2):
        assert one.http.post("/en/notices/read", headers={"X-CSRFToken": token}).status_code != 400
        assert other.http.post("/en/notices/read", headers={"X-CSRFToken": token}).status_code == 400
