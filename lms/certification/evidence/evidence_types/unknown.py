"""What stands in for a type whose plugin is not enabled."""

from lms.certification.evidence.evidence_types.base import EvidenceType, Values
from lms.i18n import gettext
from lms.i18n import lazy_gettext as _


class Unknown(EvidenceType):
    """Keeps what there is; nothing of it can be changed, handed in or reviewed."""

    key = ""
    label = _("Evidence of a plugin that is not enabled")
    help = ""
    fields = ()
    criteria = ()

    def summary(self, values: Values) -> str:
        return gettext("This cannot be shown at present.")
