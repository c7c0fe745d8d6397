"""What a report is asked for, by whom, and what it then is: the same for a page's files and for regular reports."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lms.forms import Form
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, reader
from lms.organizations.models import Network
from lms.reports.sheets import Sheet
from lms.reports.steps import STEPS_AT_ONCE, StepKind

#: What a filter is called that can be there no more, by its name in the address.
LABELS = {
    "organization": lazy_gettext("Organization"),
    "country": lazy_gettext("Country"),
    "module": lazy_gettext("Module"),
    "version": lazy_gettext("Edition"),
    "cohort": lazy_gettext("Cohort"),
    "level": lazy_gettext("Level"),
    "within": lazy_gettext("Ends within"),
}


class OutdatedView(Exception):
    """Something that a view filters by is there no more, or never was; `name` is the filter's, in the address."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class Asking:
    """A view of a report: the arguments of its address, at a moment, for somebody who administers these networks."""

    network: Network
    arguments: Mapping[str, str]
    at: datetime
    network_ids: frozenset[int]


@dataclass(frozen=True)
class Asked:
    """A view that can be made now."""

    #: As an address, and a schedule, hold them.
    arguments: dict[str, str]
    #: (label, value) of every filter that is set.
    filters: Sequence[tuple[str, str]]
    #: One sentence on the days that it looks at, where it looks at some.
    days: str
    #: Lays it out in the present reader's language and calendar.
    sheet: Callable[[], Sheet]
    #: The networks that it tells of, where these are more than its own.
    network_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class OfferedReport:
    """A report, its page, and how a view of it is asked for. `ask` raises OutdatedView."""

    title: Any
    endpoint: str
    ask: Callable[[Asking], Asked]
    #: What the page's address needs beside its network.
    values: Mapping[str, str] = field(default_factory=dict)
    #: Arguments that stand in the path of the page's address: their names there.
    path: Mapping[str, str] = field(default_factory=dict)
    #: Whether its page is that of a network, so that the address names one.
    is_of_network: bool = True


def check(form: Form) -> None:
    """Raises OutdatedView with the first filter that cannot be."""
    if not form.validate():
        raise OutdatedView(next(iter(form.errors), ""))


def days_in_words(since: date | None, until: date | None, usual: str = "") -> str:
    """What becomes of the days of a view when it is made again and again; `usual` where none was chosen."""
    if since and until:
        return _("Its days are fixed: each report looks at the same ones. Leave them out to look at the latest.")
    if since:
        return _("Its first day is fixed; each report looks at the days from there up to its own.")
    if until:
        return _("Its last day is fixed: what comes after it is in no report. Leave it out to look at the latest.")
    return usual


def last_steps_in_words(kind: StepKind) -> str:
    """The days of a view that looks at the last months or weeks, whenever it is made."""
    number = reader().number(STEPS_AT_ONCE)
    if kind is StepKind.WEEK:
        return _("Its weeks are the last %(number)s, up to the day of each report.", number=number)
    return _("Its months are the last %(number)s, up to the day of each report.", number=number)
