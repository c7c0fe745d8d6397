"""The forms of self-assessment. Those of items are read by hand: their fields are the instrument's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wtforms import SelectField
from wtforms.validators import InputRequired, Optional

from lms.certification.assessments.instruments import Area, Item
from lms.certification.assessments.services import Agreed, Verdict
from lms.certification.assessments.services.actions import Intention
from lms.day_field import DayField
from lms.forms import AtMost, Form, TextField
from lms.i18n import lazy_gettext as _
from lms.text import clean_text

LONGEST_REASON = 1000
LONGEST_ACTION = 500
Sent = Mapping[str, str]


def levels_from(sent: Sent, area: Area) -> dict[str, int]:
    """The levels that were chosen for items of an area."""
    return dict(pair for item in area.items for pair in _level(sent, item))


@dataclass(frozen=True)
class Said:
    """What was typed for an item: shown again as it was."""

    level: int | None = None
    reason: str = ""


@dataclass
class ItemsForm:
    """Levels and reasons of items as they stand or were typed, and what is wrong with them."""

    said: dict[str, Said]
    errors: dict[str, str] = field(default_factory=dict)
    general: str = ""

    @classmethod
    def sent(cls, sent: Sent, items: Sequence[Item]) -> "ItemsForm":
        """What was sent."""
        levels = dict(pair for item in items for pair in _level(sent, item))
        texts = {item.key: clean_text(sent.get(f"reason-{item.key}", "")[:LONGEST_REASON]) for item in items}
        return cls({item.key: Said(levels.get(item.key), texts[item.key]) for item in items})

    def of(self, item: Item) -> Said:
        """What is said of an item."""
        return self.said.get(item.key, Said())

    def refuse(self, message: str, item: str | None) -> None:
        """Show what is wrong at an item, else at the head."""
        if item in self.said:
            self.errors[item or ""] = message
        else:
            self.general = message

    def agreed(self) -> dict[str, Agreed]:
        """What the team said: items with a level."""
        return {key: Agreed(said.level, said.reason) for key, said in self.said.items() if said.level}

    def verdicts(self) -> dict[str, Verdict]:
        """What the reviewer said: items with a level."""
        return {key: Verdict(said.level, said.reason) for key, said in self.said.items() if said.level}


def _level(sent: Sent, item: Item) -> list[tuple[str, int]]:
    text = sent.get(f"level-{item.key}", "")
    return [(item.key, int(text))] if text in {"1", "2", "3", "4"} else []


class ReasonForm(Form):
    """Words to the other side."""

    note = TextField(_("What you want to tell the network"), [Optional(), AtMost(LONGEST_REASON)])
    network = SelectField(_("Network"), [InputRequired()])


class AnswerForm(Form):
    """A network's words to the organization."""

    comment = TextField(_("Comment to the organization"), [Optional(), AtMost(LONGEST_REASON)])


class RecorderForm(Form):
    """Who enters what the team agrees on."""

    person = SelectField(_("Who enters it, beside the managers"), [Optional()])


class ActionForm(Form):
    """A line of the plan."""

    area = SelectField(_("Area"), [InputRequired()])
    text = TextField(_("What will be done"), [InputRequired(_("Say what will be done.")), AtMost(LONGEST_ACTION)])
    person = SelectField(_("Who sees to it"), [Optional()])
    due_on = DayField(_("Until when"))

    def meant(self, people: Mapping[str, int]) -> Intention:
        """The line; `people` gives ids to what was chosen."""
        chosen: Any = self.person.data or ""
        return Intention(self.area.data, self.text.data or "", people.get(chosen), self.due_on.data)
