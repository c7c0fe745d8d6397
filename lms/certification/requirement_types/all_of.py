"""Several requirements are met together: of use within another one."""

from lms.certification.requirement_types.base import Parameters, Titles
from lms.certification.requirement_types.combined import Combined, together
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext


class AllOf(Combined):
    """Met when every one of them is."""

    key = "all_of"
    label = lazy_gettext("All of several conditions")

    def needed(self, parameters: Parameters) -> int:
        """As many as there are."""
        return len(parameters["of"])

    def head(self, parameters: Parameters, titles: Titles) -> str:
        return _("all of these:")

    def describe(self, parameters: Parameters, titles: Titles) -> str:
        return _("all of these: %(conditions)s", conditions=self.listed(parameters, titles, together()))
