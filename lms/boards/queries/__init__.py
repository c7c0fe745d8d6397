"""Reads of the boards."""

from lms.boards.queries.learning import StaffWays, learning_of, offered_count, ways_of_person, ways_of_staff

__all__ = ["StaffWays", "learning_of", "offered_count", "ways_of_person", "ways_of_staff"]
