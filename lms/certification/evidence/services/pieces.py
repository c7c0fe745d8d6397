"""Pieces of evidence: begun, changed, thrown away while nobody has seen them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from lms.certification.evidence.evidence_types import begun_somewhere, evidence_type
from lms.certification.evidence.models import Evidence, EvidenceFile, EvidenceParty, PartyAnswer, Submission
from lms.db import Texts, db
from lms.errors import DomainError, NotAllowed
from lms.i18n import gettext as _
from lms.organizations.models import Organization
from lms.organizations.names import clean_names
from lms.storage.sweeping import forget_soon

LONGEST_TITLE = 200


def locked(evidence_id: int) -> Evidence:
    """A piece that nobody else changes until the commit."""
    query = select(Evidence).where(Evidence.id == evidence_id).with_for_update(of=Evidence)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def begin_evidence(
    organization: Organization,
    type_: str,
    title: str,
    *,
    actor_id: int,
    now: datetime,
    fields: Mapping[str, Any] | None = None,
) -> Evidence:
    """A draft of that type. Raises DomainError."""
    if not evidence_type(type_).fields:
        raise DomainError(_("Choose what kind of evidence it is."), "type")
    evidence = Evidence(
        organization_id=organization.id,
        type=type_,
        title=_checked(title),
        fields=dict(fields or {}),
        created_at=now,
        created_by_id=actor_id,
        changed_at=now,
    )
    db.session.add(evidence)
    db.session.flush()
    return evidence


def _checked(title: str) -> str:
    if not title.strip():
        raise DomainError(_("Give it a title."), "title")
    if len(title) > LONGEST_TITLE:
        raise DomainError(_("This title is too long."), "title")
    return title.strip()


def save_evidence(evidence: Evidence, title: str, fields: Mapping[str, Any], *, seen: int, now: datetime) -> Evidence:
    """Change what is told, over the revision that was `seen`. What is missing may stay so; nothing may contradict.

    Raises DomainError at the field, NotAllowed where somebody else has saved meanwhile.
    """
    evidence = locked(evidence.id)
    type_ = evidence_type(evidence.type)
    if not type_.fields:
        raise NotAllowed(type_.summary({}))
    if evidence.revision != seen:
        raise NotAllowed(_("Somebody else has changed this evidence meanwhile. What you typed was not saved."))
    for fault in type_.faults(fields, begun_somewhere(now)):
        raise DomainError(fault.message, fault.field)
    kept = {each.name: fields[each.name] for each in type_.fields if fields.get(each.name) not in (None, "")}
    if (_checked(title), kept) != (evidence.title, evidence.fields):
        evidence.title, evidence.fields = _checked(title), kept
        changed(evidence, now)
    return evidence


def changed(evidence: Evidence, now: datetime) -> None:
    """It says something else now: parties are asked anew, and what was handed in stays as it was."""
    evidence.revision += 1
    evidence.changed_at = now
    db.session.flush()


def say_in_public(evidence: Evidence, texts: Texts, *, agreed: bool) -> None:
    """What everybody may read of it where it was accepted, in up to three languages. Raises DomainError."""
    evidence = locked(evidence.id)
    said = clean_names(texts)
    if agreed and not said:
        raise DomainError(_("Write the summary in one language at least."), "agreed")
    evidence.public_summary, evidence.public_agreed = said, agreed


def discard_evidence(evidence: Evidence, now: datetime) -> None:
    """Throw a draft away. Raises NotAllowed where it was handed in, or confirmed by a party: that stays."""
    evidence = locked(evidence.id)
    parties = select(EvidenceParty.id).where(EvidenceParty.evidence_id == evidence.id)
    seen = select(Submission.id).where(Submission.evidence_id == evidence.id)
    confirmed = select(PartyAnswer.id).where(PartyAnswer.party_id.in_(parties), PartyAnswer.confirmed)
    if db.session.scalar(select(seen.exists() | confirmed.exists())):
        raise NotAllowed(_("This evidence was handed in, or a party has confirmed it. It stays."))
    for digest in db.session.scalars(select(EvidenceFile.digest).where(EvidenceFile.evidence_id == evidence.id)):
        forget_soon(digest, now)
    db.session.execute(delete(PartyAnswer).where(PartyAnswer.party_id.in_(parties)))
    for model in (EvidenceParty, EvidenceFile):
        db.session.execute(delete(model).where(model.evidence_id == evidence.id))
    db.session.delete(evidence)
    db.session.flush()
