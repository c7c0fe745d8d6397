"""Proof of practice: the organization's own, those that it concerns too, and what networks said of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.accounts.models import Person
from lms.clock import now
from lms.db import Addressed, Base, Exportable, Texts
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.organizations.models import Network, Organization
from lms.security.actor import Scope


class Evidence(Base, Exportable, Addressed):
    """A piece of evidence: entered once, owned by one organization, and in no state but its own. It changes."""

    __tablename__ = "evidence"
    __table_args__ = (CheckConstraint("revision >= 1", name="revision"),)

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    type: Mapped[str]
    title: Mapped[str]
    #: By the fields that the type declares.
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Counts what parties confirm and networks review: title, fields and files.
    revision: Mapped[int] = mapped_column(default=1)
    #: What may be shown to everybody where it counts; only while the organization agrees.
    public_summary: Mapped[Texts] = mapped_column(default=dict)
    public_agreed: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(default=now)

    organization: Mapped[Organization] = relationship()
    files: Mapped[list["EvidenceFile"]] = relationship(
        order_by="EvidenceFile.id",
        primaryjoin="and_(EvidenceFile.evidence_id == Evidence.id, EvidenceFile.removed_at.is_(None))",
        viewonly=True,
    )

    def scope(self) -> Scope:
        """The organization's alone: networks see what was handed in to them."""
        return Scope(organization_id=self.organization_id)


class EvidenceFile(Base, Exportable, Addressed):
    """A file of a piece of evidence. What was handed in with it stays, also when it is taken out of the draft."""

    __tablename__ = "evidence_file"
    __table_args__ = (CheckConstraint("size > 0", name="size"),)

    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), index=True)
    #: SHA-256 of its bytes.
    digest: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str]
    #: By its content, not by its name.
    media_type: Mapped[str]
    size: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class EvidenceParty(Base, Exportable, Addressed):
    """Another organization that a piece of evidence is also the practice of: it counts for it once it says so."""

    __tablename__ = "evidence_party"
    __table_args__ = (UniqueConstraint("evidence_id", "organization_id"),)

    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    named_at: Mapped[datetime] = mapped_column(default=now)
    named_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    evidence: Mapped[Evidence] = relationship()
    organization: Mapped[Organization] = relationship()
    answers: Mapped[list["PartyAnswer"]] = relationship(order_by="PartyAnswer.id")

    def scope(self) -> Scope:
        """The party's."""
        return Scope(organization_id=self.organization_id)


class PartyAnswer(Base, Exportable):
    """What a party said of one revision. Rows are added, never changed; of a revision's rows the last one stands."""

    __tablename__ = "party_answer"
    __table_args__ = (Index("ix_party_answer_party", "party_id", "revision"),)

    party_id: Mapped[int] = mapped_column(ForeignKey("evidence_party.id"))
    revision: Mapped[int]
    confirmed: Mapped[bool]
    answered_at: Mapped[datetime] = mapped_column(default=now)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class SubmissionState(StrEnum):
    """Where a submission is."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Stage(StrEnum):
    """Whose turn it is: a first reviewer's, a second one's who does not see that verdict, an admin's, or nobody's."""

    FIRST = "first"
    SECOND = "second"
    DECIDING = "deciding"
    DONE = "done"


class Submission(Base, Exportable, Addressed):
    """What was handed in to a network: a copy, as it was then. Handing in again makes another row."""

    __tablename__ = "evidence_submission"
    __table_args__ = (
        CheckConstraint("state IN ('submitted', 'accepted', 'returned', 'rejected', 'withdrawn')", name="state"),
        CheckConstraint("stage IN ('first', 'second', 'deciding', 'done')", name="stage"),
        CheckConstraint("(state = 'submitted') = (stage <> 'done')", name="done"),
        CheckConstraint("(state = 'submitted') = (closed_at IS NULL)", name="closed"),
        CheckConstraint("(state = 'accepted') = (counts_from IS NOT NULL)", name="counts"),
        CheckConstraint("reviewers IN (1, 2)", name="reviewers"),
        Index(
            "uq_evidence_submission_open",
            *("evidence_id", "network_id"),
            unique=True,
            sqlite_where=text("state = 'submitted'"),
            postgresql_where=text("state = 'submitted'"),
        ),
        Index("ix_evidence_submission_queue", "network_id", "state", "submitted_at"),
    )

    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), index=True)
    #: The owner, once more: the queue is filtered by it.
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    revision: Mapped[int]
    type: Mapped[str]
    title: Mapped[str]
    fields: Mapped[dict[str, Any]]
    #: [{"id", "key", "name", "type", "size"}]
    files: Mapped[list[Any]]
    #: How many people had to review it when it was handed in.
    reviewers: Mapped[int] = mapped_column(default=1)
    state: Mapped[SubmissionState] = mapped_column(String(10), default=SubmissionState.SUBMITTED)
    stage: Mapped[Stage] = mapped_column(String(8), default=Stage.FIRST)
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    #: The day by which its age is told, once it is accepted.
    counts_from: Mapped[date | None] = mapped_column(default=None)

    evidence: Mapped[Evidence] = relationship()
    organization: Mapped[Organization] = relationship()
    network: Mapped[Network] = relationship()
    reviews: Mapped[list["Review"]] = relationship(back_populates="submission", order_by="Review.id")

    def close(self, state: SubmissionState, at: datetime, counts_from: date | None = None) -> None:
        """End it. Raises NotAllowed where it is not waiting any more."""
        if self.state != SubmissionState.SUBMITTED or state == SubmissionState.SUBMITTED:
            raise NotAllowed(_("This evidence is not waiting for a review any more."))
        self.state, self.stage, self.closed_at, self.counts_from = state, Stage.DONE, at, counts_from

    def scope(self) -> Scope:
        """Its organization's, and the network's as long as the organization belongs to it."""
        inside = self.organization.scope().network_ids & {self.network_id}
        return Scope(organization_id=self.organization_id, network_ids=inside)


class Verdict(StrEnum):
    """What a reviewer says."""

    ACCEPT = "accept"
    RETURN = "return"
    REJECT = "reject"


ENDS = {
    Verdict.ACCEPT: SubmissionState.ACCEPTED,
    Verdict.RETURN: SubmissionState.RETURNED,
    Verdict.REJECT: SubmissionState.REJECTED,
}


class Review(Base, Exportable):
    """What one person said of a submission, once. Never changed."""

    __tablename__ = "evidence_review"
    __table_args__ = (
        CheckConstraint("verdict IN ('accept', 'return', 'reject')", name="verdict"),
        CheckConstraint("stage IN ('first', 'second', 'deciding')", name="stage"),
        UniqueConstraint("submission_id", "stage"),
        UniqueConstraint("submission_id", "reviewer_id"),
    )

    submission_id: Mapped[int] = mapped_column(ForeignKey("evidence_submission.id"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    stage: Mapped[Stage] = mapped_column(String(8))
    verdict: Mapped[Verdict] = mapped_column(String(8))
    #: {criterion: score}
    scores: Mapped[dict[str, Any]]
    #: To the organization, as typed.
    comment: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)

    submission: Mapped[Submission] = relationship(back_populates="reviews")
    reviewer: Mapped[Person] = relationship()


class ReviewSetting(Base, Exportable):
    """How a network reviews; without a row, by one person."""

    __tablename__ = "evidence_review_setting"
    __table_args__ = (CheckConstraint("reviewers IN (1, 2)", name="reviewers"),)

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), unique=True)
    reviewers: Mapped[int] = mapped_column(default=1)


@dataclass(frozen=True)
class Attached:
    """A file in its place: of the draft, of what a party was asked about, or of what was handed in."""

    seen_from: Scope
    digest: str
    media_type: str
    name: str

    def scope(self) -> Scope:
        """Of what it is attached to."""
        return self.seen_from
