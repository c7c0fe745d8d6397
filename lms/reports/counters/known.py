"""What is known of a person that counts: where she belongs, and what she learned."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from lms.reports.counters import days as sets
from lms.reports.counters.days import Days


class Done(NamedTuple):
    """A completion of an edition of a module, at an aware instant."""

    module_id: int
    edition_id: int
    language: str
    at: datetime


class Gained(NamedTuple):
    """What she got of a module's questions before its lessons and after them, in thousandths."""

    before: int
    after: int


@dataclass(frozen=True)
class Learning:
    """What a person did: modules to the instant at which she began each, her completions, and modules to her gains."""

    begun: Mapping[int, datetime] = field(default_factory=dict)
    completions: Sequence[Done] = ()
    #: When each module was published first.
    published: Mapping[int, datetime] = field(default_factory=dict)
    gains: Mapping[int, Gained] = field(default_factory=dict)


class Arrival(NamedTuple):
    """How a membership began: its first day, when it was confirmed, and when she was invited (None: she was not)."""

    starts_on: date
    confirmed_at: datetime
    invited_at: datetime | None

    def joined(self, zone: ZoneInfo) -> date:
        """The day on which she joined; of a membership that was entered later, the first day that was entered."""
        entered_then = self.confirmed_at.astimezone(UTC).date() == self.starts_on
        return self.confirmed_at.astimezone(zone).date() if entered_then else self.starts_on

    def invited(self, zone: ZoneInfo) -> date | None:
        """The day on which she was invited, never after that on which she joined."""
        return None if self.invited_at is None else min(self.invited_at.astimezone(zone).date(), self.joined(zone))


@dataclass(frozen=True)
class Belonging:
    """Days of a person's confirmed memberships by organization, of these in networks, and time zones of networks."""

    member: Mapping[int, Days] = field(default_factory=dict)
    #: (Network, organization) to the days on which the organization is a member, whoever belongs to it.
    linked: Mapping[tuple[int, int], Days] = field(default_factory=dict)
    zones: Mapping[int, str] = field(default_factory=dict)
    #: Organization to how her memberships in it began.
    arrivals: Mapping[int, frozenset[Arrival]] = field(default_factory=dict)

    def seats(self) -> dict[tuple[int, int], Days]:
        """(Network, organization) to the days on which she belongs to it there."""
        return {
            (network, organization): sets.common(self.member.get(organization, sets.NEVER), days)
            for (network, organization), days in self.linked.items()
        }

    def arrival(self, organization: int, day: date) -> Arrival:
        """How the membership in an organization began that is in force on a day."""
        return max((each for each in self.arrivals[organization] if each.starts_on <= day), key=lambda each: each[:2])

    def changed_member(self, organization: int, change: Callable[[Days], Days]) -> "Belonging":
        """The same with other days in an organization."""
        changed = change(self.member.get(organization, sets.NEVER))
        return replace(self, member={**self.member, organization: changed})

    def changed_link(self, network: int, organization: int, change: Callable[[Days], Days]) -> "Belonging":
        """The same with other days of an organization in a network."""
        key = network, organization
        return replace(self, linked={**self.linked, key: change(self.linked.get(key, sets.NEVER))})
