"""So much evidence of a type was accepted by the network."""

from collections.abc import Sequence
from datetime import date

from lms.certification.evidence.evidence_types import evidence_type, evidence_types
from lms.certification.evidence.models import SubmissionState
from lms.certification.evidence.queries.counting import Counted, counted_submissions
from lms.certification.phases import months_later
from lms.certification.requirement_types.age import NOT_OLDER, with_age
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
from lms.i18n import gettext, lazy_gettext, ngettext, pgettext, reader


def _types() -> list[tuple[str, str]]:
    return [(each.key, str(each.label)) for each in evidence_types()]


class EvidenceAccepted(RequirementType):
    """Met when so many pieces of a type were accepted, each counted once, whoever of the parties owns it.

    How old one is, is told by the day on which it happened (the date of an agreement, the end of an activity), or by
    its acceptance where its type names no such day; when it was handed in does not matter.
    """

    key = "evidence_accepted"
    label = lazy_gettext("Evidence was accepted, of one kind")
    parameters = (
        Parameter("evidence_type", lazy_gettext("Kind of evidence"), Kind.CHOICE, choices=_types),
        Parameter("count", lazy_gettext("How many pieces"), Kind.COUNT),
        NOT_OLDER,
    )

    def describe(self, parameters: Parameters, titles: Titles) -> str:
        said = ngettext(
            "%(num)s accepted piece of evidence of the kind “%(kind)s”",
            "%(num)s accepted pieces of evidence of the kind “%(kind)s”",
            parameters["count"],
            kind=evidence_type(parameters["evidence_type"]).label,
        )
        return with_age(said, parameters)

    def evaluate_many(self, cases: Sequence[Case], parameters: Parameters) -> dict[int, Finding]:
        ids, months = [case.organization_id for case in cases], parameters.get("months")
        since = None if months is None else months_later(cases[0].day, -months)
        rows = counted_submissions(ids, cases[0].network_id, parameters["evidence_type"], cases[0].until)
        return {id_: _found(rows[id_], parameters["count"], since) for id_ in ids}

    def progress(self, finding: Finding) -> str:
        have, need = reader().number(finding.have), reader().number(finding.need)
        if finding.state is State.RETURNED:
            return gettext("%(have)s so far, %(need)s needed; some was returned with comments", have=have, need=need)
        if finding.state is State.IN_REVIEW:
            return gettext("%(have)s so far, %(need)s needed; some is in review", have=have, need=need)
        return pgettext("evidence", "%(have)s so far, %(need)s needed", have=have, need=need)


def _found(rows: Sequence[Counted], need: int, since: date | None) -> Finding:
    accepted = {
        each.evidence_id: each.counts_from
        for each in rows
        if each.counts_from is not None and (since is None or each.counts_from >= since)
    }
    evidence = sorted(accepted)
    facts = {"evidence": evidence, "days": [str(accepted[each]) for each in evidence]}
    return Finding(_state(rows, len(accepted), need), len(accepted), need, facts)


def _state(rows: Sequence[Counted], have: int, need: int) -> State:
    """The last submission of each piece says what there is to do."""
    if have >= need:
        return State.MET
    last = set({each.evidence_id: each.state for each in rows}.values())
    if SubmissionState.RETURNED in last:
        return State.RETURNED
    return State.IN_REVIEW if SubmissionState.SUBMITTED in last else State.MISSING
