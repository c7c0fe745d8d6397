"""Reads of the boards."""

from lms.boards.queries.learning import learning_of, offered_count, ways_of_person

__all__ = ["learning_of", "offered_count", "ways_of_person"]
