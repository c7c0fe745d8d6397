"""What a network does about a certificate that was awarded: extend it, suspend it, give it back, take it back.

History stays: a step is added with its reason, and the end as awarded stays beside the end as extended.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from lms.certification.events import CertificateRevoked
from lms.certification.models import Award, Credential, Cycle, StepKind
from lms.certification.phases import Phase, phase_of
from lms.certification.queries.cases import local_day
from lms.certification.queries.schemes import rules_of
from lms.certification.services.clock import tell_dates_uncovered
from lms.certification.services.deciding import refuse_own
from lms.certification.services.standings import keep_standing_after
from lms.certification.services.steps import hold, take_step
from lms.db import db
from lms.errors import DomainError, NotAllowed
from lms.events import emit
from lms.i18n import gettext as _

LONGEST_EXTENSION = timedelta(days=5 * 366)


def extend(cycle: Cycle, until: date, reason: str, *, actor_id: int, now: datetime) -> None:
    """Let a certificate be valid longer, through `until`. Its renewal still counts from the end as awarded.

    Raises DomainError (until, reason), or NotAllowed for a certificate without end or past its days of grace.
    """
    refuse_own(cycle, actor_id)
    hold(cycle)
    if cycle.expires_on is None or phase_of(cycle, local_day(cycle.network, now)) is Phase.EXPIRED:
        raise NotAllowed(_("The certification is not in a state that allows this."))
    if until <= cycle.expires_on:
        raise DomainError(_("Choose a day after the one on which it ends now."), "until")
    if until > cycle.expires_on + LONGEST_EXTENSION:
        raise DomainError(_("Choose a day within five years."), "until")
    rules = rules_of(cycle.network_id)
    assert rules is not None
    grace = rules.of(cycle, local_day(cycle.network, now)).grace_days
    cycle.expires_on, cycle.grace_ends_on = until, until + timedelta(days=grace)
    take_step(cycle, StepKind.EXTENDED, actor_id=actor_id, now=now, reason=reason)
    for credential in _credentials(cycle):
        credential.expires_on = until
    keep_standing_after(cycle, now)


def suspend(cycle: Cycle, reason: str, *, actor_id: int, now: datetime) -> None:
    """Let a certificate not count for the time being. Raises DomainError (reason), NotAllowed."""
    refuse_own(cycle, actor_id)
    hold(cycle)
    take_step(cycle, StepKind.SUSPENDED, actor_id=actor_id, now=now, reason=reason)
    keep_standing_after(cycle, now)


def resume(cycle: Cycle, reason: str, *, actor_id: int, now: datetime) -> None:
    """Let a suspended certificate count again; its dates have gone on meanwhile. Raises DomainError (reason),
    NotAllowed."""
    refuse_own(cycle, actor_id)
    hold(cycle)
    take_step(cycle, StepKind.RESUMED, actor_id=actor_id, now=now, reason=reason)
    keep_standing_after(cycle, now)


def revoke(credential: Credential, reason: str, *, actor_id: int, now: datetime) -> None:
    """Take an organization's certificate back, with the reason that its page will show.

    Raises DomainError without a reason, for a person's certificate, where it was taken back before, or where it is the
    actor's own organization's.
    """
    award = credential.award
    if award is None or credential.organization_id is None or credential.network_id is None:
        raise DomainError(_("Only a certificate of an organization can be revoked."))
    if not reason:
        raise DomainError(_("Say why; the page of the certificate shows it."), "reason")
    refuse_own(award.cycle, actor_id)
    hold(award.cycle)
    db.session.refresh(credential)
    credential.revoke(reason, now)
    take_step(award.cycle, StepKind.REVOKED, actor_id=actor_id, now=now, reason=reason)
    keep_standing_after(award.cycle, now)
    tell_dates_uncovered(award.cycle, now)
    emit(CertificateRevoked(now, actor_id, credential.id, credential.organization_id, credential.network_id))


def _credentials(cycle: Cycle) -> list[Credential]:
    query = select(Credential).join(Award, Award.id == Credential.award_id).where(Award.cycle_id == cycle.id)
    return list(db.session.scalars(query))
