"""The filters of "Over time". They stand in the address, so the form is sent by GET and not protected."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from wtforms import SelectField
from wtforms.validators import ValidationError

from lms.day_field import DayField
from lms.i18n import gettext, lazy_pgettext
from lms.i18n import lazy_gettext as _
from lms.organizations.models import Network
from lms.reports.module_form import ModuleForm
from lms.reports.queries.modules import ReportModule
from lms.reports.queries.trends import TrendQuery
from lms.reports.steps import StepKind
from lms.reports.wording import day_in_words

USUAL, MOST = {StepKind.MONTH: timedelta(days=335), StepKind.WEEK: timedelta(days=77)}, timedelta(days=3660)
"""How long before its end a span begins that is not typed, and how long it is at most."""
STEP_LABELS = {StepKind.MONTH: lazy_pgettext("step", "Month"), StepKind.WEEK: lazy_pgettext("step", "Week")}


class TrendForm(ModuleForm):
    """Which module, which days, by which steps."""

    step = SelectField(_("By"), default=StepKind.MONTH.value)
    since = DayField(_("From"))
    until = DayField(_("To"))

    def __init__(self, arguments: Mapping[str, str], modules: Sequence[ReportModule]) -> None:
        super().__init__(arguments, modules)
        self.step.choices = [(kind.value, label) for kind, label in STEP_LABELS.items()]

    def validate_until(self, field: DayField) -> None:
        """Refuse one before the first day, or too long after it."""
        if self.since.data and field.data and not timedelta() <= field.data - self.since.data <= MOST:
            raise ValidationError(gettext("Choose a last day after the first, at most ten years later."))

    def arguments(self) -> dict[str, str]:
        """The filters as an address holds them: what is empty or usual is left out."""
        values = {
            **super().arguments(),
            "step": self.step.data if self.step.data != StepKind.MONTH.value else "",
            "since": self.since.data and self.since.data.isoformat(),
            "until": self.until.data and self.until.data.isoformat(),
        }
        return {name: value for name, value in values.items() if value}

    def in_words(self) -> list[tuple[str, str]]:
        """(label, value) of what is chosen."""
        step = StepKind(self.step.data)
        days = [(str(field.label.text), day_in_words(field.data)) for field in (self.since, self.until) if field.data]
        return [*super().in_words(), (str(self.step.label.text), str(STEP_LABELS[step])), *days]

    def query(self, network: Network, today: date) -> TrendQuery:
        """What the report is asked."""
        kind = StepKind(self.step.data)
        last = self.until.data or max(today, self.since.data or today)
        return TrendQuery(
            network_id=network.id,
            threshold=network.threshold,
            modules=tuple(self.modules),
            chosen=self.chosen(),
            kind=kind,
            first=max(self.since.data or last - USUAL[kind], last - MOST),
            last=last,
        )
