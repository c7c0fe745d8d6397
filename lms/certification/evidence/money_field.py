"""An amount of money in two fields: the amount in any digits, and its currency."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from wtforms import Field
from wtforms.utils import unset_value

from lms.certification.evidence.money import CURRENCIES, currency_choices, read_amount
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.text import clean_line

PARTS = ("amount", "currency")


def _render(field: "MoneyField", **attributes: Any) -> Markup:
    amount, currency = field.typed
    options = [Markup('<option value="">–</option>')]
    for code, name in currency_choices():
        chosen = Markup(" selected") if code == currency else ""
        options.append(Markup('<option value="{}"{}>{}</option>').format(code, chosen, name))
    more = Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in attributes.items())
    text = Markup(
        '<input class="input" id="{0}-amount" name="{0}-amount" value="{1}" aria-label="{2}" inputmode="decimal" '
        'autocomplete="off" maxlength="30"{3}>'
    ).format(field.name, amount, _("Amount"), more)
    select = Markup('<select id="{0}-currency" name="{0}-currency" aria-label="{1}"{2}>{3}</select>').format(
        field.name, _("Currency"), more, Markup("").join(options)
    )
    return Markup('<div class="row money">{}{}</div>').format(text, select)


class MoneyField(Field):  # type: ignore[misc]
    """`data` is {"amount", "currency"} or None; what was typed is kept for showing again."""

    data: dict[str, str] | None
    widget = staticmethod(_render)

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Sequence[Any] | None = None) -> None:
        super().process(None, data, extra_filters)
        stored = self.data or {}
        self.typed = (reader().digits_of(stored.get("amount", "")), stored.get("currency", ""))
        if formdata is None or not any(f"{self.name}-{part}" in formdata for part in PARTS):
            return
        amount, currency = (clean_line(formdata.get(f"{self.name}-{part}") or "") for part in PARTS)
        self.typed, self.data = (amount, currency), None
        try:
            self.data = self._read(amount, currency)
        except ValueError as error:
            self.process_errors.append(str(error))

    def _read(self, amount: str, currency: str) -> dict[str, str] | None:
        if not amount:
            return None
        exact = read_amount(amount)
        if currency not in CURRENCIES:
            raise ValueError(_("Choose a currency."))
        return {"amount": exact, "currency": currency}
