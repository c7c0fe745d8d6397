"""So many of the current staff have completed a module."""

from collections.abc import Sequence

from sqlalchemy import exists

from lms.certification.requirement_types.age import NOT_OLDER, with_age
from lms.certification.requirement_types.base import (
    Case,
    Finding,
    Kind,
    Parameter,
    Parameters,
    RequirementType,
    Titles,
    counted,
)
from lms.certification.requirement_types.members import Split, counts, current_staff, split
from lms.i18n import gettext, lazy_gettext, ngettext, reader
from lms.progress.models import ModuleCompletion


class MembersCompleted(RequirementType):
    """Met when `people` current members hold a completion of the module; somebody who left counts no more."""

    key = "members_completed"
    label = lazy_gettext("A number of staff completed a module")
    parameters = (
        Parameter("people", lazy_gettext("Number of staff"), Kind.COUNT),
        Parameter("module_id", lazy_gettext("Module"), Kind.MODULE),
        NOT_OLDER,
    )

    def describe(self, parameters: Parameters, titles: Titles) -> str:
        said = ngettext(
            "%(num)s member of staff completed the module “%(title)s”",
            "%(num)s members of staff completed the module “%(title)s”",
            parameters["people"],
            title=titles.module(parameters["module_id"]),
        )
        return with_age(said, parameters)

    def evaluate_many(self, cases: Sequence[Case], parameters: Parameters) -> dict[int, Finding]:
        staff = current_staff(cases).subquery()
        completed = exists().where(
            ModuleCompletion.person_id == staff.c.person_id,
            ModuleCompletion.module_id == parameters["module_id"],
            counts(cases, parameters),
        )
        found = split(cases, staff, completed)
        return {id_: _found(of, parameters["people"]) for id_, of in found.items()}

    def progress(self, finding: Finding) -> str:
        # Not "3 of 2": there may be more than are needed.
        have, need = reader().number(finding.have), reader().number(finding.need)
        return gettext("%(have)s so far, %(need)s needed", have=have, need=need)


def _found(of: Split, need: int) -> Finding:
    return counted(len(of.done), need, {"completed": of.done, "staff": of.people}, tuple(of.missing))
