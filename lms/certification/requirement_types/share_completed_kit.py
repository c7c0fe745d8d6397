"""A share of the current staff has completed every module of a kit."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

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
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, ngettext, reader
from lms.progress.models import ModuleCompletion
from lms.training.models import KitModule, Module


class ShareCompletedKit(RequirementType):
    """Met when `percent` of the current members completed all published modules of the kit."""

    key = "share_completed_kit"
    label = lazy_gettext("A share of staff completed a kit")
    parameters = (
        Parameter("percent", lazy_gettext("Share of staff, in percent"), Kind.PERCENT),
        Parameter("kit_id", lazy_gettext("Kit"), Kind.KIT),
        NOT_OLDER,
    )

    def describe(self, parameters: Parameters, titles: Titles) -> str:
        said = _(
            "%(share)s of staff completed all modules of “%(title)s”",
            share=reader().percent(parameters["percent"] / 100),
            title=titles.kit(parameters["kit_id"]),
        )
        return with_age(said, parameters)

    def evaluate_many(self, cases: Sequence[Case], parameters: Parameters) -> dict[int, Finding]:
        staff = current_staff(cases).subquery()
        modules = (
            select(KitModule.module_id)
            .join(Module, Module.id == KitModule.module_id)
            .where(KitModule.kit_id == parameters["kit_id"], Module.current_version_id.is_not(None))
            .where(Module.archived_at.is_(None))
        ).subquery()
        completed = (
            select(func.count(ModuleCompletion.module_id.distinct()))
            .where(
                ModuleCompletion.person_id == staff.c.person_id,
                ModuleCompletion.module_id.in_(select(modules.c.module_id)),
                counts(cases, parameters),
            )
            .scalar_subquery()
        )
        wanted = select(func.count()).select_from(modules).scalar_subquery()
        rows = db.session.execute(select(staff, completed, wanted).order_by(staff.c.person_id))
        return {id_: _found(of, parameters["percent"]) for id_, of in by_organization(cases, rows).items()}

    def progress(self, finding: Finding) -> str:
        staff = finding.facts["staff"]
        return ngettext(
            "%(have)s of %(num)s member of staff, which is %(share)s",
            "%(have)s of %(num)s members of staff, which is %(share)s",
            staff,
            have=reader().number(finding.have),
            share=reader().percent(finding.have / staff if staff else 0),
        )


def _found(rows: list[Any], percent: int) -> Finding:
    done = [person_id for _organization, person_id, has, of in rows if has == of > 0]
    missing = tuple(person_id for _organization, person_id, has, of in rows if has != of)
    need = max(1, -(-len(rows) * percent // 100))
    return counted(len(done), need, {"completed": done, "staff": len(rows)}, missing)
