"""Marking answers anew when a question's scoring was changed: looked through first, then done, people by people."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from lms.db import db
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.organizations.holding import hold_with_organizations
from lms.quizzes.models import Attempt, AttemptQuestion, AttemptState, QuestionScoring, QuestionVersion
from lms.quizzes.policy_models import MarkChange, Regrade, RegradeState
from lms.quizzes.regrade_queries import (
    answers_to_regrade,
    chains_of,
    count_to_regrade,
    people_to_regrade,
    sums_of,
)
from lms.quizzes.rules import ROUNDING, fraction_of
from lms.quizzes.services.grading import share_of, tell_graded, verdict_on
from lms.training.models import Module

PEOPLE_AT_ONCE = 50
"""Few: SQLite lets one write at a time, and whoever saves an answer waits for these."""
_IN_PLACE = {"synchronize_session": False}


def begin_regrade(
    module: Module, version: QuestionVersion, scoring: dict[str, Any], *, actor_id: int, now: datetime
) -> Regrade:
    """Begin to look what a scoring would change in the answers to a question version; what was begun before is dropped.

    The scoring is stored as the version's last word. `step` does the work.
    """
    db.session.execute(select(QuestionVersion.id).where(QuestionVersion.id == version.id).with_for_update())
    unfinished: Sequence[Regrade] = db.session.scalars(_unfinished(version.id)).all()
    for other in unfinished:
        if other.state == RegradeState.APPLYING:
            return other
        drop_regrade(other)
    regrade = Regrade(
        module_id=module.id,
        question_version_id=version.id,
        scoring_id=_stored(version, scoring, actor_id, now),
        created_by_id=actor_id,
        created_at=now,
    )
    regrade.total = count_to_regrade(version.id, regrade.scoring_id)
    db.session.add(regrade)
    db.session.flush()
    return regrade


def _unfinished(version_id: int) -> Any:
    ended = [RegradeState.DONE, RegradeState.DROPPED]
    return select(Regrade).where(Regrade.question_version_id == version_id, Regrade.state.not_in(ended))


def _stored(version: QuestionVersion, scoring: dict[str, Any], actor_id: int, now: datetime) -> int:
    rows = db.session.scalars(
        select(QuestionScoring)
        .where(QuestionScoring.question_version_id == version.id)
        .order_by(QuestionScoring.number)
    ).all()
    if rows and rows[-1].scoring == scoring:
        return rows[-1].id
    row = QuestionScoring(
        question_version_id=version.id,
        number=len(rows) + 1,
        scoring=scoring,
        created_by_id=actor_id,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def drop_regrade(regrade: Regrade) -> None:
    """Forget what was looked through; nothing was changed. Raises NotAllowed where it was begun to be done."""
    if regrade.state not in (RegradeState.LOOKING, RegradeState.READY):
        raise NotAllowed(_("This regrade is being done already."))
    _forget(regrade)
    regrade.state = RegradeState.DROPPED


def _forget(regrade: Regrade) -> None:
    db.session.execute(delete(MarkChange).where(MarkChange.regrade_id == regrade.id), execution_options=_IN_PLACE)


def commit_regrade(regrade: Regrade, *, actor_id: int, now: datetime) -> None:
    """Have it done: `step` does the work. Raises NotAllowed where not everything was looked through yet."""
    _hold(regrade)
    if regrade.state != RegradeState.READY:
        raise NotAllowed(_("This regrade cannot be done now. Load the page again."))
    _forget(regrade)
    _move_open(regrade)
    regrade.state, regrade.applied_at, regrade.applied_by_id = RegradeState.APPLYING, now, actor_id
    regrade.total = count_to_regrade(regrade.question_version_id, regrade.scoring_id)
    regrade.done = regrade.cursor = 0


def _hold(regrade: Regrade) -> None:
    """One at a time works on it."""
    db.session.flush()
    db.session.execute(select(Regrade.id).where(Regrade.id == regrade.id).with_for_update())
    db.session.refresh(regrade)


def _move_open(regrade: Regrade) -> None:
    """Attempts under way will be marked by the new scoring. Those that are being submitted are waited for."""
    asked = select(AttemptQuestion.attempt_id).where(AttemptQuestion.question_version_id == regrade.question_version_id)
    still = select(Attempt.id).where(Attempt.state == AttemptState.OPEN, Attempt.id.in_(asked))
    ids = db.session.scalars(still.with_for_update()).all()
    db.session.execute(
        update(AttemptQuestion)
        .where(AttemptQuestion.question_version_id == regrade.question_version_id, AttemptQuestion.attempt_id.in_(ids))
        .values(scoring_id=regrade.scoring_id),
        execution_options=_IN_PLACE,
    )


def step(regrade: Regrade, now: datetime) -> bool:
    """Look at, or do, the answers of the next people; says whether more are left."""
    _hold(regrade)
    if regrade.state not in (RegradeState.LOOKING, RegradeState.APPLYING):
        return False
    applies = regrade.state == RegradeState.APPLYING
    people = people_to_regrade(regrade.question_version_id, regrade.scoring_id, regrade.cursor, PEOPLE_AT_ONCE)
    if not people:
        regrade.state = RegradeState.DONE if applies else RegradeState.READY
        return False
    _work(regrade, people, now if applies else None)
    regrade.cursor, regrade.done = people[-1], regrade.done + len(people)
    db.session.flush()
    return True


def _work(regrade: Regrade, people: Sequence[int], now: datetime | None) -> None:
    """Foresee what changes for these people; do it where the time is given."""
    scoring = db.session.get_one(QuestionScoring, regrade.scoring_id)
    chains = chains_of(regrade.module_id, people)
    answers = answers_to_regrade(regrade.question_version_id, regrade.scoring_id, people)
    sums = sums_of([answer.attempt_id for answer in answers])
    mine = {answer.attempt_id: answer for answer in answers}
    after = {
        answer.attempt_id: share_of(answer, by_certainty=answer.attempt.quiz.certainty, scoring=scoring.scoring) or 0.0
        for answer in answers
    }
    changes = [change for chain in chains for change in _changes(chain, mine, sums, after)]
    for change in (change for _attempt, _standing, change in changes if change is not None):
        change.regrade_id, change.applied_at = regrade.id, now
        db.session.add(change)
    if now is not None:
        for answer in answers:
            answer.fraction, answer.scoring_id = after[answer.attempt_id], scoring.id
        _store(changes, regrade.applied_by_id, now)
        _count_again({*after, *(attempt.id for attempt, _standing, change in changes if change is not None)})


Change = tuple[Attempt, float | None, MarkChange | None]
"""An attempt, what the quiz stands at with it, and what else changes in it."""


def _store(changes: Sequence[Change], actor_id: int | None, now: datetime) -> None:
    """Mark the attempts anew, and tell of those that are worth something else now. Whoever listens holds people:
    all of them are held at once, in their order."""
    hold_with_organizations({attempt.person_id for attempt, _standing, change in changes if change is not None})
    for attempt, standing, change in changes:
        attempt.standing = standing
        if change is not None:
            attempt.mark, attempt.passed = change.mark_after, change.passed_after
    db.session.flush()
    for attempt, _standing, change in changes:
        if change is not None:
            tell_graded(attempt, actor_id, now, again=True)


def _count_again(attempt_ids: Collection[int]) -> None:
    """Have the statistics count them as they are now, even if they were counted after they were read here."""
    again = update(Attempt).where(Attempt.id.in_(attempt_ids)).values(counted_at=None)
    db.session.execute(again, execution_options=_IN_PLACE)


def _changes(
    chain: Sequence[Attempt],
    answers: dict[int, AttemptQuestion],
    sums: dict[int, float],
    after: dict[int, float],
) -> Iterator[Change]:
    """One person's attempts at one quiz, with what changes in them: marks, and what they pass by the rule."""
    shares: list[float] = []
    for attempt in chain:
        answer, before = answers.get(attempt.id), attempt.mark or 0.0
        mark = before
        if answer is not None:
            mark = max(0.0, sums[attempt.id] + answer.mark * (after[attempt.id] - (answer.fraction or 0)))
        shares.append(fraction_of(mark, attempt.max_mark))
        standing, passed = verdict_on(attempt, shares)
        change = None
        if abs(mark - before) > ROUNDING or passed != attempt.passed:
            change = MarkChange(
                attempt_id=attempt.id,
                fraction_before=answer.fraction if answer else None,
                fraction_after=after[attempt.id] if answer else None,
                mark_before=before,
                mark_after=mark,
                passed_before=bool(attempt.passed),
                passed_after=passed,
            )
        yield attempt, standing, change
