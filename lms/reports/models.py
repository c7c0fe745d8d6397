"""What the reports keep: counters."""

from lms.reports.counters.models import COUNTER, SHARED_PERSON

__all__ = ["COUNTER", "SHARED_PERSON"]
