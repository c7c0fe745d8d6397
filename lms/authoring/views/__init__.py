"""The pages of the studio, one noun a file."""

from lms.authoring.views import (
    banks,
    earlier,
    exporting,
    files,
    home,
    importing,
    modules,
    packages,
    parts,
    picking,
    previews,
    publishing,
    questions,
    regrading,
    reports,
    statistics,
    texts,
)
from lms.authoring.views.blueprint import blueprint

__all__ = [
    "banks",
    "blueprint",
    "earlier",
    "exporting",
    "files",
    "home",
    "importing",
    "modules",
    "packages",
    "parts",
    "picking",
    "previews",
    "publishing",
    "questions",
    "regrading",
    "reports",
    "statistics",
    "texts",
]
