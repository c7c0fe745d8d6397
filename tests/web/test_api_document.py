"""The document of the API: it describes every address, refers to nothing that is not there, and is shown to people."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from lms.api.reading import operations, resolved
from tests.api import Node, Program
from tests.conftest import LANGUAGES
from tests.page import PageClient

#: What OpenAPI 3.1 lets stand in the objects that the document is made of.
ALLOWED = {
    "document": {"openapi", "info", "servers", "paths", "components", "tags"},
    "operation": {"tags", "summary", "description", "operationId", "parameters", "responses", "security"}
    | {"requestBody"},
    "parameter": {"name", "in", "description", "required", "schema"},
    "response": {"description", "headers", "content"},
}
SCHEMA = {"type", "properties", "required", "items", "additionalProperties", "description", "format", "title"}
SCHEMA |= {"enum", "const", "oneOf", "anyOf", "allOf", "minimum", "maximum", "minLength", "default", "$ref"}


def document_of(app: Flask, language: str = "en") -> Node:
    """The document as a reader of the language gets it."""
    found: Node = Program(app, language=language).document
    return found


def nodes(node: Any) -> Iterator[Node]:
    """Every object in it."""
    if isinstance(node, dict):
        yield node
        for each in node.values():
            yield from nodes(each)
    elif isinstance(node, list):
        for each in node:
            yield from nodes(each)


def schemas(document: Node) -> Iterator[Node]:
    """Every schema, whole or inside of another."""
    waiting = [*document["components"]["schemas"].values()]
    waiting += [node["schema"] for node in nodes(document) if isinstance(node.get("schema"), dict)]
    while waiting:
        schema = waiting.pop()
        yield schema
        waiting += schema.get("properties", {}).values()
        waiting += [each for word in ("oneOf", "anyOf", "allOf") for each in schema.get(word, [])]
        waiting += [schema[word] for word in ("items", "additionalProperties") if isinstance(schema.get(word), dict)]


def test_it_is_written_by_the_rules(app: Flask) -> None:
    document = document_of(app)
    assert document["openapi"] == "3.1.0"
    assert set(document) <= ALLOWED["document"]
    assert document["info"]["title"]
    assert document["info"]["version"]
    for path, methods in document["paths"].items():
        names = set(re.findall(r"{(\w+)}", path))
        for method, operation in methods.items():
            if method == "parameters":
                continue
            assert set(operation) <= ALLOWED["operation"], operation
            told = [*methods.get("parameters", []), *operation.get("parameters", [])]
            assert {each["name"] for each in told if each["in"] == "path"} == names
            assert len({(each["in"], each["name"]) for each in told}) == len(told)
            for each in told:
                assert set(each) <= ALLOWED["parameter"], each
                assert each["in"] in ("path", "query", "header")
                assert each["in"] != "path" or each["required"] is True
            for code, answer in operation["responses"].items():
                assert re.fullmatch("[2-5][0-9][0-9]", code)
                whole = resolved(answer, document)
                assert set(whole) <= ALLOWED["response"]
                assert whole["description"]
            for each in operation["security"]:
                assert set(each) <= set(document["components"]["securitySchemes"])
    for schema in schemas(document):
        assert set(schema) <= SCHEMA, schema
        assert set(schema.get("required", ())) <= set(schema.get("properties", {}))


def test_it_refers_only_to_what_is_there(app: Flask) -> None:
    document = document_of(app)
    for node in nodes(document):
        if "$ref" in node:
            resolved(node, document)
    ids = [operation.id for operation in operations(document)]
    assert len(ids) == len(set(ids))


def test_every_address_is_described(app: Flask) -> None:
    document = document_of(app)
    rules = {
        re.sub(r"<(?:int:)?(\w+)>", r"{\1}", rule.rule): {
            method.lower() for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        }
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert {path: set(methods) - {"parameters"} for path, methods in document["paths"].items()} == rules


def test_the_filters_are_those_of_the_page(app: Flask) -> None:
    """A filter that is added to the page's form is one of the API, and described."""
    from lms.reports.forms import FilterForm

    found = document_of(app)["paths"]["/api/v1/networks/{network_id}/reports/completion"]
    told = [*found.get("parameters", []), *found["get"].get("parameters", [])]
    with app.test_request_context():
        names = set(FilterForm({}, [], [])._fields)
    assert {each["name"] for each in told if each["in"] == "query"} == names | {"sort"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_read_it_in_their_language(client: PageClient, app: Flask, language: str) -> None:
    page = client.get(f"/{language}/api").text
    document = document_of(app, language)
    for operation in operations(document):
        assert f'id="{operation.id}"' in page
        assert operation.path in page
    english = document_of(app, "en")
    told = {node["description"] for node in nodes(document) if node.get("description")}
    in_english = {node["description"] for node in nodes(english) if node.get("description")}
    assert len(told) > 30
    if language != "en":
        assert told & in_english <= {"OK", "Accepted"}, told & in_english


def test_its_tag_changes_with_the_language(app: Flask) -> None:
    tags = {Program(app, language=code).get("/api/v1/openapi.json").headers["ETag"] for code in LANGUAGES}
    assert len(tags) == len(LANGUAGES)
