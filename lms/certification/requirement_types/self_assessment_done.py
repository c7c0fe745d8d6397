"""The organization has assessed itself."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func

from lms.certification.assessments.known import instrument_title
from lms.certification.assessments.models import Round, RoundState
from lms.certification.assessments.models.rounds import OPEN
from lms.certification.requirement_types.age import NOT_OLDER, with_age
from lms.certification.requirement_types.assessing import INSTRUMENT, oldest, rounds_with
from lms.certification.requirement_types.base import Case, Finding, Parameters, RequirementType, Titles, counted
from lms.db import db
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext


class SelfAssessmentDone(RequirementType):
    """Met when a round with the instrument was closed before the end of the day, not longer ago than the months."""

    key = "self_assessment_done"
    label = lazy_gettext("The organization assessed itself")
    parameters = (INSTRUMENT, NOT_OLDER)

    def describe(self, parameters: Parameters, titles: Titles) -> str:
        said = _("the organization assessed itself by “%(title)s”", title=instrument_title(parameters["instrument"]))
        return with_age(said, parameters)

    def evaluate_many(self, cases: Sequence[Case], parameters: Parameters) -> dict[int, Finding]:
        closed = (Round.state == RoundState.CLOSED) & (Round.ended_at < cases[0].until)
        since = oldest(cases, parameters)
        counts = closed if since is None else closed & (Round.ended_at >= since)
        columns = (
            Round.organization_id,
            func.max(Round.id).filter(counts).label("counting"),
            func.max(Round.id).filter(Round.state.in_(OPEN)).label("under_way"),
            func.max(Round.id).filter(closed).label("closed"),
        )
        rows = db.session.execute(rounds_with(cases, parameters, *columns).group_by(Round.organization_id))
        found = {row.organization_id: row for row in rows}
        return {case.organization_id: _found(found.get(case.organization_id)) for case in cases}

    def progress(self, finding: Finding) -> str:
        if finding.met:
            return _("Done.")
        if finding.facts["under_way"]:
            return _("A round is under way.")
        return _("The last one is too old.") if finding.facts["closed"] else _("No round has been closed yet.")


def _found(row: Any) -> Finding:
    if row is None:
        return counted(0, 1, {"round": None, "under_way": None, "closed": None})
    facts = {"round": row.counting, "under_way": row.under_way, "closed": row.closed}
    return counted(int(row.counting is not None), 1, facts)
