"""The document of the API as people read it: its operations in order, what each may be asked, and what it gives."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Node = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """A parameter, or a field of an answer: its name (with those it lies in), what it holds, and what it is."""

    name: str
    kind: str
    text: str


@dataclass(frozen=True)
class Operation:
    """Something that can be asked."""

    id: str
    method: str
    path: str
    summary: str
    text: str
    #: What a token needs for it; empty where it takes none.
    scope: str
    parameters: tuple[Line, ...]
    #: Kinds of a body, and the fields of one that has them; empty where it takes none.
    takes: str
    sent: tuple[Line, ...]
    kind: str
    fields: tuple[Line, ...]
    #: Status and title of each refusal.
    refusals: tuple[tuple[str, str], ...]


def operations(document: Node) -> Iterator[Operation]:
    """Every operation of a document, in its order."""
    for path, methods in document["paths"].items():
        shared = methods.get("parameters", [])
        for method, found in methods.items():
            if method == "parameters":
                continue
            [code] = [code for code in found["responses"] if code.startswith("2")]
            answer, body = found["responses"][code]["content"], found.get("requestBody", {}).get("content", {})
            [kind] = answer
            yield Operation(
                id=found["operationId"],
                method=method.upper(),
                path=path,
                summary=found["summary"],
                text=found.get("description", ""),
                scope=next((name for each in found["security"] for name in each.get("token", [])), ""),
                parameters=tuple(_parameter(each) for each in [*shared, *found.get("parameters", [])]),
                takes=", ".join(body),
                sent=tuple(line for each in body.values() for line in _fields(each["schema"], document, "")),
                kind=kind,
                fields=tuple(_fields(answer[kind]["schema"], document, "")),
                refusals=tuple(
                    (refusal, resolved(each, document)["description"])
                    for refusal, each in sorted(found["responses"].items())
                    if refusal != code
                ),
            )


def resolved(node: Node, document: Node) -> Node:
    """What a node refers to, or itself. Raises KeyError where it refers to nothing."""
    while "$ref" in node:
        found: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def _parameter(node: Node) -> Line:
    return Line(node["name"], _kind(node["schema"]), node.get("description", ""))


def _fields(schema: Node, document: Node, before: str) -> Iterator[Line]:
    whole = _whole(schema, document)
    if "items" in whole:
        yield from _fields(whole["items"], document, f"{before}[]")
    for name, node in whole.get("properties", {}).items():
        path = f"{before}.{name}" if before else name
        inner = _whole(node, document)
        yield Line(path, _kind(inner), node.get("description") or inner.get("description", ""))
        yield from _fields(node, document, path)


def _whole(node: Node, document: Node) -> Node:
    """A schema, past what refers to it and past "or null"."""
    node = resolved(node, document)
    for several in ("anyOf", "allOf"):
        if several in node:
            node = {**node, **resolved(node[several][0], document)}
    return node


def _kind(schema: Node) -> str:
    if "oneOf" in schema:
        return ", ".join(each.get("const") or each["type"] for each in schema["oneOf"])
    kind = schema.get("type", "object")
    told = next(each for each in kind if each != "null") if isinstance(kind, list) else kind
    return f"{told} ({schema['format']})" if "format" in schema else str(told)
