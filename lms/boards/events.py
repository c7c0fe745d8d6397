"""What boards tell."""

from dataclasses import dataclass

from lms.events import Event


@dataclass(frozen=True)
class PeopleReminded(Event):
    """People whom a requirement waits for were reminded of it; `people` is how many."""

    name = "people_reminded"

    organization_id: int
    network_id: int
    key: str
    people: int


@dataclass(frozen=True)
class CalendarLinkMade(Event):
    """Somebody made a secret link to a calendar, which ended the one before; or (`ended`) ended it."""

    name = "calendar_link_made"

    organization_id: int | None
    network_id: int | None
    ended: bool
