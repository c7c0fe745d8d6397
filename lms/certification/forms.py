"""The forms of certification."""

from datetime import date
from typing import Any

from wtforms import BooleanField, Field
from wtforms.validators import AnyOf, DataRequired, ValidationError

from lms.certification.models import Signatory, Visibility
from lms.certification.services.drafts import LONGEST_NOTE
from lms.certification.typed import TypedScheme
from lms.day_field import DayField
from lms.formats import LANGUAGES, direction
from lms.forms import AtMost, CodeField, Form, LineField, TextField
from lms.i18n import gettext
from lms.i18n import lazy_gettext as _

LONGEST_SIGNATORY = 120
#: How far ahead a change of a scheme can begin.
MOST_DAYS_AHEAD = 5 * 365

VISIBILITIES = {
    Visibility.UNLISTED: _("Only who has the code"),
    Visibility.LISTED: _("Also on my organization's page"),
    Visibility.PSEUDONYM: _("Only who has the code, without my Latin name"),
}


class CheckForm(Form):
    """A code to look up."""

    code = CodeField(
        _("Certificate code"), [DataRequired(_("Write the code that stands on the certificate.")), AtMost(40)]
    )


class VisibilityForm(Form):
    """How a certificate of one's own can be found."""

    visibility = LineField(_("Who can find it"), [AnyOf(list(VISIBILITIES))])


class BundleForm(Form):
    """In which language many certificates are wanted."""

    language = LineField(_("Language of the certificates"), [AnyOf(LANGUAGES)])


class RevokeForm(Form):
    """Why an organization's certificate is taken back."""

    reason = TextField(_("Reason"), [DataRequired(_("Say why; the page of the certificate shows it.")), AtMost(500)])


def _line(label: str, code: str, *validators: Any) -> LineField:
    keys = {"lang": code, "dir": direction(code), "autocomplete": "off"}
    return LineField(label, validators=[AtMost(LONGEST_SIGNATORY), *validators], render_kw=keys)


def named_where_there_is_a_role(form: Any, _field: Field) -> None:
    """Validator: a role needs somebody who has it."""
    if not any(form[f"name_{code}"].data for code in LANGUAGES) and any(
        form[f"role_{code}"].data for code in LANGUAGES
    ):
        raise ValidationError(gettext("Write whose position this is, in one language at least."))


class SignatoryForm(Form):
    """Who signs a network's certificates."""

    name_fa = _line(_("Name in Persian"), "fa", named_where_there_is_a_role)
    name_ar = _line(_("Name in Arabic"), "ar")
    name_en = _line(_("Name in English"), "en")
    role_fa = _line(_("Position in Persian"), "fa")
    role_ar = _line(_("Position in Arabic"), "ar")
    role_en = _line(_("Position in English"), "en")
    earlier = BooleanField(_("Show this on certificates that were issued earlier, too"))

    def __init__(self, *args: Any, signatory: Signatory | None = None, **kwargs: Any) -> None:
        stems = (("name", signatory.names), ("role", signatory.roles)) if signatory else ()
        data = {f"{stem}_{code}": text for stem, texts in stems for code, text in texts.items()}
        super().__init__(*args, data=data, **kwargs)


class SchemeChangeForm(Form):
    """From when on and for whom a scheme is to say something else, and why."""

    starts_on = DayField(_("Begins on"))
    reach = LineField(_("For which cycles"), [AnyOf(["new", "running"], _("Choose one of the list."))])
    note = TextField(_("Why"), [AtMost(LONGEST_NOTE)])

    def __init__(self, *args: Any, today: date, typed: TypedScheme | None = None, saves: bool = False) -> None:
        self.today, self.saves = today, saves
        day = max(today, date.fromisoformat(typed.starts_on)) if typed and typed.starts_on else today
        reach = "running" if typed and typed.reaches_running else "new"
        super().__init__(*args, data={"starts_on": day, "reach": reach} if typed else None)
        self.note.flags.required = True

    def day(self, today: date) -> date:
        """The day that was chosen; today where none was."""
        return self.starts_on.data or today

    def validate_starts_on(self, field: Any) -> None:
        """A change cannot begin in the past, nor so late that nobody will remember it."""
        if field.data is not None and field.data < self.today:
            raise ValidationError(gettext("A change cannot begin in the past."))
        if field.data is not None and (field.data - self.today).days > MOST_DAYS_AHEAD:
            raise ValidationError(gettext("A change begins within five years."))

    def validate_note(self, field: Any) -> None:
        """Why, where it is saved."""
        if self.saves and not field.data:
            raise ValidationError(gettext("Say why; everybody who reads the scheme sees it."))
