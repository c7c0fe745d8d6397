"""So many of the current staff have completed every module of a kit."""

from lms.certification.requirement_types.age import NOT_OLDER, with_age
from lms.certification.requirement_types.base import Parameters, Titles
from lms.certification.requirement_types.members import completed_kit
from lms.certification.requirement_types.staff import KIT, PEOPLE, NumberOfStaff
from lms.i18n import lazy_gettext, ngettext


class MembersCompletedKit(NumberOfStaff):
    """Met when `people` current members completed all published modules of the kit."""

    key = "members_completed_kit"
    label = lazy_gettext("A number of staff completed a kit")
    parameters = (PEOPLE, KIT, NOT_OLDER)
    done = staticmethod(completed_kit)

    def describe(self, parameters: Parameters, titles: Titles) -> str:
        said = ngettext(
            "%(num)s member of staff completed all modules of “%(title)s”",
            "%(num)s members of staff completed all modules of “%(title)s”",
            parameters["people"],
            title=titles.kit(parameters["kit_id"]),
        )
        return with_age(said, parameters)
