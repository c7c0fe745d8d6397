"""A share of the current staff has completed every module of a kit."""

from lms.certification.requirement_types.age import NOT_OLDER, with_age
from lms.certification.requirement_types.base import Parameters, Titles
from lms.certification.requirement_types.members import completed_kit
from lms.certification.requirement_types.staff import KIT, PERCENT, ShareOfStaff
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, reader


class ShareCompletedKit(ShareOfStaff):
    """Met when `percent` of the current members completed all published modules of the kit."""

    key = "share_completed_kit"
    label = lazy_gettext("A share of staff completed a kit")
    parameters = (PERCENT, KIT, NOT_OLDER)
    done = staticmethod(completed_kit)

    def describe(self, parameters: Parameters, titles: Titles) -> str:
        said = _(
            "%(share)s of staff completed all modules of “%(title)s”",
            share=reader().percent(parameters["percent"] / 100),
            title=titles.kit(parameters["kit_id"]),
        )
        return with_age(said, parameters)
