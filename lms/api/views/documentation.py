"""The API told to people: a page made of the same document that programs read."""

from flask import current_app, render_template

from lms.api.reading import operations
from lms.api.scopes import SCOPE_LABELS
from lms.api.views.blueprint import blueprint
from lms.security import public
from lms.setup import settings_of


@blueprint.get("/api")
@public
def documentation() -> str:
    """Every address, what may be asked, and what comes back."""
    from lms.api.v1.document import document

    settings = settings_of(current_app)
    return render_template(
        "api/documentation.html",
        operations=list(operations(document())),
        labels=SCOPE_LABELS,
        base=settings.base_url.rstrip("/"),
        pace=settings.api_pace,
    )
