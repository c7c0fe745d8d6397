"""Numbers, dates, durations and lists as a reader of Persian, Arabic or English writes them."""

from lms.formats.formatter import Formatter
from lms.formats.languages import LANGUAGES, direction, negotiate
from lms.formats.reader import DateParts

__all__ = ["LANGUAGES", "DateParts", "Formatter", "direction", "negotiate"]
