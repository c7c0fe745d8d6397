"""How long somebody took to complete a module, from her invitation on: pure functions, in days of a network.

A person counts once for a module, by her first completion, on a day on which she belongs to the network. The days are
counted from the latest of: her invitation (where she was not invited, her joining), the first day of her organization
in the network, the publication of the module where that was before the completion. Where she belongs to several
organizations of the network, the one counts in which they begin first.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from lms.reports.counters import days as sets
from lms.reports.counters.days import Days
from lms.reports.counters.known import Arrival, Belonging, Done, Learning
from lms.reports.counters.models import ANY, Wait

EXACT, COARSE = 360, 30
"""Fewer days than that are counted as they are, others in steps of so many."""


class WaitKey(NamedTuple):
    """A counter's key, in the order of its table."""

    network_id: int
    module_id: int
    wait: str
    days: int

    @property
    def organization_id(self) -> int:
        """Of the whole network: no organization's."""
        return ANY

    @property
    def in_words(self) -> str:
        """Which one it is, for who checks them."""
        return f"network {self.network_id}, module {self.module_id}, {self.wait} wait, {self.days} days"


def counted_as(days: int) -> int:
    """The days that so many are counted as: themselves, after about a year the most of their step."""
    return days if days < EXACT else (days // COARSE + 1) * COARSE - 1


def waits(belonging: Belonging, learning: Learning) -> Iterator[WaitKey]:
    """The counters that are greater by one for what a person completed, each once."""
    all_seats = belonging.seats()
    for done in _first(learning).values():
        for network, name in belonging.zones.items():
            zone = ZoneInfo(name)
            day = done.at.astimezone(zone).date()
            seats = [
                _Seat(belonging.arrival(organization, day), _begins(belonging.linked[home, organization], day), zone)
                for (home, organization), days in all_seats.items()
                if home == network and sets.holds(days, day)
            ]
            for wait, days in _parts(seats, done, learning, zone):
                yield WaitKey(network, done.module_id, wait.value, counted_as(days))


def _first(learning: Learning) -> Mapping[int, Done]:
    """Module to its completion that was the first."""
    return {done.module_id: done for done in sorted(learning.completions, key=lambda done: done.at, reverse=True)}


def _begins(days: Days, day: date) -> date:
    """The first of the days without a gap before `day`."""
    return next(first for first, end in days if first <= day < end)


class _Seat(NamedTuple):
    """Where she belongs to a network: how she came, and since when her organization is there."""

    arrival: Arrival
    linked_on: date
    zone: ZoneInfo

    def starts(self, published: date) -> date:
        """The day from which on a module was hers to complete."""
        return max(self.invited or self.joined, self.linked_on, published)

    @property
    def joined(self) -> date:
        return self.arrival.joined(self.zone)

    @property
    def invited(self) -> date | None:
        return self.arrival.invited(self.zone)


def _parts(seats: list[_Seat], done: Done, learning: Learning, zone: ZoneInfo) -> Iterator[tuple[Wait, int]]:
    if not seats:
        return
    day, published = done.at.astimezone(zone).date(), _published(learning, done, zone)
    seat = min(seats, key=lambda each: (each.starts(published), each.joined, each.invited or date.max))
    start = min(seat.starts(published), day)
    reached = min(max(seat.joined, start), day)
    yield Wait.WHOLE, (day - start).days
    if start == seat.invited:
        yield Wait.JOINED, (reached - start).days
    begun = learning.begun.get(done.module_id)
    if begun is not None and begun <= done.at and begun.astimezone(zone).date() >= reached:
        yield Wait.BEGUN, (begun.astimezone(zone).date() - reached).days
        yield Wait.COMPLETED, (day - begun.astimezone(zone).date()).days


def _published(learning: Learning, done: Done, zone: ZoneInfo) -> date:
    """The day on which the module was published; what was completed before (elsewhere, on paper) waited for none."""
    at: datetime | None = learning.published.get(done.module_id)
    return at.astimezone(zone).date() if at is not None and at <= done.at else date.min
