"""One of several requirements is met."""

from lms.certification.requirement_types.base import Parameters, Titles
from lms.certification.requirement_types.combined import Combined, alternatives
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext


class AnyOf(Combined):
    """Met as soon as one of them is."""

    key = "any_of"
    label = lazy_gettext("One of several conditions")

    def needed(self, parameters: Parameters) -> int:
        """One."""
        return 1

    def head(self, parameters: Parameters, titles: Titles) -> str:
        return _("one of these:")

    def describe(self, parameters: Parameters, titles: Titles) -> str:
        return _("one of these: %(conditions)s", conditions=self.listed(parameters, titles, alternatives()))
