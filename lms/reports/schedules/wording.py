"""Schedules and failures in words."""

from lms.formats.names import WEEKDAYS
from lms.i18n import gettext as _
from lms.i18n import language, lazy_gettext, reader
from lms.reports.schedules.models import Failure, ReportRun, ReportSchedule

FAILURES = {
    Failure.NO_ADMIN: lazy_gettext("Whom it is for administers the network no more, and gets no further reports."),
    Failure.NO_ADDRESS: lazy_gettext("Its receiver has no confirmed mail address."),
    Failure.NO_MAIL: lazy_gettext("This installation sends no mail."),
    Failure.OUTDATED: lazy_gettext("Something that it is filtered by is there no more. Make it anew from the report."),
    Failure.TOO_LONG: lazy_gettext("It has more rows than a PDF may have. Choose another format."),
    Failure.FOLDER: lazy_gettext("The folder could not be written. Whoever runs this site can see to it."),
    Failure.ERROR: lazy_gettext("It could not be made. It is tried again a few times."),
}


def rhythm_in_words(schedule: ReportSchedule) -> str:
    """When it is made."""
    if schedule.weekday is not None:
        return _("Every week on %(day)s", day=WEEKDAYS[language()][schedule.weekday])
    return _("Every month on day %(day)s", day=reader().number(schedule.month_day or 0))


def failure_in_words(run: ReportRun) -> str:
    """Why the last try failed; nothing where it did not."""
    return str(FAILURES[Failure(run.failure)]) if run.failure else ""
