"""What stands in for a type whose plugin is not enabled."""

from collections.abc import Sequence

from lms.certification.requirement_types.base import Case, Finding, Parameters, RequirementType, State, Titles
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext


class Unknown(RequirementType):
    """Never met: an award must not pass over a condition that nobody can judge."""

    key = ""
    label = lazy_gettext("A condition of a plugin that is not enabled")
    parameters = ()

    def describe(self, parameters: Parameters, titles: Titles) -> str:
        return str(self.label)

    def evaluate_many(self, cases: Sequence[Case], parameters: Parameters) -> dict[int, Finding]:
        return {case.organization_id: Finding(State.MISSING, 0, 1) for case in cases}

    def progress(self, finding: Finding) -> str:
        return _("This cannot be judged at present.")
