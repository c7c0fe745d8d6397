"""The forms of evidence: one is made of the fields that a type declares."""

from collections.abc import Callable
from datetime import date
from typing import Any

from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired

from lms.certification.evidence.evidence_types import EvidenceField, EvidenceType, Kind, begun_somewhere, evidence_types
from lms.certification.evidence.models import Evidence
from lms.certification.evidence.money_field import MoneyField
from lms.certification.evidence.services.pieces import LONGEST_TITLE
from lms.clock import now
from lms.day_field import DayField
from lms.formats import LANGUAGES, direction
from lms.forms import AtMost, Form, LineField, TextField, WholeNumberField, choices_of
from lms.i18n import lazy_gettext as _

PREFIX = "field_"
LONGEST_SUMMARY = 600
MOST_PEOPLE = 10_000_000


class BeginForm(Form):
    """What kind of evidence, and what it is called."""

    type = RadioField(_("Kind of evidence"), validators=[InputRequired(_("Choose what kind of evidence it is."))])
    title = LineField(
        _("Title"),
        [InputRequired(_("Give it a title.")), AtMost(LONGEST_TITLE)],
        render_kw={"dir": "auto", "autocomplete": "off"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type.choices = [(each.key, each.label) for each in evidence_types()]


class PieceForm(Form):
    """What every piece has; the fields of its type are added by `piece_form`."""

    title = LineField(
        _("Title"),
        [InputRequired(_("Give it a title.")), AtMost(LONGEST_TITLE)],
        render_kw={"dir": "auto", "autocomplete": "off"},
    )
    seen = HiddenField()

    kind: EvidenceType

    def field_of(self, name: str) -> Field:
        """The form's field for a field of the type."""
        return self[PREFIX + name]

    def values(self) -> dict[str, Any]:
        """What was typed, as it is stored."""
        found = {each.name: _stored(self.field_of(each.name).data) for each in self.kind.fields}
        return {name: value for name, value in found.items() if value not in (None, "")}

    @property
    def seen_revision(self) -> int:
        """The revision that was changed; 0 where the form says none."""
        typed = str(self.seen.data or "")
        return int(typed) if typed.isdecimal() and len(typed) < 10 else 0

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field alone, then what the type says of them together."""
        fine: bool = super().validate(extra_validators)
        for fault in self.kind.faults(self.values(), begun_somewhere(now())):
            field = self.field_of(fault.field)
            if not field.errors:
                field.errors = [fault.message]
                fine = False
        return fine


def piece_form(type_: EvidenceType, evidence: Evidence) -> PieceForm:
    """The form for a piece of that type, filled with what is stored."""
    made = {PREFIX + each.name: _MAKERS[each.kind](each) for each in type_.fields}
    form_class = type("PieceFormOfType", (PieceForm,), {**made, "kind": type_})
    stored = {PREFIX + name: _shown(type_, name, value) for name, value in evidence.fields.items()}
    form: PieceForm = form_class(data={"title": evidence.title, "seen": str(evidence.revision), **stored})
    return form


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _shown(type_: EvidenceType, name: str, value: Any) -> Any:
    kind = next((each.kind for each in type_.fields if each.name == name), Kind.LINE)
    return date.fromisoformat(value) if kind is Kind.DAY else value


def _line(field: EvidenceField) -> Any:
    return LineField(field.label, [AtMost(field.most)], render_kw={"dir": "auto", "autocomplete": "off"})


def _text(field: EvidenceField) -> Any:
    return TextField(field.label, [AtMost(field.most)], render_kw={"dir": "auto", "rows": 4})


def _number(field: EvidenceField) -> Any:
    return WholeNumberField(field.label, minimum=0, maximum=MOST_PEOPLE)


def _choice(field: EvidenceField) -> Any:
    return SelectField(field.label, choices=choices_of([("", "–"), *field.choices]))


_MAKERS: dict[Kind, Callable[[EvidenceField], Any]] = {
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.DAY: lambda field: DayField(field.label),
    Kind.NUMBER: _number,
    Kind.CHOICE: _choice,
    Kind.MONEY: lambda field: MoneyField(field.label),
}


def _summary(label: str, code: str) -> Any:
    keys = {"lang": code, "dir": direction(code), "rows": 3}
    return TextField(label, [AtMost(LONGEST_SUMMARY)], render_kw=keys)


class SummaryForm(Form):
    """What everybody may read of a piece of evidence."""

    text_fa = _summary(_("Summary in Persian"), "fa")
    text_ar = _summary(_("Summary in Arabic"), "ar")
    text_en = _summary(_("Summary in English"), "en")
    agreed = BooleanField(_("We agree that everybody reads this summary"))

    def __init__(self, *args: Any, evidence: Evidence, **kwargs: Any) -> None:
        texts = {f"text_{code}": evidence.public_summary.get(code, "") for code in LANGUAGES}
        super().__init__(*args, data={**texts, "agreed": evidence.public_agreed}, **kwargs)
