"""Every address of the API against every kind of caller, generated from the address map."""

from collections.abc import Iterator

from flask import Flask

from lms.api.scopes import TokenScope
from tests.api import Program, give_token
from tests.factories import make_member, make_network, make_organization
from tests.page import PageClient
from tests.reporting import make_admin

#: What needs no token: the document, and what verifiers of badges ask for.
OPEN = ("/api/v1/openapi.json", "/api/v1/status-lists/")


def rules_of(app: Flask) -> Iterator[str]:
    """Every rule of the API that something of a network stands behind."""
    rules = (rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/"))
    yield from (rule for rule in rules if not rule.startswith(OPEN))


def test_each_address_is_as_open_as_it_says(client: PageClient, app: Flask) -> None:
    network, elsewhere = make_network(), make_network()
    organization = make_organization(network)
    make_member(organization)
    admin, stranger = make_admin(network), make_admin(elsewhere)
    callers = {
        200: Program(app, give_token(network, admin)[1]),
        401: Program(app),
        404: Program(app, give_token(elsewhere, stranger)[1]),
    }
    scopes = [Program(app, give_token(network, admin, (scope,))[1]) for scope in TokenScope]
    client.sign_in(admin)
    asked = 0
    for rule in rules_of(app):
        path = rule.replace("<network_id>", network.public_id).replace("<organization_id>", organization.public_id)
        assert "<" not in path, f"{rule}: the matrix does not know what to put there"
        asked += 1
        app.extensions["lms_api_pace"].limiter.reset()
        for status, program in callers.items():
            program.get(path, status)
        with app.app_context():
            assert client.http.get(path).status_code == 401, f"{rule}: a cookie is no token"
        answers = []
        for program in scopes:
            with app.app_context():
                answers.append(program.http.get(path, headers=program.headers).status_code)
        assert sorted(answers) == [200, 403, 403, 403, 403], rule
    assert asked == 8


def test_none_takes_anything_but_questions(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            assert (rule.methods or set()) <= {"GET", "HEAD", "OPTIONS"}, rule.rule
