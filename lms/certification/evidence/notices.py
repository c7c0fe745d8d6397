"""What managers are told in the product of evidence."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.accounts.notices import NoticeKind, register_notice_kind
from lms.addresses import url_for
from lms.certification.evidence.models import Evidence, EvidenceParty, Submission, SubmissionState
from lms.db import db
from lms.i18n import lazy_gettext as _

PARTY = "evidence_party"
DECIDED = {
    SubmissionState.ACCEPTED: "evidence_accepted",
    SubmissionState.RETURNED: "evidence_returned",
    SubmissionState.REJECTED: "evidence_rejected",
}
_LABELS = {
    SubmissionState.ACCEPTED: _("Evidence was accepted"),
    SubmissionState.RETURNED: _("Evidence was returned with comments"),
    SubmissionState.REJECTED: _("Evidence was rejected"),
}


def _submissions(ids: Sequence[int]) -> Mapping[int, Submission]:
    query = select(Submission).where(Submission.id.in_(ids))
    whole = query.options(joinedload(Submission.evidence), joinedload(Submission.network))
    return {each.id: each for each in db.session.scalars(whole)}


def _parties(ids: Sequence[int]) -> Mapping[int, EvidenceParty]:
    query = select(EvidenceParty).where(EvidenceParty.id.in_(ids))
    whole = query.options(joinedload(EvidenceParty.evidence).joinedload(Evidence.organization))
    return {each.id: each for each in db.session.scalars(whole)}


def _piece(submission: Submission) -> str:
    return url_for("evidence.piece", evidence_id=submission.evidence.public_id)


def _part(party: EvidenceParty) -> str:
    return url_for("evidence.part", party_id=party.public_id)


def register_notices() -> None:
    """Add the kinds."""
    for state, name in DECIDED.items():
        template = f"evidence/notice_{state}.html"
        register_notice_kind(NoticeKind(name, _LABELS[state], _("See the evidence"), template, _submissions, _piece))
    asked = _("You were asked to confirm evidence"), _("Read and answer")
    register_notice_kind(NoticeKind(PARTY, *asked, "evidence/notice_party.html", _parties, _part))
