"""So many of the current staff have completed a module."""

from lms.certification.requirement_types.age import NOT_OLDER, with_age
from lms.certification.requirement_types.base import Parameters, Titles
from lms.certification.requirement_types.members import completed_module
from lms.certification.requirement_types.staff import MODULE, PEOPLE, NumberOfStaff
from lms.i18n import lazy_gettext, ngettext


class MembersCompleted(NumberOfStaff):
    """Met when `people` current members hold a completion of the module."""

    key = "members_completed"
    label = lazy_gettext("A number of staff completed a module")
    parameters = (PEOPLE, MODULE, NOT_OLDER)
    done = staticmethod(completed_module)

    def describe(self, parameters: Parameters, titles: Titles) -> str:
        said = ngettext(
            "%(num)s member of staff completed the module “%(title)s”",
            "%(num)s members of staff completed the module “%(title)s”",
            parameters["people"],
            title=titles.module(parameters["module_id"]),
        )
        return with_age(said, parameters)
