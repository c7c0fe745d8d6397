"""So many of the current staff have completed a module."""

from sqlalchemy import exists, select

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
from lms.certification.requirement_types.members import current_staff
from lms.db import db
from lms.i18n import gettext, lazy_gettext, ngettext, reader
from lms.progress.models import ModuleCompletion


class MembersCompleted(RequirementType):
    """Met when `people` current members hold a completion of the module; somebody who left counts no more."""

    key = "members_completed"
    label = lazy_gettext("A number of staff completed a module")
    parameters = (
        Parameter("people", lazy_gettext("Number of staff"), Kind.COUNT),
        Parameter("module_id", lazy_gettext("Module"), Kind.MODULE),
    )

    def describe(self, parameters: Parameters, titles: Titles) -> str:
        return ngettext(
            "%(num)s member of staff completed the module “%(title)s”",
            "%(num)s members of staff completed the module “%(title)s”",
            parameters["people"],
            title=titles.module(parameters["module_id"]),
        )

    def evaluate(self, case: Case, parameters: Parameters) -> Finding:
        staff = current_staff(case).subquery()
        completed = exists().where(
            ModuleCompletion.person_id == staff.c.person_id,
            ModuleCompletion.module_id == parameters["module_id"],
            ModuleCompletion.occurred_at < case.until,
        )
        rows = db.session.execute(select(staff.c.person_id, completed).order_by(staff.c.person_id)).all()
        done = [person_id for person_id, has in rows if has]
        missing = tuple(person_id for person_id, has in rows if not has)
        return counted(len(done), parameters["people"], {"completed": done, "staff": len(rows)}, missing)

    def progress(self, finding: Finding) -> str:
        # Not "3 of 2": there may be more than are needed.
        have, need = reader().number(finding.have), reader().number(finding.need)
        return gettext("%(have)s so far, %(need)s needed", have=have, need=need)
