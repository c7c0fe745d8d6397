"""Searching and sorting by folded names and sort keys."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from lms.organizations.models import Named
from lms.text import search_terms


def matching(query: Any, folded: InstrumentedAttribute[str], search: str) -> Any:
    """The rows of a query whose folded text holds every word of `search`; `query` is any select."""
    for term in search_terms(search):
        query = query.where(folded.contains(term, autoescape=True))
    return query


def sort_column(model: type[Named], language: str) -> ColumnElement[str]:
    """What a reader of `language` has names sorted by."""
    column: ColumnElement[str] = getattr(model, f"sort_{language}")
    return column
