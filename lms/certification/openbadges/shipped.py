"""JSON-LD contexts: what the words of a credential mean. They lie in `contexts/`, and none is ever fetched."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from lms.certification.openbadges.refusals import Refused
from lms.i18n import gettext as _
from lms.text import isolate_ltr

FOLDER = Path(__file__).parent / "contexts"
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


@cache
def addresses() -> dict[str, str]:
    """The file of every context that is shipped, by its address."""
    manifest = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
    return {each["url"]: each["file"] for each in manifest}


def is_open_badges(address: str) -> bool:
    """Whether a shipped context is a version of Open Badges 3.0."""
    return addresses().get(address, "").startswith("ob-v3p0-context")


@cache
def _context(address: str) -> Any:
    return json.loads((FOLDER / addresses()[address]).read_text("utf-8"))


def load_context(address: str, _options: Any = None) -> dict[str, Any]:
    """What pyld asks for a context. Raises Refused for an address whose document is not shipped."""
    if address not in addresses():
        raise Refused(unknown_context(address))
    return {"contextUrl": None, "documentUrl": address, "document": _context(address)}


def unknown_context(address: str) -> str:
    """Why a context that is not shipped is refused."""
    return _(
        "It defines its words at %(address)s. That page is not among those that this program knows, and nothing is "
        "fetched.",
        address=isolate_ltr(address),
    )
