"""Evidence as pages show it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from lms.certification.evidence.evidence_types import Criterion, EvidenceField, EvidenceType, Kind, Scale, Values
from lms.certification.evidence.models import Review, SubmissionState, Verdict
from lms.certification.evidence.money import written
from lms.i18n import lazy_gettext, lazy_pgettext, reader

STATES = {
    SubmissionState.SUBMITTED: (lazy_pgettext("evidence", "In review"), "submitted"),
    SubmissionState.ACCEPTED: (lazy_pgettext("evidence", "Accepted"), "certified"),
    SubmissionState.RETURNED: (lazy_pgettext("evidence", "Returned"), "due"),
    SubmissionState.REJECTED: (lazy_pgettext("evidence", "Rejected"), "expired"),
    SubmissionState.WITHDRAWN: (lazy_pgettext("evidence", "Taken back"), "progress"),
}
"""Word and badge of each state."""
VERDICTS = {
    Verdict.ACCEPT: lazy_pgettext("verdict on evidence", "Accept"),
    Verdict.RETURN: lazy_pgettext("verdict on evidence", "Return with comments"),
    Verdict.REJECT: lazy_pgettext("verdict on evidence", "Reject"),
}
GIVEN = {
    Verdict.ACCEPT: lazy_pgettext("verdict on evidence", "accepted"),
    Verdict.RETURN: lazy_pgettext("verdict on evidence", "returned"),
    Verdict.REJECT: lazy_pgettext("verdict on evidence", "rejected"),
}
SCALES = {
    Scale.DEGREES: (
        lazy_pgettext("score", "Not shown"),
        lazy_pgettext("score", "A little"),
        lazy_pgettext("score", "Mostly"),
        lazy_pgettext("score", "Fully"),
    ),
    Scale.YES: (lazy_pgettext("score", "No"), lazy_pgettext("score", "Partly"), lazy_pgettext("score", "Yes")),
}
"""What each score is called, from 0."""
ADVICE = {
    Verdict.ACCEPT: lazy_gettext("It counts from now on. Score each criterion."),
    Verdict.RETURN: lazy_gettext("The organization can improve it and hand it in again. Say what is missing."),
    Verdict.REJECT: lazy_gettext("It cannot be handed in to this network again. Say why."),
}


@dataclass(frozen=True)
class ShownField:
    """A field with its value as the reader reads it; `long` of several lines."""

    label: str
    text: str
    long: bool


def shown_fields(type_: EvidenceType, values: Values) -> list[ShownField]:
    """What is told, in the order of the type; what is missing is left out."""
    return [
        ShownField(str(each.label), _text(each, values[each.name]), each.kind is Kind.TEXT)
        for each in type_.fields
        if values.get(each.name) not in (None, "")
    ]


def _text(field: EvidenceField, value: Any) -> str:
    if field.kind is Kind.DAY:
        return reader().day(date.fromisoformat(value))
    if field.kind is Kind.NUMBER:
        return reader().number(value)
    if field.kind is Kind.MONEY:
        return written(value)
    return str(dict(field.choices).get(value, value)) if field.kind is Kind.CHOICE else str(value)


@dataclass(frozen=True)
class Scored:
    """A criterion with what a reviewer found."""

    label: str
    word: str


def scores_of(type_: EvidenceType, review: Review) -> list[Scored]:
    """The scores of a review in words."""
    return [
        Scored(str(each.label), str(SCALES[each.scale][review.scores[each.key]]))
        for each in type_.criteria
        if each.key in review.scores
    ]


def score_choices(criterion: Criterion) -> list[tuple[int, str]]:
    """The scores of a criterion with their words."""
    return [(score, str(word)) for score, word in enumerate(SCALES[criterion.scale])]
