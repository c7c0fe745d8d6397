"""The pages of the studio, one noun a file."""

from lms.authoring.views import (
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
