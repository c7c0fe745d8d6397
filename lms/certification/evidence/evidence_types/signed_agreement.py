"""An agreement that partners have signed."""

from lms.certification.evidence.evidence_types.base import (
    Criterion,
    EvidenceField,
    EvidenceType,
    Kind,
    Scale,
    Values,
    day_in,
)
from lms.i18n import gettext, lazy_pgettext, reader
from lms.i18n import lazy_gettext as _

KINDS = (
    ("memorandum", _("Memorandum of understanding")),
    ("contract", _("Contract")),
    ("charter", _("Network charter")),
    ("consortium", _("Consortium agreement")),
)
RENEWALS = (
    ("none", lazy_pgettext("renewal of an agreement", "Ends on its last day")),
    ("automatic", lazy_pgettext("renewal of an agreement", "Renews itself unless somebody ends it")),
    ("agreed", lazy_pgettext("renewal of an agreement", "Is renewed if the parties agree")),
)


class SignedAgreement(EvidenceType):
    """A memorandum, contract, charter or consortium agreement, with its parties and dates."""

    key = "signed_agreement"
    label = _("Signed agreement")
    help = _("A memorandum, contract, charter or consortium agreement that the parties have signed. Add its scan.")
    fields = (
        EvidenceField("kind", _("Kind of agreement"), Kind.CHOICE, choices=KINDS),
        EvidenceField("parties", _("Parties"), Kind.TEXT, _("Everyone who signed, one a line.")),
        EvidenceField("subject", _("What it is about"), Kind.TEXT),
        EvidenceField("signed_on", _("Signed on"), Kind.DAY),
        EvidenceField("starts_on", _("In force from"), Kind.DAY),
        EvidenceField("ends_on", _("In force until"), Kind.DAY, _("Leave it empty if it has no end."), False),
        EvidenceField("renewal", _("Renewal"), Kind.CHOICE, required=False, choices=RENEWALS),
    )
    criteria = (
        Criterion("signed", _("All parties have signed"), Scale.YES),
        Criterion("roles", _("It says who does what")),
        Criterion("shared", _("Its aim is shared by the parties")),
        Criterion("terms", _("Term, renewal and end are settled"), Scale.YES),
    )
    dated_by = "signed_on"
    past = ("signed_on",)
    ordered = (("starts_on", "ends_on"), ("signed_on", "ends_on"))

    def summary(self, values: Values) -> str:
        kind = dict(KINDS).get(values.get("kind") or "", gettext("Agreement"))
        signed, ends = self.happened_on(values), day_in(values, "ends_on")
        if signed and ends:
            days = {"day": reader().day(signed), "end": reader().day(ends)}
            return gettext("%(kind)s, signed on %(day)s, in force until %(end)s", kind=kind, **days)
        return gettext("%(kind)s, signed on %(day)s", kind=kind, day=reader().day(signed)) if signed else str(kind)
