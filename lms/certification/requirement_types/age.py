"""How old what a requirement counts may be."""

from lms.certification.requirement_types.base import Kind, Parameter, Parameters
from lms.i18n import lazy_gettext, ngettext

NOT_OLDER = Parameter("months", lazy_gettext("Not older than, in months"), Kind.MONTHS)


def with_age(said: str, parameters: Parameters) -> str:
    """The sentence of a requirement, and how old what it counts may be where that is limited."""
    months = parameters.get("months")
    if months is None:
        return said
    return ngettext(
        "%(requirement)s, within the last month",
        "%(requirement)s, within the last %(num)s months",
        months,
        requirement=said,
    )
