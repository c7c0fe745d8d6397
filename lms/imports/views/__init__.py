"""Inviting a list of people: pasted or uploaded, looked at row by row, then made into links at once."""

from lms.imports.views import made, reading  # noqa: F401 (they register their pages)
from lms.imports.views.blueprint import blueprint

__all__ = ["blueprint"]
