"""What a person chooses about messages."""

from collections.abc import Iterable
from typing import Any

from wtforms import SelectField
from wtforms.validators import InputRequired

from lms.formats.names import WEEKDAYS
from lms.forms import Form, choices_of
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, reader
from lms.messages.kinds import Choice, MessageKind
from lms.messages.models import MORNING
from lms.notifications.labels import CHOICES

EVERY_DAY = "daily"
HOURS = range(24)


def _one_of(label: str, pairs: Iterable[tuple[str, str]]) -> SelectField:
    # Required, so that its label does not say "optional"; the attribute is for lists with an empty first choice.
    return SelectField(label, choices=choices_of(pairs), validators=[InputRequired()], render_kw={"required": False})


class DigestTimeForm(Form):
    """The day and the hour of the digest; the choices of kinds are fields of their own (`message_form`)."""

    digest_day = SelectField(
        lazy_gettext("The summary comes"), validators=[InputRequired()], render_kw={"required": False}
    )
    digest_hour = SelectField(lazy_gettext("At"), validators=[InputRequired()], render_kw={"required": False})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here, names = reader(), WEEKDAYS[reader().language]
        week = [(here.week_start + n) % 7 for n in range(7)]
        days = [(str(n), str(_("Every week on %(day)s", day=names[n]))) for n in week]
        self.digest_day.choices = choices_of([(EVERY_DAY, str(_("Every day"))), *days])
        self.digest_hour.choices = choices_of((str(n), here.digits_of(f"{n}:00")) for n in HOURS)

    @property
    def weekday(self) -> int | None:
        """As chosen; None: every day."""
        return None if self.digest_day.data == EVERY_DAY else int(self.digest_day.data)

    @property
    def hour(self) -> int:
        """As chosen."""
        return int(self.digest_hour.data)

    def choices(self, kinds: Iterable[MessageKind]) -> dict[str, Choice]:
        """What was chosen of each kind."""
        return {kind.key: Choice(self[kind.key].data) for kind in kinds}


def message_form(kinds: Iterable[MessageKind], **values: Any) -> DigestTimeForm:
    """The form, with a field for each of these kinds."""
    fields = {kind.key: _one_of(kind.label, [(each.value, CHOICES[each]) for each in kind.choices]) for kind in kinds}
    made: type[DigestTimeForm] = type("MessagesForm", (DigestTimeForm,), fields)
    return made(**values)


def stored(choices: dict[str, Choice], weekday: int | None, hour: int | None) -> dict[str, str]:
    """What a form shows of what is stored."""
    day = EVERY_DAY if weekday is None else str(weekday)
    return {**{key: each.value for key, each in choices.items()}} | {
        "digest_day": day,
        "digest_hour": str(MORNING if hour is None else hour),
    }
