"""What a completion report is asked for: one object for the page and for every file that is made of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from lms.db import Texts


class Progress(StrEnum):
    """How far an organization's people are with the report's modules."""

    NOT_STARTED = "not-started"
    """Nobody has begun any of them."""
    STARTED = "started"
    """Somebody has begun, and not everybody has completed all."""
    COMPLETED = "completed"
    """Everybody has completed all."""


@dataclass(frozen=True)
class Cut:
    """A part of the completions: in one language, between two instants (the second excluded), by one cohort's people.

    Where several are given, what is in all of them.
    """

    language: str = ""
    since: datetime | None = None
    until: datetime | None = None
    cohort_id: int | None = None

    def __bool__(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.language or self.is_dated or self.cohort_id is not None)

    @property
    def is_dated(self) -> bool:
        """Whether it has a beginning or an end."""
        return self.since is not None or self.until is not None


@dataclass(frozen=True)
class Chosen:
    """What a query names by ids, as it can be told: the number of an edition, the names of a cohort."""

    edition: int | None = None
    cohort: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class CompletionQuery:
    """Which organizations and modules of a network, which completions, and in what order."""

    network_id: int
    #: Words of the organization's name, in any spelling.
    name: str = ""
    country: str = ""
    sector: str = ""
    progress: Progress | None = None
    module_id: int | None = None
    #: An edition of the module; None: any.
    edition_id: int | None = None
    #: Only organizations of which fewer people completed the module; needs a module.
    fewer: int | None = None
    #: First and last day of completion, in the network's time zone.
    since: date | None = None
    until: date | None = None
    #: Language in which the module was completed.
    language: str = ""
    #: People of one cohort of the network.
    cohort_id: int | None = None
    #: None: by name.
    sort_module_id: int | None = None
    descending: bool = False

    @property
    def chooses(self) -> bool:
        """Whether it asks for some of the organizations only."""
        return bool(self.name or self.country or self.sector or self.progress or self.fewer is not None)

    @property
    def is_cut(self) -> bool:
        """Whether it asks for a part of the completions only."""
        return bool(self.language or self.since or self.until or self.cohort_id is not None)

    def cut(self, time_zone: str) -> Cut:
        """The completions that are counted, days taken in an IANA time zone."""
        zone = ZoneInfo(time_zone)
        since = datetime.combine(self.since, time(), zone) if self.since else None
        until = datetime.combine(self.until + timedelta(days=1), time(), zone) if self.until else None
        return Cut(self.language, since, until, self.cohort_id)
