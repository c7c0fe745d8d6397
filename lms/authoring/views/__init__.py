"""The pages of the studio, one noun a file."""

from lms.authoring.views import (
    earlier,
    exporting,
    files,
    home,
    importing,
    modules,
    packages,
    parts,
    previews,
    publishing,
    questions,
    texts,
)
from lms.authoring.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "earlier",
    "exporting",
    "files",
    "home",
    "importing",
    "modules",
    "packages",
    "parts",
    "previews",
    "publishing",
    "questions",
    "texts",
]
