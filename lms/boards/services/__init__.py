"""Writes of the boards."""

from lms.boards.services.calendar_links import end_link, make_link
from lms.boards.services.reminders import remind_people

__all__ = ["end_link", "make_link", "remind_people"]
