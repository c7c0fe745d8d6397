"""Every address of the API against every kind of caller, generated from the address map."""

from collections.abc import Iterator

from flask import Flask
from sqlalchemy import select

from lms.api.models import IdempotencyKey
from lms.api.scopes import TokenScope
from lms.db import db, write_unit
from lms.imports.models import Import
from tests.api import Program, give_token
from tests.factories import make_member, make_network, make_organization
from tests.page import PageClient
from tests.reporting import make_admin
from tests.sheets import bring_sheet, csv_of

#: What needs no token: the document, and what verifiers of badges ask for.
OPEN = ("/api/v1/openapi.json", "/api/v1/status-lists/")


#: What writes; tests of the import ask these.
WRITING = {"/api/v1/networks/<network_id>/imports", "/api/v1/networks/<network_id>/imports/<import_id>/undo"}


def rules_of(app: Flask, method: str = "GET") -> Iterator[str]:
    """Every rule of the API that something of a network stands behind, and that takes the method."""
    rules = (rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/"))
    yield from (rule.rule for rule in rules if method in (rule.methods or ()) and not rule.rule.startswith(OPEN))


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
    record = bring_sheet(network, admin, csv_of(("name", "organization"), ("A", "B")))
    with write_unit() as session:
        session.get_one(Import, record.id).by_program = True
    client.sign_in(admin)
    asked = 0
    for rule in rules_of(app):
        path = rule.replace("<network_id>", network.public_id).replace("<organization_id>", organization.public_id)
        path = path.replace("<import_id>", record.public_id)
        assert "<" not in path, f"{rule}: the matrix does not know what to put there"
        asked += 1
        app.extensions["lms_counts"].here.storage.reset()
        for status, program in callers.items():
            program.get(path, status)
        with app.app_context():
            assert client.http.get(path).status_code == 401, f"{rule}: a cookie is no token"
        answers = []
        for program in scopes:
            with app.app_context():
                answers.append(program.http.get(path, headers=program.headers).status_code)
        assert sorted(answers) == [200, 403, 403, 403, 403, 403], rule
    assert asked == 10


def test_what_writes_is_as_open_as_it_says(client: PageClient, app: Flask) -> None:
    network, elsewhere = make_network(), make_network()
    admin, stranger = make_admin(network), make_admin(elsewhere)
    record = bring_sheet(network, admin, csv_of(("name", "organization"), ("A", "B")))
    with write_unit() as session:
        session.get_one(Import, record.id).by_program = True
    reading = tuple(scope for scope in TokenScope if scope != TokenScope.IMPORT)
    callers = {
        401: Program(app),
        403: Program(app, give_token(network, admin, reading)[1]),
        404: Program(app, give_token(elsewhere, stranger)[1]),
    }
    client.sign_in(admin)
    assert set(rules_of(app, "POST")) == WRITING
    for rule in WRITING:
        path = rule.replace("<network_id>", network.public_id).replace("<import_id>", record.public_id)
        for status, program in callers.items():
            program.post(path, status, {"rows": [{"person": "A", "organization": "B"}]}, Idempotency_Key="1")
        with app.app_context():
            assert client.http.post(path).status_code == 401, f"{rule}: a cookie is no token"
    assert db.session.scalars(select(IdempotencyKey)).all() == []


def test_nothing_else_takes_anything_but_questions(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            assert (rule.methods or set()) <= {"GET", "HEAD", "OPTIONS"} or rule.rule in WRITING, rule.rule
