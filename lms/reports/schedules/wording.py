"""Schedules and failures in words."""

from lms.formats.names import WEEKDAYS
from lms.i18n import gettext as _
from lms.i18n import language, lazy_gettext, reader
from lms.reports.offered import LABELS, REPORTS
from lms.reports.schedules.models import Failure, ReportRun, ReportSchedule

FAILURES = {
    Failure.NO_ADMIN: lazy_gettext("Whom it is for administers the network no more, and gets no further reports."),
    Failure.NO_ADDRESS: lazy_gettext("Its receiver has no confirmed mail address."),
    Failure.NO_MAIL: lazy_gettext("This installation sends no mail."),
    Failure.OUTDATED: lazy_gettext("Something that it is filtered by is there no more. Make it anew from the report."),
    Failure.NO_REPORT: lazy_gettext("There is no such report any more."),
    Failure.TOO_LONG: lazy_gettext("It has more rows than a file of this format may have. Choose another format."),
    Failure.FOLDER: lazy_gettext("The folder could not be written. Whoever runs this site can see to it."),
    Failure.ERROR: lazy_gettext("It could not be made. It is tried again a few times."),
}


def title_of(report: str) -> str:
    """What a report is called; one that is offered no more has but its name."""
    return str(REPORTS[report].title) if report in REPORTS else report


def rhythm_in_words(schedule: ReportSchedule) -> str:
    """When it is made."""
    if schedule.weekday is not None:
        return _("Every week on %(day)s", day=WEEKDAYS[language()][schedule.weekday])
    return _("Every month on day %(day)s", day=reader().number(schedule.month_day or 0))


def failure_in_words(run: ReportRun) -> str:
    """Why the last try failed; nothing where it did not."""
    if not run.failure:
        return ""
    said = str(FAILURES[Failure(run.failure)])
    return f"{LABELS[run.failed_filter]}: {said}" if run.failed_filter in LABELS else said
