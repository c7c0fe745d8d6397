"""A share of the current staff has completed a module."""

from lms.certification.requirement_types.age import NOT_OLDER, with_age
from lms.certification.requirement_types.base import Parameters, Titles
from lms.certification.requirement_types.members import completed_module
from lms.certification.requirement_types.staff import MODULE, PERCENT, ShareOfStaff
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, reader


class ShareCompleted(ShareOfStaff):
    """Met when `percent` of the current members hold a completion of the module."""

    key = "share_completed"
    label = lazy_gettext("A share of staff completed a module")
    parameters = (PERCENT, MODULE, NOT_OLDER)
    done = staticmethod(completed_module)

    def describe(self, parameters: Parameters, titles: Titles) -> str:
        said = _(
            "%(share)s of staff completed the module “%(title)s”",
            share=reader().percent(parameters["percent"] / 100),
            title=titles.module(parameters["module_id"]),
        )
        return with_age(said, parameters)
