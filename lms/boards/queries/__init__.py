"""Reads of the boards."""

from lms.boards.queries.learning import learning_of, offered_count

__all__ = ["learning_of", "offered_count"]
