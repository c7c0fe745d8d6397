"""The pages of the studio, one noun a file."""

from lms.authoring.views import (
    banks,
    earlier,
    earlier_questions,
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
    texts,
)
from lms.authoring.views.blueprint import blueprint

__all__ = [
    "banks",
    "blueprint",
    "earlier",
    "earlier_questions",
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
    "texts",
]
