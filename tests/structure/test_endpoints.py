"""Every endpoint declares who may call it, and its address is written as addresses are."""

import re

from flask import Flask

from lms.security.permissions import Permission

PART = re.compile(r"^(<[a-z_:]+>|[a-z0-9.-]*)$")
READING = {Permission.SEE_ORGANIZATION, Permission.SEE_NETWORK, Permission.SEE_REPORTS, Permission.SEE_CREDENTIAL}


def test_every_endpoint_declares_a_permission_or_is_public(app: Flask) -> None:
    silent = [name for name, view in app.view_functions.items() if not hasattr(view, "lms_permission")]
    assert not silent


def test_nothing_is_written_under_a_permission_to_read(app: Flask) -> None:
    wrong = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if set(rule.methods or ()) & {"POST", "PUT", "DELETE", "PATCH"}
        and getattr(app.view_functions[rule.endpoint], "lms_permission", None) in READING
    ]
    assert not wrong


def test_addresses_are_kebab_case_and_carry_a_language(app: Flask) -> None:
    for_machines = ("/<lang>/", "/api/v1/", "/.well-known/")
    without_language = {"/", "/healthz", "/readyz", "/v/<code>", "/i/<code>", "/calendar/<file>"}
    for rule in app.url_map.iter_rules():
        assert all(PART.match(part) for part in rule.rule.split("/")), rule.rule
        assert rule.rule.startswith(for_machines) or rule.rule in without_language, rule.rule


def test_an_undeclared_endpoint_is_refused(app: Flask) -> None:
    assert "static" not in app.view_functions
    client = app.test_client()
    with app.app_context():
        assert client.get("/healthz").status_code == 200
    view = app.view_functions["healthz"]
    permission = view.__dict__.pop("lms_permission")
    try:
        with app.app_context():
            assert client.get("/healthz").status_code == 403
    finally:
        view.__dict__["lms_permission"] = permission
