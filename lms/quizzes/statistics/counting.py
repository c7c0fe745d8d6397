"""Keeping the sums: attempts are counted in portions, taken out again before they change, and all counted anew."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from lms.accounts.models import Person
from lms.db import db
from lms.quizzes.models import Attempt
from lms.quizzes.statistics.facts import Facts
from lms.quizzes.statistics.gathering import (
    QuizOf,
    attempts_of,
    due_attempts,
    facts_by_attempt,
    next_quiz,
    quizzes_tried_by,
)
from lms.quizzes.statistics.keeping import apply
from lms.quizzes.statistics.models import AnswerTally, CountedAttempt, CutTally, QuestionTally, QuizTally
from lms.quizzes.statistics.tallies import Tallies

AT_ONCE = 200
"""Attempts counted in one transaction."""
_TALLY = cast(Table, QuizTally.__table__)
_COUNTED = cast(Table, CountedAttempt.__table__)
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_IN_PLACE = {"synchronize_session": False}


def count_next(now: datetime, quiz: QuizOf | None = None, most: int = AT_ONCE) -> bool:
    """Count the next graded attempts of a quiz, or of any; says whether there were some.

    An attempt that was counted before and has changed since is taken out as it was and counted as it is.
    """
    quiz = quiz or next_quiz()
    if quiz is None:
        return False
    tally = _held(quiz)
    ids = due_attempts(quiz, most)
    if not ids:
        return False
    sums = Tallies()
    for facts in _taken_out(ids):
        sums.add(facts, -1)
    found = facts_by_attempt(ids)
    for facts in found.values():
        sums.add(facts)
    apply(tally.id, sums)
    rows = [{"attempt_id": key, "quiz_tally_id": tally.id, "facts": facts.as_json()} for key, facts in found.items()]
    db.session.execute(insert(_COUNTED), rows)
    _mark(ids, now)
    tally.counted_at = now
    db.session.flush()
    return True


def _held(quiz: QuizOf) -> QuizTally:
    """Its row, made where there is none; one at a time works on it."""
    row = {"module_id": quiz.module_id, "edition_id": quiz.edition_id, "quiz_key": quiz.key}
    db.session.execute(_INSERT[db.engine.dialect.name](_TALLY).values(**row).on_conflict_do_nothing())
    query = select(QuizTally).filter_by(**row).with_for_update()
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()


def _taken_out(ids: Sequence[int]) -> list[Facts]:
    """What is kept of attempts, and is kept no more."""
    kept = db.session.scalars(select(CountedAttempt.facts).where(CountedAttempt.attempt_id.in_(ids))).all()
    if kept:
        db.session.execute(delete(_COUNTED).where(_COUNTED.c.attempt_id.in_(ids)))
    return [Facts.of_json(each) for each in kept]


def _mark(ids: Iterable[int], at: datetime | None) -> None:
    db.session.execute(update(Attempt).where(Attempt.id.in_(ids)).values(counted_at=at), execution_options=_IN_PLACE)


def uncount_person(person: Person, _now: datetime) -> None:
    """Take a person's attempts out of all sums, with what is kept of her answers; they are counted again as they are
    after she was erased."""
    # Whoever counts her attempts at this moment is waited for, and waits until her words are gone.
    for quiz in quizzes_tried_by(person.id):
        tally = _held(quiz)
        ids = db.session.scalars(
            select(CountedAttempt.attempt_id)
            .join(Attempt, Attempt.id == CountedAttempt.attempt_id)
            .where(Attempt.person_id == person.id, CountedAttempt.quiz_tally_id == tally.id)
        ).all()
        sums = Tallies()
        for facts in _taken_out(ids):
            sums.add(facts, -1)
        apply(tally.id, sums)
        _mark(ids, None)


def count_anew(quiz: QuizOf) -> None:
    """Forget all sums of a quiz: every attempt at it waits to be counted."""
    tally = _held(quiz)
    questions = select(QuestionTally.id).where(QuestionTally.quiz_tally_id == tally.id)
    of_questions = AnswerTally.question_tally_id.in_(questions)
    db.session.execute(delete(AnswerTally).where(of_questions), execution_options=_IN_PLACE)
    for kept in (QuestionTally, CutTally, CountedAttempt):
        db.session.execute(delete(kept).where(kept.quiz_tally_id == tally.id), execution_options=_IN_PLACE)
    db.session.execute(
        update(Attempt)
        .where(Attempt.quiz_version_id.in_(attempts_of(quiz)), Attempt.counted_at.is_not(None))
        .values(counted_at=None),
        execution_options=_IN_PLACE,
    )
    tally.counted_at = None
