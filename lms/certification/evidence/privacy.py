"""What is kept of who handed evidence in and reviewed it: how it is exported and erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from lms.accounts.models import Person
from lms.accounts.privacy import register_eraser, register_exporter
from lms.certification.evidence.models import Evidence, PartyAnswer, Review, Submission
from lms.db import db, text_of
from lms.i18n import language
from lms.i18n import lazy_gettext as _
from lms.organizations.models import Network

LABELS = {
    "entered": _("Entered for your organization"),
    "handed_in": _("Handed in"),
    "reviewed": _("Reviewed"),
    "answered": _("Answered for your organization"),
    "title": _("Title"),
    "network": _("Network"),
    "at": _("At"),
    "verdict": _("Verdict"),
    "comment": _("Comment"),
    "confirmed": _("Confirmed"),
}


def evidence_by(person: Person) -> dict[str, Any]:
    """What she entered, handed in, answered and reviewed, the first one first."""
    entered = select(Evidence.title, Evidence.created_at).where(Evidence.created_by_id == person.id)
    handed_in = (
        select(Submission.title, Network.names, Submission.submitted_at)
        .join(Network, Network.id == Submission.network_id)
        .where(Submission.submitted_by_id == person.id)
    )
    answered = select(PartyAnswer.confirmed, PartyAnswer.answered_at).where(PartyAnswer.answered_by_id == person.id)
    return {
        "entered": _rows(entered.order_by(Evidence.id), "title", "at"),
        "handed_in": _rows(handed_in.order_by(Submission.id), "title", "network", "at"),
        "answered": _rows(answered.order_by(PartyAnswer.id), "confirmed", "at"),
        "reviewed": _reviewed(person),
    }


def _rows(query: Any, *names: str) -> list[dict[str, Any]]:
    return [{name: _shown(value) for name, value in zip(names, row, strict=True)} for row in db.session.execute(query)]


def _shown(value: Any) -> Any:
    return text_of(value, language()) if isinstance(value, dict) else value


def _reviewed(person: Person) -> list[dict[str, Any]]:
    query = (
        select(Submission.title, Network.names, Review.verdict, Review.comment, Review.created_at)
        .join(Submission, Submission.id == Review.submission_id)
        .join(Network, Network.id == Submission.network_id)
        .where(Review.reviewer_id == person.id)
    )
    return _rows(query.order_by(Review.id), "title", "network", "verdict", "comment", "at")


def forget_words(person: Person, _now: datetime) -> None:
    """The words of her reviews go; verdicts and scores stay, and what she entered is her organization's."""
    said = update(Review).where(Review.reviewer_id == person.id).values(comment="")
    db.session.execute(said, execution_options={"synchronize_session": False})


def register_privacy() -> None:
    """Add evidence to every download and every erasing."""
    register_exporter("evidence", evidence_by, title=_("Evidence"), labels=LABELS)
    register_eraser(forget_words)
