"""When a report is made, and who gets it."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput

from lms.formats.names import WEEKDAYS
from lms.forms import AtMost, Form, LineField, choices_of
from lms.i18n import lazy_gettext as _
from lms.i18n import reader
from lms.organizations.models import Grant
from lms.reports.schedules.models import ReportSchedule, Rhythm
from lms.reports.schedules.services import Plan
from lms.reports.sheets import FORMATS

LONGEST_NAME = 100
LAST_DAY = 28
"""Every month of every calendar has it."""
WEEK = 7
_LIST: dict[str, Any] = {"validators": [InputRequired()], "render_kw": {"required": False}}


class ScheduleForm(Form):
    """One schedule; people are chosen by their public ids."""

    name = LineField(_("Name"), validators=[InputRequired(_("Write a name.")), AtMost(LONGEST_NAME)])
    rhythm = RadioField(_("How often"), validators=[InputRequired()])
    weekday = SelectField(_("Day of the week"), **_LIST)
    month_day = SelectField(_("Day of the month"), **_LIST)
    file_format = SelectField(_("Format"), **_LIST)
    #: Who is no admin any more, or never was, is left out.
    receivers = SelectMultipleField(_("Send word by mail to"), option_widget=CheckboxInput(), validate_choice=False)
    to_folder = BooleanField(_("Put it into the folder of this site's operator"))

    def __init__(self, admins: Sequence[Grant], schedule: ReportSchedule | None = None, **more: Any) -> None:
        super().__init__(data={**(_stored(schedule) if schedule else _usual()), **more})
        self.ids = {grant.person.public_id: grant.person_id for grant in admins}
        names = WEEKDAYS[reader().language]
        week = [(reader().week_start + n) % WEEK for n in range(WEEK)]
        self.rhythm.choices = choices_of([(Rhythm.WEEKLY.value, _("Weekly")), (Rhythm.MONTHLY.value, _("Monthly"))])
        self.weekday.choices = choices_of((str(n), names[n]) for n in week)
        self.month_day.choices = choices_of((str(n), reader().number(n)) for n in range(1, LAST_DAY + 1))
        self.file_format.choices = choices_of((each, each.upper()) for each in FORMATS)
        self.receivers.choices = choices_of((grant.person.public_id, grant.person.display_name) for grant in admins)

    def plan(self) -> Plan:
        """What was chosen."""
        rhythm = Rhythm(self.rhythm.data)
        return Plan(
            name=self.name.data or "",
            file_format=self.file_format.data,
            rhythm=rhythm,
            day=int(self.weekday.data if rhythm is Rhythm.WEEKLY else self.month_day.data),
            person_ids={self.ids[each] for each in self.receivers.data or () if each in self.ids},
            to_folder="to_folder" in self and bool(self.to_folder.data),
        )


def _usual() -> dict[str, Any]:
    week_start = str(reader().week_start)
    return {"rhythm": Rhythm.WEEKLY.value, "weekday": week_start, "month_day": "1", "file_format": "xlsx"}


def _stored(schedule: ReportSchedule) -> dict[str, Any]:
    return _usual() | {
        "name": schedule.name,
        "rhythm": str(schedule.rhythm),
        "file_format": schedule.file_format,
        "receivers": [each.person.public_id for each in schedule.receivers],
        "to_folder": schedule.to_folder,
        **({"weekday": str(schedule.weekday)} if schedule.weekday is not None else {}),
        **({"month_day": str(schedule.month_day)} if schedule.month_day is not None else {}),
    }
