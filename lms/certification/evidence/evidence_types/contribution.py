"""What a partner gave."""

from lms.certification.evidence.evidence_types.base import Criterion, EvidenceField, EvidenceType, Kind, Scale, Values
from lms.certification.evidence.money import written
from lms.i18n import gettext, lazy_pgettext
from lms.i18n import lazy_gettext as _
from lms.text import isolate

KINDS = (
    ("money", lazy_pgettext("kind of contribution", "Money")),
    ("in_kind", lazy_pgettext("kind of contribution", "In kind")),
    ("people", lazy_pgettext("kind of contribution", "People's time")),
)


class PartnerContribution(EvidenceType):
    """Money, things or people's time that a partner put into common work, with what it is worth."""

    key = "partner_contribution"
    label = _("Partner contribution")
    help = _("Money, things or people's time that a partner put into common work, with what it is worth.")
    fields = (
        EvidenceField("kind", _("Kind of contribution"), Kind.CHOICE, choices=KINDS),
        EvidenceField("giver", _("Who gives"), hint=_("Your organization or a partner.")),
        EvidenceField("receiver", _("For which common work"), required=False),
        EvidenceField("given_on", _("Given on"), Kind.DAY),
        EvidenceField("value", _("Value"), Kind.MONEY, _("Of things and time: what they would have cost.")),
        EvidenceField("reckoning", _("How the value was found"), Kind.TEXT, required=False),
    )
    criteria = (
        Criterion("documented", _("It is documented that it was given"), Scale.YES),
        Criterion("valued", _("The value is plausible")),
        Criterion("common", _("It served common work")),
    )
    dated_by = "given_on"
    past = ("given_on",)

    def summary(self, values: Values) -> str:
        kind = dict(KINDS).get(values.get("kind") or "", gettext("Contribution"))
        giver, value = isolate(values.get("giver") or gettext("a partner")), values.get("value")
        if value:
            return gettext("%(kind)s of %(giver)s, worth %(value)s", kind=kind, giver=giver, value=written(value))
        return gettext("%(kind)s of %(giver)s", kind=kind, giver=giver)
