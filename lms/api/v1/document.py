"""The document of the API (OpenAPI 3.1), in the reader's language."""

import json
from typing import Any

from flask import Response, current_app

from lms.api.v1.blueprint import endpoint
from lms.i18n import gettext
from lms.i18n import lazy_gettext as _
from lms.setup import settings_of


@endpoint("/openapi.json", summary=_("This document"), answer={"type": "object"})
def openapi() -> Response:
    """Every address, with what may be asked and what comes back."""
    return Response(json.dumps(document(), ensure_ascii=False), content_type="application/json")


def document() -> dict[str, Any]:
    """The document, its texts looked up for the present reader."""
    told = json.dumps(current_app.extensions["lms_api_v1"].spec.to_dict(), default=str, ensure_ascii=False)
    found: dict[str, Any] = json.loads(told)
    found["info"]["description"] = gettext(
        "What an admin sees of a network, for programs. Send a token of the network in the Authorization header."
    )
    found["servers"] = [{"url": settings_of(current_app).base_url.rstrip("/") or "/"}]
    return found
