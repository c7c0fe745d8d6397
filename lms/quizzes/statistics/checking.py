"""Counting again what is kept, for `lms check`."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from lms.checks import register_check
from lms.db import db
from lms.quizzes.models import Attempt
from lms.quizzes.statistics.facts import Facts
from lms.quizzes.statistics.gathering import facts_by_attempt
from lms.quizzes.statistics.keeping import kept_tallies
from lms.quizzes.statistics.models import CountedAttempt, QuizTally
from lms.quizzes.statistics.tallies import Tallies
from lms.training.models import Module

AT_ONCE = 200


@register_check("statistics")
def statistics() -> Iterator[str]:
    """Sums that the attempts counted in them do not come to, and attempts that were counted as something else."""
    for tally in db.session.scalars(select(QuizTally)).all():
        name = f"quiz {tally.quiz_key} of module {db.session.get_one(Module, tally.module_id).public_id}"
        sums, changed = Tallies(), 0
        for rows in _portions(tally.id):
            changed += _changed(rows)
            for _attempt_id, facts, _counted_at in rows:
                sums.add(Facts.of_json(facts))
        if changed:
            yield f"{name}: {changed} attempts are counted as something else"
        if sums.settled() != kept_tallies(tally.id):
            yield f"{name}: the sums are not those of its attempts"


def _portions(tally_id: int) -> Iterator[Sequence[tuple[int, dict[str, object], object]]]:
    last = 0
    query = (
        select(CountedAttempt.attempt_id, CountedAttempt.facts, Attempt.counted_at)
        .join(Attempt, Attempt.id == CountedAttempt.attempt_id)
        .where(CountedAttempt.quiz_tally_id == tally_id)
        .order_by(CountedAttempt.attempt_id)
        .limit(AT_ONCE)
    )
    while rows := db.session.execute(query.where(CountedAttempt.attempt_id > last)).all():
        last = rows[-1][0]
        yield [(row[0], row[1], row[2]) for row in rows]


def _changed(rows: Sequence[tuple[int, dict[str, object], object]]) -> int:
    """How many are not counted as they are; those that wait to be counted again may differ."""
    settled = {attempt_id: facts for attempt_id, facts, counted_at in rows if counted_at is not None}
    now = facts_by_attempt(list(settled))
    return sum(now[key] != Facts.of_json(facts) for key, facts in settled.items())
