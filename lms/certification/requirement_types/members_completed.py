"""So many of the current staff have completed a module."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, select

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
from lms.certification.requirement_types.members import by_organization, counts, current_staff
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
        rows = db.session.execute(select(staff, completed).order_by(staff.c.person_id))
        return {id_: _found(of, parameters["people"]) for id_, of in by_organization(cases, rows).items()}

    def progress(self, finding: Finding) -> str:
        # Not "3 of 2": there may be more than are needed.
        have, need = reader().number(finding.have), reader().number(finding.need)
        return gettext("%(have)s so far, %(need)s needed", have=have, need=need)


def _found(rows: list[Any], need: int) -> Finding:
    done = [person_id for _organization, person_id, has in rows if has]
    missing = tuple(person_id for _organization, person_id, has in rows if not has)
    return counted(len(done), need, {"completed": done, "staff": len(rows)}, missing)
