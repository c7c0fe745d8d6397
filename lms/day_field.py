"""A date in three fields: day, month by its name, year, in the reader's calendar and any digits."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup, escape
from wtforms import Field
from wtforms.utils import unset_value

from lms.i18n import gettext as _
from lms.i18n import reader
from lms.text import clean_line

PARTS = ("day", "month", "year")


def _render(field: "DayField", **attributes: Any) -> Markup:
    """The three fields, each with a label of its own; the field's label is their legend."""
    day, month, year = field.typed
    names = {part: f"{field.name}-{part}" for part in PARTS}
    more = "".join(f' {escape(name)}="{escape(value)}"' for name, value in attributes.items())
    months = "".join(
        f'<option value="{number}"{" selected" if str(number) == month else ""}>{escape(name)}</option>'
        for number, name in enumerate(reader().month_names(), start=1)
    )
    return Markup(  # noqa: S704 (escaped, or our own)
        '<div class="day-field">'
        + _input(names["day"], day, _("Day"), more)
        + f'<select id="{names["month"]}" name="{names["month"]}" aria-label="{escape(_("Month"))}"{more}>'
        + f'<option value="">–</option>{months}</select>'
        + _input(names["year"], year, _("Year"), more)
        + "</div>"
    )


def _input(name: str, value: str, label: str, more: str) -> str:
    label = escape(label)
    return (
        f'<input class="input day-part" id="{name}" name="{name}" value="{escape(value)}" aria-label="{label}" '
        f'placeholder="{label}" inputmode="numeric" autocomplete="off" maxlength="4"{more}>'
    )


class DayField(Field):
    """`data` is a date or None. Read from `<name>-day`, `-month` and `-year`, or from `<name>` as an ISO date."""

    data: date | None
    widget = staticmethod(_render)

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Sequence[Any] | None = None) -> None:
        super().process(None, data, extra_filters)
        self.typed = self._parts(self.data)
        if formdata is None:
            return
        self.is_typed = any(f"{self.name}-{part}" in formdata for part in PARTS)
        iso = clean_line(formdata.get(self.name) or "")
        typed = [clean_line(formdata.get(f"{self.name}-{part}") or "") for part in PARTS]
        try:
            self.data = date.fromisoformat(iso) if iso else self._read(typed)
            self.typed = self._parts(self.data)
        except ValueError:
            self.data, self.typed = None, typed
            self.process_errors.append(_("There is no such date. Write day, month and year."))

    def _read(self, typed: list[str]) -> date | None:
        return reader().parse_date(*typed) if any(typed) else None

    def _parts(self, day: date | None) -> list[str]:
        if day is None:
            return ["", "", ""]
        parts = reader().date_parts(day)
        return [reader().digits_of(str(parts.day)), str(parts.month), reader().digits_of(str(parts.year))]
