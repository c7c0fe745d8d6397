"""A meeting of partners, as it was recorded."""

from collections.abc import Iterator
from datetime import date

from lms.certification.evidence.evidence_types.base import (
    Criterion,
    EvidenceField,
    EvidenceType,
    Fault,
    Kind,
    Scale,
    Values,
)
from lms.i18n import gettext, ngettext, reader
from lms.i18n import lazy_gettext as _

FEWEST = 2


class MeetingRecord(EvidenceType):
    """When partners met, how many took part, what they decided."""

    key = "meeting_record"
    label = _("Meeting record")
    help = _("A meeting with partners: when it was, how many took part, what was decided. Add the minutes.")
    fields = (
        EvidenceField("subject", _("What the meeting was about")),
        EvidenceField("held_on", _("Held on"), Kind.DAY),
        EvidenceField("participants", _("Number of participants"), Kind.NUMBER),
        EvidenceField("organizations", _("Organizations that took part"), Kind.TEXT, _("One a line."), False),
        EvidenceField("decisions", _("Decisions"), Kind.TEXT, _("What was decided, who does it, by when.")),
    )
    criteria = (
        Criterion("partners", _("Partners took part"), Scale.YES),
        Criterion("decisions", _("Decisions say who does what by when")),
        Criterion("followed", _("Decisions were followed up")),
    )
    dated_by = "held_on"
    past = ("held_on",)

    def faults(self, values: Values, today: date) -> Iterator[Fault]:
        """Nobody meets alone, either."""
        yield from super().faults(values, today)
        people = values.get("participants")
        if people is not None and people < FEWEST:
            yield Fault("participants", gettext("A meeting has two participants at least."))

    def summary(self, values: Values) -> str:
        day, people = self.happened_on(values), values.get("participants")
        if day is None or people is None:
            return gettext("A meeting")
        return ngettext(
            "A meeting on %(day)s with %(num)s participant",
            "A meeting on %(day)s with %(num)s participants",
            people,
            day=reader().day(day),
        )
