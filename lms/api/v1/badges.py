"""The lists that verifiers of digital badges ask for, described: they are older than the API, and another room's."""

import re
from typing import Any

from flask import Flask

from lms.i18n import lazy_gettext as _

PLACEHOLDER = re.compile(r"<[\w:]+>")
START, OURS = "/api/v1/", "api_v1."


def describe_badges(app: Flask, spec: Any) -> None:
    """Add to the document what else stands below its address: every route that is not of the blueprint."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.rule.startswith(START) and not rule.endpoint.startswith(OURS):
            kind = "application/vc+jwt" if rule.rule.endswith("/jwt") else "application/vc+ld+json"
            spec.path(rule=rule, operations={"get": _operation(rule.rule, kind)})


def _operation(rule: str, kind: str) -> dict[str, Any]:
    schema = {"type": "string"} if kind.endswith("jwt") else {"type": "object"}
    return {
        "operationId": re.sub(r"\W+", "_", PLACEHOLDER.sub("", rule.removeprefix(START))).strip("_"),
        "summary": _("Which digital badges are revoked or suspended, as verifiers ask for it (Bitstring Status List)"),
        "tags": ["badges"],
        "security": [],
        "responses": {
            "200": {"description": "OK", "content": {kind: {"schema": schema}}},
            "404": "NOT_FOUND",
        },
    }
