"""The network confirmed the organization's self-assessment, at a level that is enough."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func

from lms.certification.assessments.figures import Mean, overall
from lms.certification.assessments.known import instrument_title
from lms.certification.assessments.models import HIGHEST, LOWEST, Review, ReviewedScore, ReviewState, Round
from lms.certification.requirement_types.age import NOT_OLDER, with_age
from lms.certification.requirement_types.assessing import INSTRUMENT, oldest, rounds_with
from lms.certification.requirement_types.base import (
    Case,
    Finding,
    Kind,
    Parameter,
    Parameters,
    RequirementType,
    State,
    Titles,
)
from lms.db import db
from lms.i18n import gettext as _
from lms.i18n import lazy_gettext, reader

ANY = str(LOWEST * 10)


def _means() -> list[tuple[str, str]]:
    """Tenths of a mean, in halves."""
    numbers = [(str(tenths), reader().number(tenths / 10, 1)) for tenths in range(LOWEST * 10 + 5, HIGHEST * 10, 5)]
    return [(ANY, _("Any")), *numbers]


@dataclass
class _Handed:
    """A round as handed in once, with the confirmed means of its areas."""

    review_id: int
    round_id: int
    state: ReviewState
    decided_at: datetime | None
    closed_at: datetime
    means: dict[str, Mean] = field(default_factory=dict)


class SelfAssessmentConfirmed(RequirementType):
    """Met by the last confirmed round that is not too old, where its means reach what is asked."""

    key = "self_assessment_confirmed"
    label = lazy_gettext("The network confirmed a self-assessment")
    parameters = (
        INSTRUMENT,
        Parameter("mean", lazy_gettext("Least mean of all items"), Kind.CHOICE, choices=_means),
        Parameter("area_mean", lazy_gettext("Least mean of each area"), Kind.CHOICE, choices=_means),
        NOT_OLDER,
    )

    def describe(self, parameters: Parameters, titles: Titles) -> str:
        title = instrument_title(parameters["instrument"])
        said = _("the network confirmed a self-assessment by “%(title)s”", title=title)
        if parameters["mean"] != ANY:
            said = _("%(said)s, with a mean of at least %(mean)s", said=said, mean=_tenths(parameters["mean"]))
        if parameters["area_mean"] != ANY:
            least = _tenths(parameters["area_mean"])
            said = _("%(said)s, with at least %(mean)s in each area", said=said, mean=least)
        return with_age(said, parameters)

    def evaluate_many(self, cases: Sequence[Case], parameters: Parameters) -> dict[int, Finding]:
        columns = (
            Round.organization_id,
            *(Review.id.label("review_id"), Review.round_id, Review.state, Review.decided_at),
            Round.ended_at,
            ReviewedScore.area,
            func.sum(ReviewedScore.level).label("total"),
            func.count(ReviewedScore.id).label("number"),
        )
        query = (
            rounds_with(cases, parameters, *columns)
            .join(Review, Review.round_id == Round.id)
            .outerjoin(ReviewedScore, ReviewedScore.review_id == Review.id)
            .where(Review.network_id == cases[0].network_id, Review.submitted_at < cases[0].until)
            .group_by(*columns[:-2])
            .order_by(Review.id)
        )
        handed: dict[int, dict[int, _Handed]] = {}
        for row in db.session.execute(query):
            one = handed.setdefault(row.organization_id, {}).setdefault(row.review_id, _handed(row, cases[0].until))
            if row.area is not None:
                one.means[row.area] = Mean(row.total, row.number)
        since = oldest(cases, parameters)
        return {
            case.organization_id: _found(list(handed.get(case.organization_id, {}).values()), parameters, since)
            for case in cases
        }

    def progress(self, finding: Finding) -> str:
        if finding.facts["review"] is not None:
            have = reader().number(finding.have / 10, 1)
            if finding.met:
                return _("Confirmed, with a mean of %(have)s.", have=have)
            return _("Confirmed, with a mean of %(have)s: not enough.", have=have)
        if finding.state is State.IN_REVIEW:
            return _("It lies before the network.")
        if finding.state is State.RETURNED:
            return _("The network returned it with comments.")
        return _("None has been handed in.")


def _tenths(chosen: str) -> str:
    return reader().number(int(chosen) / 10, 1)


def _handed(row: Any, until: datetime) -> _Handed:
    """What was decided after the day was still open on it."""
    later = row.decided_at is not None and row.decided_at >= until
    state = ReviewState.SUBMITTED if later else ReviewState(row.state)
    return _Handed(row.review_id, row.round_id, state, None if later else row.decided_at, row.ended_at)


def _found(handed: list[_Handed], parameters: Parameters, since: datetime | None) -> Finding:
    young = [one for one in handed if since is None or one.closed_at >= since]
    confirmed = [one for one in young if one.state is ReviewState.CONFIRMED]
    best = max(confirmed, key=lambda one: one.round_id, default=None)
    if best is not None and _is_enough(best, parameters):
        return _judged(State.MET, best, parameters)
    last = young[-1].state if young else None
    if last is ReviewState.SUBMITTED:
        return _judged(State.IN_REVIEW, None, parameters)
    if last is ReviewState.RETURNED:
        return _judged(State.RETURNED, None, parameters)
    return _judged(State.MISSING, best, parameters)


def _is_enough(one: _Handed, parameters: Parameters) -> bool:
    least = int(parameters["area_mean"])
    return overall(one.means).at_least(int(parameters["mean"])) and all(m.at_least(least) for m in one.means.values())


def _judged(state: State, one: _Handed | None, parameters: Parameters) -> Finding:
    """Tenths of the mean; what the verdict rests on."""
    need = int(parameters["mean"])
    if one is None:
        return Finding(state, 0, need, {"review": None, "round": None})
    mean = overall(one.means)
    areas = {area: [found.total, found.count] for area, found in sorted(one.means.items())}
    facts = {"review": one.review_id, "round": one.round_id, "total": mean.total, "count": mean.count, "areas": areas}
    return Finding(state, mean.total * 10 // mean.count if mean.count else 0, need, facts)
