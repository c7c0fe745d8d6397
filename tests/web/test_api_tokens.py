"""Tokens: made on a page, shown once, kept as a hash, and dead with whoever or whatever ends them."""

import re
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from lms.accounts.models import Person
from lms.accounts.privacy import exported
from lms.accounts.services.erasing import erase_person
from lms.accounts.sessions import token_hash
from lms.api.models import ApiToken
from lms.api.pace import PLACES
from lms.api.scopes import TokenScope
from lms.api.services import MOST_LIVE, make_token, revoke_token
from lms.clock import now, today
from lms.db import db, write_unit
from lms.errors import DomainError, NotAllowed
from lms.events.models import EventRow
from lms.organizations.models import Grant, Network
from lms.security.actor import Role
from lms.setup import settings_of
from tests.api import Program, give_token
from tests.conftest import LANGUAGES
from tests.factories import grant, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.reporting import make_admin


def path_of(network: Network, rest: str = "") -> str:
    return f"/api/v1/networks/{network.public_id}{rest}"


def at_pace(app: Flask, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on a token may ask so often in a minute."""
    monkeypatch.setitem(app.extensions, "lms_settings", replace(settings_of(app), api_pace=most))


def events_of(name: str) -> list[EventRow]:
    return list(db.session.scalars(select(EventRow).where(EventRow.name == name).order_by(EventRow.id)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_admin_makes_a_token_and_sees_it_once(client: PageClient, app: Flask, language: str) -> None:
    network = make_network()
    admin = make_admin(network)
    page = f"/{language}/networks/{network.public_id}/tokens"
    client.sign_in(admin)
    assert page in client.get(f"/{language}/networks/{network.public_id}").text
    client.get(page)
    answer = client.post(page, {"name": "Power BI", "scopes": ["completions", "people"], "days": "90"}, status=200)
    assert answer.headers["Cache-Control"] == "no-store"
    [secret] = re.findall(r">(tashbik_[\w-]+)<", answer.text)
    assert f"http://localhost{path_of(network, '/completions.csv')}" in answer.text
    token = db.session.scalars(select(ApiToken)).one()
    assert token.token_hash == token_hash(secret)
    assert token.expires_on == today() + timedelta(days=90)
    again = client.get(page).text
    assert secret not in again
    assert admin.display_name in again
    for kept in db.session.execute(text("SELECT * FROM api_token")).mappings().one().values():
        assert secret not in str(kept)
    Program(app, secret).get(path_of(network, "/completions"))
    [made] = events_of("api_token_made")
    assert (made.actor_id, made.network_id) == (admin.id, network.id)
    assert made.payload == {"network_id": network.id, "token": token.public_id, "scopes": "people completions"}


def test_what_is_missing_is_said_and_what_was_typed_is_kept(client: PageClient) -> None:
    network = make_network()
    client.sign_in(make_admin(network))
    page = f"/en/networks/{network.public_id}/tokens"
    answer = client.post(page, {"name": "Kept words", "days": "90"}, status=422).text
    assert "Choose what the token may do." in answer
    assert 'value="Kept words"' in answer
    client.post(page, {"name": "", "scopes": ["people"], "days": "90"}, status=422)
    client.post(page, {"name": "x", "scopes": ["everything"], "days": "90"}, status=422)
    client.post(page, {"name": "x", "scopes": ["people"], "days": "4000"}, status=422)
    assert db.session.scalars(select(ApiToken)).all() == []


def test_the_service_keeps_its_rules(app: Flask) -> None:
    network, day = make_network(), today()
    admin = make_admin(network)

    def make(days: int, *scopes: TokenScope) -> None:
        ends = day + timedelta(days=days)
        make_token(network, "x", scopes, expires_on=ends, day=day, actor_id=admin.id, now=now())

    for days, scopes, field in (
        (367, (TokenScope.PEOPLE,), "days"),
        (-1, (TokenScope.PEOPLE,), "days"),
        (30, (), "scopes"),
    ):
        with pytest.raises(DomainError) as refused, write_unit():
            make(days, *scopes)
        assert refused.value.field == field
    with write_unit():
        for _ in range(MOST_LIVE):
            make(366, TokenScope.PEOPLE)
    with pytest.raises(NotAllowed), write_unit():
        make(30, TokenScope.PEOPLE)


def test_a_revoked_token_is_dead_at_once(client: PageClient, app: Flask) -> None:
    network = make_network()
    first, second = make_admin(network), make_admin(network)
    token, secret = give_token(network, first)
    program = Program(app, secret)
    program.get(path_of(network))
    client.sign_in(second)
    page = f"/en/networks/{network.public_id}/tokens"
    client.post(f"{page}/{token.public_id}/revoke")
    answer = program.get(path_of(network), 401)
    assert answer.headers.getlist("WWW-Authenticate")[0].startswith("Bearer")
    shown = client.get(page).text
    assert "Revoked" in shown
    assert "/revoke" not in shown
    [event] = events_of("api_token_revoked")
    assert (event.actor_id, event.payload["token"]) == (second.id, token.public_id)
    with write_unit():
        revoke_token(db.session.get_one(ApiToken, token.id), actor_id=first.id, now=now())
    assert len(events_of("api_token_revoked")) == 1, "twice is once"


def test_a_token_dies_with_its_day(app: Flask) -> None:
    network = make_network(time_zone="Asia/Tehran")
    admin = make_admin(network)
    day = today("Asia/Tehran")
    token, secret = give_token(network, admin, ends=day)
    program = Program(app, secret)
    program.get(path_of(network))
    with write_unit() as session:
        session.get_one(ApiToken, token.id).made_on -= timedelta(days=5)
        session.get_one(ApiToken, token.id).expires_on = day - timedelta(days=1)
    program.get(path_of(network), 401)


def test_a_token_dies_with_its_makers_role(client: PageClient, app: Flask) -> None:
    network = make_network()
    admin = make_admin(network)
    _token, secret = give_token(network, admin)
    program = Program(app, secret)
    program.get(path_of(network))
    with write_unit() as session:
        session.scalars(select(Grant).where(Grant.person_id == admin.id)).one().ends_on = today()
    program.get(path_of(network), 401)
    page = client.sign_in(make_admin(network)).get(f"/en/networks/{network.public_id}/tokens").text
    assert "who made it is no admin now" in page
    grant(admin, Role.OPERATOR)
    program.get(path_of(network), 401)


def test_a_token_dies_with_its_maker(app: Flask) -> None:
    network = make_network()
    admin, other = make_admin(network), make_admin(network)
    _token, secret = give_token(network, admin)
    others, _secret = give_token(network, other)
    program = Program(app, secret)
    with write_unit():
        revoke_token(db.session.get_one(ApiToken, others.id), actor_id=admin.id, now=now())
    assert [each["name"] for each in exported(admin)["api_tokens"]] == ["Power BI"]
    with write_unit():
        erase_person(db.session.get_one(Person, admin.id), now())
    program.get(path_of(network), 401)
    [left] = db.session.scalars(select(ApiToken)).all()
    assert (left.id, left.revoked_by_id) == (others.id, None)


def test_a_token_sees_less_than_its_maker(app: Flask) -> None:
    """She administers two networks and manages an organization: the token sees one network of them."""
    network, other = make_network(), make_network()
    organization = make_organization(other)
    admin = grant(make_admin(network, other), Role.MANAGER, organization=organization)
    _token, secret = give_token(network, admin)
    program = Program(app, secret)
    program.get(path_of(network))
    program.get(path_of(other), 404)
    program.get(path_of(other, f"/organizations/{organization.public_id}"), 404)
    program.get(path_of(network, f"/organizations/{organization.public_id}"), 404)


def test_each_scope_opens_its_own(app: Flask) -> None:
    network = make_network()
    admin = make_admin(network)
    opened = {
        TokenScope.REPORTS: {"/reports/completion"},
        TokenScope.ORGANIZATIONS: {"", "/organizations"},
        TokenScope.PEOPLE: {"/people"},
        TokenScope.COMPLETIONS: {"/completions", "/completions.csv"},
        TokenScope.AWARDS: {"/awards"},
    }
    for scope, own in opened.items():
        program = Program(app, give_token(network, admin, (scope,))[1])
        for path in set().union(*opened.values()):
            answer = program.get(path_of(network, path), 200 if path in own else 403)
            if path not in own:
                assert "insufficient_scope" in answer.headers["WWW-Authenticate"]


def test_the_token_can_be_a_password(app: Flask) -> None:
    """Excel and Power BI know user name and password."""
    network = make_network()
    _token, secret = give_token(network, make_admin(network))
    for name in ("", "anybody", "نام"):
        sent = b64encode(f"{name}:{secret}".encode()).decode()
        Program(app).get(path_of(network, "/completions.csv"), Authorization=f"Basic {sent}")
    sent = b64encode(f"{secret}:".encode()).decode()
    Program(app).get(path_of(network), 401, Authorization=f"Basic {sent}")


@pytest.mark.parametrize(
    "sent",
    ["Bearer", "Bearer x", "Bearer tashbik_x", "Basic !", "Basic Og==", "Digest x", "Bearer tashbik_" + "x" * 200],
)
def test_what_is_no_token_opens_nothing(app: Flask, sent: str) -> None:
    Program(app).get(path_of(make_network()), 401, Authorization=sent)


def test_a_token_in_the_address_opens_nothing(app: Flask) -> None:
    network = make_network()
    _token, secret = give_token(network, make_admin(network))
    Program(app).get(path_of(network, f"/people?token={secret}"), 401)
    Program(app).get(path_of(network, f"/people?access_token={secret}"), 401)


def test_cookies_open_nothing_and_choose_no_language(client: PageClient, app: Flask) -> None:
    network = make_network()
    client.sign_in(make_admin(network))
    client.get(f"/en/networks/{network.public_id}")
    client.http.set_cookie("tashbik_language", "ar")
    with app.app_context():
        answer = client.http.get(path_of(network), headers={"Accept-Language": "fa"})
    assert answer.status_code == 401
    assert answer.headers["Content-Language"] == "fa"
    assert "Set-Cookie" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_nothing_of_it_is_kept_on_the_way(app: Flask) -> None:
    network = make_network()
    program = Program(app, give_token(network, make_admin(network))[1])
    for path in ("/people", "/completions.csv", "/reports/completion", ""):
        answer = program.get(path_of(network, path))
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Authorization" in answer.headers["Vary"]


def test_the_last_day_of_use_is_kept(app: Flask) -> None:
    network = make_network()
    token, secret = give_token(network, make_admin(network))

    def used() -> object:
        db.session.rollback()
        return db.session.scalar(select(ApiToken.last_used_on).where(ApiToken.id == token.id))

    assert used() is None
    program = Program(app, secret)
    program.get(path_of(network))
    assert used() == today()
    with write_unit() as session:
        session.get_one(ApiToken, token.id).last_used_on = today() - timedelta(days=3)
    program.get(path_of(network, "/completions.csv"))
    assert used() == today()


def test_who_asks_too_often_is_told_when_to_come_back(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    network = make_network()
    admin = make_admin(network)
    first, second = (Program(app, give_token(network, admin)[1]) for _ in range(2))
    at_pace(app, 3, monkeypatch)
    for _ in range(3):
        first.get(path_of(network))
    answer = first.get(path_of(network), 429)
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.mimetype == "application/problem+json"
    with counted_statements() as sent:
        first.get(path_of(network), 429)
    assert sent == [], "who is slowed down costs no statement"
    second.get(path_of(network))


def test_one_place_cannot_try_without_end(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each guess is another token; the address is counted too."""
    network, program = make_network(), Program(app)
    at_pace(app, 1, monkeypatch)
    for number in range(PLACES):
        program.get(path_of(network), 401, Authorization=f"Bearer tashbik_{number}")
    program.get(path_of(network), 429, Authorization="Bearer tashbik_last")


def test_who_sends_no_token_has_the_pace_of_one(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    network, program = make_network(), Program(app)
    at_pace(app, 2, monkeypatch)
    for status in (401, 401, 429):
        program.get(path_of(network), status)


def test_pages_are_not_counted(client: PageClient, app: Flask) -> None:
    counted = app.extensions["lms_counts"].here.storage.storage
    client.get("/en/sign-in")
    assert not counted
    Program(app).get(path_of(make_network()), 401)
    assert len(counted) == 2, "the place, and who sent no token"


def test_a_learner_makes_none(client: PageClient) -> None:
    network = make_network()
    client.sign_in(make_person())
    client.get(f"/en/networks/{network.public_id}/tokens", 404)
    client.post(
        f"/en/networks/{network.public_id}/tokens", {"name": "x", "scopes": ["people"], "days": "90"}, status=404
    )
