"""Search: folded text of what can be found, and finding it."""

from lms.search.finding import Hit, find
from lms.search.indexing import Entry, index_module

__all__ = ["Entry", "Hit", "find", "index_module"]
