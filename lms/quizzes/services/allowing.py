"""Allowing a person or a cohort more time, more attempts, or a later last day."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.cohorts.models import CohortMember
from lms.db import db
from lms.errors import DomainError
from lms.events import emit
from lms.i18n import gettext as _
from lms.quizzes.events import AllowanceEnded, AllowanceGiven
from lms.quizzes.models import Attempt, AttemptState, QuizVersion
from lms.quizzes.policy_models import Accommodation
from lms.quizzes.term_queries import terms_for
from lms.training.models import Module, ModuleVersion


def allow(
    module: Module,
    *,
    quiz_key: str = "",
    person_id: int | None = None,
    cohort_id: int | None = None,
    extra_minutes: int = 0,
    extra_attempts: int = 0,
    closes_on: date | None = None,
    reason: str,
    actor_id: int,
    now: datetime,
) -> Accommodation:
    """Give it, to attempts under way too. Raises DomainError where nothing is given, or no reason."""
    if not extra_minutes and not extra_attempts and closes_on is None:
        raise DomainError(_("Give more time, more attempts or a later last day."), "extra_minutes")
    if not reason.strip():
        raise DomainError(_("Say why: it is kept with the allowance."), "reason")
    given = Accommodation(
        module_id=module.id,
        quiz_key=quiz_key,
        person_id=person_id,
        cohort_id=cohort_id,
        extra_minutes=extra_minutes,
        extra_attempts=extra_attempts,
        closes_on=closes_on,
        reason=reason,
        created_at=now,
        created_by_id=actor_id,
    )
    db.session.add(given)
    db.session.flush()
    _extend_open(given)
    emit(AllowanceGiven(now, actor_id, given.id, module.id, quiz_key, person_id, cohort_id))
    return given


def _extend_open(given: Accommodation) -> None:
    """Move the deadlines of attempts under way; none moves back."""
    for attempt in _open_attempts(given):
        terms = terms_for(attempt.quiz, attempt.person_id)
        deadline = terms.deadline(attempt.occurred_at)
        if attempt.deadline is not None and deadline is not None and deadline > attempt.deadline:
            attempt.deadline, attempt.closes_at = deadline, deadline + terms.late
    db.session.flush()


def _open_attempts(given: Accommodation) -> list[Attempt]:
    query = (
        select(Attempt)
        .join(Attempt.quiz)
        .join(QuizVersion.module_version)
        .where(Attempt.state == AttemptState.OPEN, ModuleVersion.module_id == given.module_id)
        .options(joinedload(Attempt.quiz).joinedload(QuizVersion.module_version).joinedload(ModuleVersion.module))
        .with_for_update(of=Attempt)
    )
    if given.quiz_key:
        query = query.where(QuizVersion.key == given.quiz_key)
    if given.person_id is not None:
        query = query.where(Attempt.person_id == given.person_id)
    else:
        hers = select(CohortMember.person_id).where(
            CohortMember.cohort_id == given.cohort_id, CohortMember.left_at.is_(None)
        )
        query = query.where(Attempt.person_id.in_(hers))
    return list(db.session.scalars(query))


def end_allowance(given: Accommodation, *, actor_id: int, now: datetime) -> None:
    """Give it no more from now on; attempts under way keep their deadline, and what was started stays."""
    if given.ended_at is None:
        given.ended_at, given.ended_by_id = now, actor_id
        emit(AllowanceEnded(now, actor_id, given.id, given.module_id, given.person_id, given.cohort_id))
