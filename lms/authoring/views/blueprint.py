"""The blueprint that the studio's views share."""

from typing import Any

from flask import Blueprint

from lms.authoring.labels import LANGUAGES
from lms.clock import now
from lms.security.guards import the_actor

blueprint = Blueprint("authoring", __name__, url_prefix="/<lang>", template_folder="../templates")


@blueprint.context_processor
def _labels() -> dict[str, Any]:
    return {"language_labels": LANGUAGES}


def by_now() -> dict[str, Any]:
    """Who acts, and when: what every service of drafts wants to know."""
    return {"actor_id": the_actor().person_id, "now": now()}
