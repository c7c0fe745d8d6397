"""The form of a quiz's rules."""

from datetime import date
from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from lms.authoring.before_field import BeforeField
from lms.authoring.draws_field import DrawsField
from lms.authoring.forms import choices
from lms.authoring.pools_field import PoolsField
from lms.day_field import DayField
from lms.forms import Form, WholeNumberField
from lms.i18n import gettext, lazy_pgettext
from lms.i18n import lazy_gettext as _
from lms.quizzes.checks import MOST_ATTEMPTS, MOST_DAYS, MOST_MINUTES
from lms.quizzes.policies import Feedback, GradeRule
from lms.quizzes.policy_checks import MOST_A_PAGE, MOST_DELAY, MOST_LATE

MINUTES = {"minutes": 1, "hours": 60, "days": 24 * 60}
USUAL = {
    "late": 1,
    "delay": 0,
    "grade_rule": GradeRule.BEST,
    "feedback": Feedback.AFTER_SUBMISSION,
    "certainty": False,
    "draws": [],
    "pools": [],
    "grading_days": 7,
    "readers": 1,
    "difference": 20,
}
"""What a quiz does that says nothing of it: not written down."""


def largest_unit(minutes: int) -> tuple[int, str]:
    """Minutes as a whole number of the largest unit: 120 are 2 hours."""
    unit = next(name for name in ("days", "hours", "minutes") if minutes % MINUTES[name] == 0)
    return (minutes // MINUTES[unit], unit) if minutes else (0, "hours")


def _fields_of(settings: dict[str, Any]) -> dict[str, Any]:
    """What a quiz's settings put into the fields."""
    delay, unit = largest_unit(settings.get("delay", 0))
    days: dict[str, Any] = {
        name: date.fromisoformat(settings[name]) for name in ("opens", "closes") if name in settings
    }
    return {**USUAL, **settings, **days, "delay": delay, "delay_unit": unit}


class QuizForm(Form):
    """The rules of a quiz."""

    before = BeforeField(_("Entry quiz: asked before the lessons, and compared with"))
    pass_mark = WholeNumberField(
        _("Pass mark, in percent"), maximum=100, validators=[InputRequired(_("Give the pass mark."))]
    )
    attempts = WholeNumberField(
        _("Attempts; 0 for as many as one likes"),
        maximum=MOST_ATTEMPTS,
        validators=[InputRequired(_("Say how many attempts there are."))],
    )
    grade_rule = SelectField(
        _("Which attempt counts"),
        choices=choices(
            (GradeRule.BEST, lazy_pgettext("attempt", "The best")),
            (GradeRule.LAST, lazy_pgettext("attempt", "The last")),
            (GradeRule.FIRST, lazy_pgettext("attempt", "The first; further ones are for practice")),
            (GradeRule.AVERAGE, _("The average of all")),
        ),
    )
    delay = WholeNumberField(_("Wait between attempts"), maximum=MOST_DELAY, validators=[Optional()])
    delay_unit = SelectField(
        _("Unit of the wait"),
        choices=choices(("minutes", _("minutes")), ("hours", _("hours")), ("days", _("days"))),
        default="hours",
    )
    time_limit = WholeNumberField(
        _("Time for an attempt, in minutes"), minimum=1, maximum=MOST_MINUTES, validators=[Optional()]
    )
    late = WholeNumberField(
        _("Minutes in which answers given in time may still arrive"), maximum=MOST_LATE, validators=[Optional()]
    )
    opens = DayField(lazy_pgettext("of a quiz or cohort", "First day"))
    closes = DayField(_("Last day"))
    shuffle = BooleanField(_("Shuffle questions and options"))
    page_size = WholeNumberField(
        _("Questions a page; empty for all on one"), minimum=1, maximum=MOST_A_PAGE, validators=[Optional()]
    )
    certainty = BooleanField(_("Ask how certain each answer is, and mark by it"))
    feedback = SelectField(
        _("Tell what answers are worth"),
        choices=choices(
            (Feedback.AFTER_SUBMISSION, _("When the attempt is submitted")),
            (Feedback.EACH_QUESTION, _("With each question, when she asks; it cannot be changed then")),
            (Feedback.AFTER_CLOSING, _("After the last day")),
        ),
    )
    show_key = SelectField(
        _("Show the right answers"),
        choices=choices(
            ("after_last_attempt", _("When no attempt is left, or one has passed")),
            ("after_each", _("After each attempt")),
            ("never", lazy_pgettext("show the right answers", "Never")),
        ),
    )
    draws = DrawsField(_("Draw questions by tag"))
    pools = PoolsField(_("Draw from the question bank"))
    grading_days = WholeNumberField(
        _("Days in which essays and files are graded"), minimum=1, maximum=MOST_DAYS, validators=[Optional()]
    )
    readers = SelectField(
        _("Who grades them"),
        choices=choices(("1", _("One person")), ("2", _("Two people, neither of whom sees what the other says"))),
        default="1",
    )
    difference = WholeNumberField(
        _("Difference between the two, in percent of the mark, above which a third person decides"),
        maximum=100,
        validators=[Optional()],
    )

    def __init__(self, **values: Any) -> None:
        if "data" in values:
            values["data"] = _fields_of(values["data"])
        super().__init__(**values)

    def validate_delay(self, field: WholeNumberField) -> None:
        """In minutes there is a limit, whatever the unit."""
        if self._delay() > MOST_DELAY:
            raise ValidationError(gettext("90 days at most."))

    def validate_closes(self, field: DayField) -> None:
        """The last day follows the first."""
        if self.opens.data and field.data and field.data < self.opens.data:
            raise ValidationError(gettext("The last day is before the first."))

    def validate_feedback(self, field: SelectField) -> None:
        """What waits for the last day needs one."""
        if field.data == Feedback.AFTER_CLOSING and not self.closes.data:
            raise ValidationError(gettext("Give the last day."))

    def _delay(self) -> int:
        return (self.delay.data or 0) * MINUTES.get(self.delay_unit.data, 1)

    def settings(self) -> dict[str, Any]:
        """As the draft keeps them; None where the quiz need not say it."""
        named = ("pass_mark", "attempts", "shuffle", "show_key", "time_limit", "page_size")
        days = {name: self[name].data.isoformat() if self[name].data else None for name in ("opens", "closes")}
        found = {name: self[name].data for name in ("late", "grade_rule", "feedback", "certainty", "draws", "pools")}
        found |= {"delay": self._delay(), "readers": int(self.readers.data)}
        found |= {name: self[name].data for name in ("grading_days", "difference")}
        usual = {name: None if value in (USUAL[name], None) else value for name, value in found.items()}
        role = {"before": self.before.data or None}
        return {**{name: self[name].data for name in named}, **days, **usual, **role}
