"""Another level of the scheme is held."""

from collections.abc import Sequence

from sqlalchemy import select

from lms.certification.models import Cycle
from lms.certification.phases import HELD, phase_expression
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
from lms.db import db
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext


class LevelHeld(RequirementType):
    """Met while the organization holds the level in the same network, its days of grace included."""

    key = "level_held"
    label = lazy_gettext("An earlier level is held")
    parameters = (Parameter("level_id", lazy_gettext("Level"), Kind.LEVEL),)

    def describe(self, parameters: Parameters, titles: Titles) -> str:
        return _("the organization holds the level “%(level)s”", level=titles.level(parameters["level_id"]))

    def evaluate_many(self, cases: Sequence[Case], parameters: Parameters) -> dict[int, Finding]:
        rows = db.session.execute(
            select(Cycle.organization_id, Cycle.id).where(
                Cycle.organization_id.in_([case.organization_id for case in cases]),
                Cycle.network_id == cases[0].network_id,
                Cycle.level_id == parameters["level_id"],
                phase_expression(cases[0].day).in_([phase.value for phase in HELD]),
            )
        )
        holding: dict[int, list[int]] = {}
        for organization_id, cycle_id in rows:
            holding.setdefault(organization_id, []).append(cycle_id)
        level_id = parameters["level_id"]
        return {
            case.organization_id: _found(sorted(holding.get(case.organization_id, ())), level_id in case.supposed)
            for case in cases
        }

    def progress(self, finding: Finding) -> str:
        return _("The organization holds it.") if finding.met else _("The organization does not hold it today.")


def _found(cycles: list[int], supposed: bool) -> Finding:
    return counted(int(bool(cycles) or supposed), 1, {"cycles": cycles})
