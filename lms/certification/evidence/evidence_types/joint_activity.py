"""Something that partners did together."""

from lms.certification.evidence.evidence_types.base import (
    Criterion,
    EvidenceField,
    EvidenceType,
    Kind,
    Values,
    day_in,
)
from lms.i18n import gettext, lazy_pgettext, reader
from lms.i18n import lazy_gettext as _


class JointActivity(EvidenceType):
    """A programme, campaign, training or service, with partners and results."""

    key = "joint_activity"
    label = _("Joint activity")
    help = _("A programme, campaign, training or service that you carried out together with partners.")
    fields = (
        EvidenceField("activity", _("What you did"), Kind.TEXT),
        EvidenceField("partners", _("Partners"), Kind.TEXT, _("One a line, with what each did.")),
        EvidenceField("starts_on", lazy_pgettext("activity", "From"), Kind.DAY),
        EvidenceField("ends_on", lazy_pgettext("activity", "To"), Kind.DAY),
        EvidenceField("reached", _("How many people it reached"), Kind.NUMBER, required=False),
        EvidenceField("results", _("Results"), Kind.TEXT, _("What changed, and how you know.")),
    )
    criteria = (
        Criterion("together", _("It was planned and carried out together")),
        Criterion("division", _("The partners divided the tasks")),
        Criterion("results", _("Results are shown")),
        Criterion("learned", _("The partners learned from it")),
    )
    dated_by = "ends_on"
    past = ("starts_on", "ends_on")
    ordered = (("starts_on", "ends_on"),)

    def summary(self, values: Values) -> str:
        first, last = day_in(values, "starts_on"), day_in(values, "ends_on")
        if first is None or last is None:
            return gettext("A joint activity")
        return gettext(
            "A joint activity from %(first)s to %(last)s", first=reader().day(first), last=reader().day(last)
        )
