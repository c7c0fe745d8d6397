"""Asking the API in tests: tokens, requests without cookies, and answers held against the document."""

import re
from datetime import date, timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from lms.accounts.models import Person
from lms.api.models import ApiToken
from lms.api.scopes import TokenScope
from lms.api.services import make_token
from lms.clock import now, today
from lms.db import db, write_unit
from lms.organizations.models import Network

Node = dict[str, Any]
KINDS = {"string": str, "boolean": bool, "object": dict, "array": list, "null": type(None)}


def give_token(
    network: Network, person: Person, scopes: tuple[TokenScope, ...] = tuple(TokenScope), ends: date | None = None
) -> tuple[ApiToken, str]:
    """A token of a network with these scopes, and its secret."""
    day = today(network.time_zone)
    last = ends or day + timedelta(days=30)
    with write_unit():
        return make_token(network, "Power BI", scopes, expires_on=last, day=day, actor_id=person.id, now=now())


class Program:
    """A program that asks with a token; every answer is held against the document of the API."""

    def __init__(self, app: Flask, secret: str = "", language: str = "en") -> None:
        self.app, self.language = app, language
        self.http = app.test_client(use_cookies=False)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        self.document = self.get("/api/v1/openapi.json", checked=False).get_json()

    def get(self, path: str, status: int = 200, *, checked: bool = True, **headers: str) -> TestResponse:
        """Ask, expecting `status`; header names are written with underscores."""
        answer = self._ask("GET", path, headers)
        assert answer.status_code == status, answer.get_data(as_text=True)[:2000]
        if checked:
            self.check(path.partition("?")[0], answer)
        return answer

    def post(self, path: str, status: int, body: Any = None, **headers: str) -> TestResponse:
        """Send something, as JSON unless it is bytes, expecting `status`."""
        kind = {} if body is None else {"data": body} if isinstance(body, bytes) else {"json": body}
        answer = self._ask("POST", path, headers, **kind)
        assert answer.status_code == status, answer.get_data(as_text=True)[:2000]
        self.check(path.partition("?")[0], answer, "post")
        return answer

    def _ask(self, method: str, path: str, headers: dict[str, str], **body: Any) -> TestResponse:
        own = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"Accept-Language": self.language, **self.headers, **own}
        with self.app.app_context():
            answer = self.http.open(path, method=method, headers=sent, **body)
            answer.get_data()
            answer.close()
        db.session.rollback()
        return answer

    def all(self, path: str, limit: int) -> list[Node]:
        """Every row of a list, read page by page; each page is full but the last one."""
        rows: list[Node] = []
        mark = "&" if "?" in path else "?"
        address: str | None = f"{path}{mark}limit={limit}"
        while address:
            answer = self.get(address.removeprefix("http://localhost"))
            found = answer.get_json()
            assert len(found["items"]) == limit or found["next"] is None
            assert answer.headers.get("Link") == (f'<{found["next"]}>; rel="next"' if found["next"] else None)
            rows += found["items"]
            address = found["next"]
        return rows

    def check(self, path: str, answer: TestResponse, method: str = "get") -> None:
        """Raise AssertionError where an answer is not what the document says."""
        [template] = [each for each in self.document["paths"] if _matches(each, path)]
        responses = self.document["paths"][template][method]["responses"]
        if answer.status_code == 304:
            return
        assert str(answer.status_code) in responses, f"{template} says nothing of {answer.status_code}"
        content = resolve(responses[str(answer.status_code)], self.document)["content"]
        assert answer.mimetype in content
        if str(answer.mimetype).endswith("json"):
            validate(answer.get_json(), content[answer.mimetype]["schema"], self.document)


def _matches(template: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template)), path) is not None


def resolve(node: Node, document: Node) -> Node:
    """What a node refers to, or itself."""
    while "$ref" in node:
        found: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def validate(value: Any, schema: Node, document: Node, at: str = "") -> None:
    """Hold a value against a schema (of the words of JSON Schema that the document uses)."""
    schema = resolve(schema, document)
    _validate_kind(value, schema, document, at)
    if isinstance(value, dict):
        _validate_object(value, schema, document, at)
    if isinstance(value, list):
        for number, inner in enumerate(value):
            validate(inner, schema.get("items", {}), document, f"{at}/{number}")


def _validate_kind(value: Any, schema: Node, document: Node, at: str) -> None:
    for word in ("anyOf", "oneOf"):
        if word in schema:
            fitting = [each for each in schema[word] if _fits(value, each, document)]
            assert len(fitting) == 1, f"{at}: {value!r} fits {len(fitting)} of {schema[word]}"
    if "const" in schema:
        assert value == schema["const"], f"{at}: {value!r}"
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    assert not kinds or any(_is(value, kind) for kind in kinds), f"{at}: {value!r} is no {kinds}"
    if schema.get("format") == "date" and value is not None:
        date.fromisoformat(value)


def _validate_object(value: Node, schema: Node, document: Node, at: str) -> None:
    known, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    assert set(schema.get("required", ())) <= set(value), f"{at}: lacks {set(schema['required']) - set(value)}"
    for name, inner in value.items():
        assert name in known or more is not False, f"{at}: {name} is not described"
        if name in known or isinstance(more, dict):
            validate(inner, known.get(name, more), document, f"{at}/{name}")


def _is(value: Any, kind: str) -> bool:
    if kind in ("integer", "number"):
        return isinstance(value, int if kind == "integer" else (int, float)) and not isinstance(value, bool)
    return isinstance(value, KINDS[kind])


def _fits(value: Any, schema: Node, document: Node) -> bool:
    try:
        validate(value, schema, document)
    except AssertionError:
        return False
    return True
