"""Forms of cohorts and allowances."""

from datetime import date

from wtforms import SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from lms.day_field import DayField
from lms.forms import AtMost, Form, LineField, TextField, WholeNumberField, one_language_at_least, texts_of
from lms.i18n import gettext, lazy_pgettext
from lms.i18n import lazy_gettext as _

LONGEST_NAME = 120
LONGEST_REASON = 500
MOST_EXTRA_MINUTES = 24 * 60
MOST_EXTRA_ATTEMPTS = 20


def _name(label: str, language: str) -> LineField:
    direction = "ltr" if language == "en" else "rtl"
    rules = [one_language_at_least, AtMost(LONGEST_NAME)]
    return LineField(label, validators=rules, render_kw={"lang": language, "dir": direction})


class CohortForm(Form):
    """A cohort's names, in one language at least, and its days."""

    name_fa = _name(_("Name in Persian"), "fa")
    name_ar = _name(_("Name in Arabic"), "ar")
    name_en = _name(_("Name in English"), "en")
    starts_on = DayField(lazy_pgettext("of a quiz or cohort", "First day"))
    ends_on = DayField(_("Last day"))

    def validate_starts_on(self, field: DayField) -> None:
        """A cohort begins on a day."""
        if field.data is None and not field.errors:
            raise ValidationError(gettext("Give the first day."))

    def names(self) -> dict[str, str]:
        """The names that were given."""
        return texts_of(self, "name")

    def days(self) -> tuple[date, date | None]:
        """The first and the last day, once it is valid."""
        assert self.starts_on.data is not None
        return self.starts_on.data, self.ends_on.data


class NewCohortForm(CohortForm):
    """The same, and whose it is."""

    owner = SelectField(_("Whose cohort is it?"))


class CohortModuleForm(Form):
    """A module for a cohort, and the days of its quizzes."""

    module = SelectField(_("Module"))
    opens_on = DayField(_("Quizzes open on"))
    closes_on = DayField(_("Quizzes close after"))


class AllowanceForm(Form):
    """What is given, for which quiz, and why."""

    subject = SelectField(_("For whom"))
    quiz = SelectField(_("For which quiz"))
    extra_minutes = WholeNumberField(
        _("Extra minutes for an attempt"), maximum=MOST_EXTRA_MINUTES, validators=[Optional()]
    )
    extra_attempts = WholeNumberField(_("Extra attempts"), maximum=MOST_EXTRA_ATTEMPTS, validators=[Optional()])
    closes_on = DayField(_("Last day, where the quiz has one"))
    reason = TextField(
        _("Why"), validators=[InputRequired(_("Say why: it is kept with the allowance.")), AtMost(LONGEST_REASON)]
    )
