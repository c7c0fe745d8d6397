"""The one place that asks what time it is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC)


def today(time_zone: str = "UTC") -> date:
    """The calendar day that it is now in an IANA time zone."""
    return now().astimezone(ZoneInfo(time_zone)).date()
