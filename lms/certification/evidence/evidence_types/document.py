"""A document of the organization's own work."""

from lms.certification.evidence.evidence_types.base import Criterion, EvidenceField, EvidenceType, Kind, Scale, Values
from lms.i18n import gettext, reader
from lms.i18n import lazy_gettext as _
from lms.text import isolate


class Document(EvidenceType):
    """A plan, rules, a report: what the organization has written."""

    key = "document"
    label = _("Document")
    help = _("Something that your organization has written: a plan, rules, a report, an analysis of partners.")
    fields = (
        EvidenceField("about", _("What the document is"), hint=_("For example: plan of the network's work.")),
        EvidenceField("dated", _("Date of the document"), Kind.DAY),
        EvidenceField(
            "content",
            _("What it says"),
            Kind.TEXT,
            _("The main points, or the whole text where it is short."),
        ),
        EvidenceField("use", _("How it is used"), Kind.TEXT, required=False),
    )
    criteria = (
        Criterion("complete", _("It is complete and says clearly what is meant")),
        Criterion("own", _("It fits this organization and its partners"), Scale.YES),
        Criterion("used", _("It is put to use")),
    )
    dated_by = "dated"
    past = ("dated",)

    def summary(self, values: Values) -> str:
        day = self.happened_on(values)
        about = isolate(values.get("about") or gettext("a document"))
        return gettext("%(about)s, dated %(day)s", about=about, day=reader().day(day)) if day else str(about)
