"""Which day of a schedule has come last."""

from datetime import date, timedelta

from lms.accounts.models import Person
from lms.formats import Formatter
from lms.organizations.models import Network
from lms.reports.schedules.models import ReportSchedule, Rhythm

WEEK = 7


def reads_as(person: Person, network: Network) -> Formatter:
    """How a person has numbers and dates written, days being the network's."""
    chosen = (person.country, person.digits, person.calendar, person.hijri)
    return Formatter(person.language, *chosen, network.time_zone)


def last_slot(schedule: ReportSchedule, reader: Formatter, today: date) -> date | None:
    """The last day, today or before, on which the schedule is due for a reader; None where none has come yet.

    Of days that passed while no worker ran only the last counts: a report shows how things stand.
    """
    if schedule.rhythm == Rhythm.WEEKLY:
        assert schedule.weekday is not None
        day = today - timedelta(days=(today.weekday() - schedule.weekday) % WEEK)
    else:
        day = today
        while reader.date_parts(day).day != schedule.month_day:
            day -= timedelta(days=1)
    return day if day >= schedule.since else None


def next_slot(schedule: ReportSchedule, reader: Formatter, today: date) -> date:
    """The first day after today on which it is due."""
    day = max(today + timedelta(days=1), schedule.since)
    while last_slot(schedule, reader, day) != day:
        day += timedelta(days=1)
    return day
