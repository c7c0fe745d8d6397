"""A share of the current staff has completed every module of a kit."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select

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
        modules = list(db.session.scalars(_modules(parameters["kit_id"])))
        completed = (
            select(func.count(ModuleCompletion.module_id.distinct()))
            .where(
                ModuleCompletion.person_id == staff.c.person_id,
                ModuleCompletion.module_id.in_(_modules(parameters["kit_id"])),
                counts(cases, parameters),
            )
            .scalar_subquery()
        )
        # Where the kit is empty, nobody has completed it.
        found = split(cases, staff, completed == (len(modules) or -1))
        return {id_: _found(of, parameters["percent"]) for id_, of in found.items()}

    def progress(self, finding: Finding) -> str:
        staff = finding.facts["staff"]
        return ngettext(
            "%(have)s of %(num)s member of staff, which is %(share)s",
            "%(have)s of %(num)s members of staff, which is %(share)s",
            staff,
            have=reader().number(finding.have),
            share=reader().percent(finding.have / staff if staff else 0),
        )


def _modules(kit_id: int) -> Select[int]:
    """Ids of the kit's modules that can be taken today."""
    return (
        select(KitModule.module_id)
        .join(Module, Module.id == KitModule.module_id)
        .where(KitModule.kit_id == kit_id, Module.current_version_id.is_not(None), Module.archived_at.is_(None))
    )


def _found(of: Split, percent: int) -> Finding:
    need = max(1, -(-of.people * percent // 100))
    return counted(len(of.done), need, {"completed": of.done, "staff": of.people}, tuple(of.missing))
