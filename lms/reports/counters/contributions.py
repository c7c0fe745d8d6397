"""What a person counts for: pure functions from facts about her to changes of counters."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from lms.reports.counters import days as sets
from lms.reports.counters.days import FOREVER, Days
from lms.reports.counters.known import Belonging, Learning
from lms.reports.counters.models import ANY, ANY_LANGUAGE, Kind
from lms.reports.counters.waits import WaitKey, waits

#: Day of changes that are settled: so old that no time zone's today is before them.
SETTLED = date.min
SETTLING = timedelta(days=2)


class Key(NamedTuple):
    """A counter's key, in the order of its table."""

    network_id: int
    organization_id: int
    module_id: int
    kind: str
    edition_id: int
    language: str
    day: date

    @property
    def in_words(self) -> str:
        """Which one it is, for who checks them."""
        where = f"network {self.network_id}, organization {self.organization_id}, module {self.module_id}"
        return f"{where}, {self.kind}, edition {self.edition_id}, language {self.language or 'any'}, day {self.day}"


AnyKey = Key | WaitKey
Changes = Counter[AnyKey]


def horizon(today: date) -> date:
    """The last day whose changes are settled, where it is `today` in UTC."""
    return today - SETTLING


def contributions(belonging: Belonging, learning: Learning, *, is_erased: bool, settled: date) -> Changes:
    """What a person adds to counters; changes up to the day `settled` are taken for settled.

    Whoever was erased is in no stock; what happened stays.
    """
    found: Changes = Counter(waits(belonging, learning))
    seats = belonging.seats()
    networks = {
        network: sets.union(days for (other, _organization), days in seats.items() if other == network)
        for network in belonging.zones
    }
    if not is_erased:
        stock = list(_stock(learning))
        scopes = [((ANY, organization), days) for organization, days in belonging.member.items()]
        scopes += [((network, ANY), days) for network, days in networks.items()]
        for scope, days in scopes:
            _add_stock(found, scope, days, stock, settled)
    for network, zone in belonging.zones.items():
        flow = list(_flow(learning, ZoneInfo(zone)))
        places = [((network, ANY), networks[network])]
        places += [(seat, days) for seat, days in seats.items() if seat[0] == network]
        for scope, days in places:
            _add_flow(found, scope, days, flow)
    return Counter({key: change for key, change in found.items() if change})


_Fact = tuple[int, str, int, str]


def _stock(learning: Learning) -> Iterator[tuple[_Fact, int]]:
    """(Module, kind, edition, language) that she counts for, and for how much."""
    yield (ANY, Kind.MEMBER.value, ANY, ANY_LANGUAGE), 1
    for module in learning.begun.keys() | {done.module_id for done in learning.completions}:
        yield (module, Kind.BEGUN.value, ANY, ANY_LANGUAGE), 1
    completed = {
        (done.module_id, Kind.COMPLETED.value, edition, language)
        for done in learning.completions
        for edition in (ANY, done.edition_id)
        for language in (ANY_LANGUAGE, done.language)
    }
    yield from ((fact, 1) for fact in completed)
    for module, gained in learning.gains.items():
        yield (module, Kind.COMPARED.value, ANY, ANY_LANGUAGE), 1
        yield (module, Kind.BEFORE.value, ANY, ANY_LANGUAGE), gained.before
        yield (module, Kind.AFTER.value, ANY, ANY_LANGUAGE), gained.after


def _add_stock(
    found: Changes, scope: tuple[int, int], days: Days, facts: Iterable[tuple[_Fact, int]], settled: date
) -> None:
    ends = [(first, 1) for first, _end in days] + [(end, -1) for _first, end in days if end != FOREVER]
    changes = [(SETTLED if day <= settled else day, change) for day, change in ends]
    for fact, much in facts:
        for day, change in changes:
            found[Key(*scope, *fact, day)] += change * much


def _flow(learning: Learning, zone: ZoneInfo) -> Iterator[tuple[_Fact, date]]:
    for module, at in learning.begun.items():
        yield (module, Kind.STARTS.value, ANY, ANY_LANGUAGE), at.astimezone(zone).date()
    for done in learning.completions:
        fact = done.module_id, Kind.COMPLETIONS.value, done.edition_id, done.language
        yield fact, done.at.astimezone(zone).date()


def _add_flow(found: Changes, scope: tuple[int, int], days: Days, flow: Iterable[tuple[_Fact, date]]) -> None:
    for fact, day in flow:
        if sets.holds(days, day):
            found[Key(*scope, *fact, day)] += 1
