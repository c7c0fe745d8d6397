"""So many of several requirements are met."""

from lms.certification.requirement_types.base import Kind, Parameter, Parameters, Titles
from lms.certification.requirement_types.combined import Combined, together
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, reader


class KOf(Combined):
    """Met when `k` of them are."""

    key = "k_of"
    label = lazy_gettext("A number of several conditions")
    parameters = (Parameter("k", lazy_gettext("How many of them"), Kind.COUNT), *Combined.parameters)

    def check(self, parameters: Parameters) -> None:
        """Raises DomainError too where more of them are asked for than there are."""
        self.parameters[0].check(parameters.get("k"))
        super().check(parameters)
        if parameters["k"] > len(parameters["of"]):
            raise DomainError(_("Nobody can meet this: more conditions are asked for than there are."), "k")

    def needed(self, parameters: Parameters) -> int:
        """As it says."""
        k: int = parameters["k"]
        return k

    def head(self, parameters: Parameters, titles: Titles) -> str:
        return _("at least %(count)s of these:", count=reader().number(parameters["k"]))

    def describe(self, parameters: Parameters, titles: Titles) -> str:
        return _(
            "at least %(count)s of these: %(conditions)s",
            count=reader().number(parameters["k"]),
            conditions=self.listed(parameters, titles, together()),
        )
