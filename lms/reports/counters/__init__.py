"""Counters of the reports: kept with the facts, counted again by `lms check`."""

from lms.reports.counters.following import counting, listen
from lms.reports.counters.recounting import differences, recount, repair, to_count
from lms.reports.counters.settling import settle_counters

__all__ = ["counting", "differences", "listen", "recount", "repair", "settle_counters", "to_count"]
