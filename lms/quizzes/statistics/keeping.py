"""Sums in the database: adding to them, in the transaction of whoever holds the quiz's row."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from lms.db import db
from lms.quizzes.statistics.models import AnswerTally, CutTally, QuestionTally
from lms.quizzes.statistics.tallies import Counted, Cut, Measure, QuestionCut, Tallies, merged

_ANSWER = cast(Table, AnswerTally.__table__)
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def apply(tally_id: int, sums: Tallies) -> None:
    """Add to what is kept of a quiz."""
    settled = sums.settled()
    _add_cuts(tally_id, settled)
    _add_answers(_add_questions(tally_id, settled), settled)
    db.session.flush()


def _by_cut(counts: Mapping[Any, int]) -> dict[Any, dict[tuple[Measure, str], int]]:
    found: dict[Any, dict[tuple[Measure, str], int]] = {}
    for (about, measure, value), times in counts.items():
        found.setdefault(about, {})[measure, value] = times
    return found


def _add_cuts(tally_id: int, sums: Tallies) -> None:
    kept = {Cut(row.language, row.first): row for row in cuts_of(tally_id)}
    for cut, more in _by_cut(sums.quiz).items():
        row = kept.get(cut)
        if row is None:
            row = CutTally(quiz_tally_id=tally_id, language=cut.language, first=cut.first, counts={})
            db.session.add(row)
        row.counts = merged(row.counts, more)


def cuts_of(tally_id: int) -> list[CutTally]:
    """What is kept of a quiz's attempts."""
    return list(db.session.scalars(select(CutTally).where(CutTally.quiz_tally_id == tally_id)))


def questions_of(tally_id: int) -> list[QuestionTally]:
    """What is kept of its questions."""
    return list(db.session.scalars(select(QuestionTally).where(QuestionTally.quiz_tally_id == tally_id)))


def cut_of(row: QuestionTally) -> QuestionCut:
    """What the row is about."""
    return QuestionCut(row.question_version_id, row.mark, row.language, row.first)


def _add_questions(tally_id: int, sums: Tallies) -> dict[QuestionCut, int]:
    """Gives the ids of the rows."""
    kept = {cut_of(row): row for row in questions_of(tally_id)}
    for cut, more in _by_cut(sums.questions).items():
        row = kept.get(cut)
        if row is None:
            row = kept[cut] = QuestionTally(
                quiz_tally_id=tally_id,
                question_version_id=cut.version_id,
                mark=cut.mark,
                language=cut.language,
                first=cut.first,
                counts={},
            )
            db.session.add(row)
        row.counts = merged(row.counts, more)
    db.session.flush()
    return {cut: row.id for cut, row in kept.items()}


def _add_answers(ids: Mapping[QuestionCut, int], sums: Tallies) -> None:
    rows: list[dict[str, Any]] = [
        {"question_tally_id": ids[cut], "key": key, "stratum": stratum, "count": times}
        for (cut, key, stratum), times in sums.answers.items()
    ]
    if not rows:
        return
    found = _INSERT[db.engine.dialect.name](_ANSWER)
    added = _ANSWER.c["count"] + found.excluded["count"]
    upsert = found.on_conflict_do_update(index_elements=["question_tally_id", "key", "stratum"], set_={"count": added})
    db.session.execute(upsert, rows)
    if any(row["count"] < 0 for row in rows):
        mine = _ANSWER.c.question_tally_id.in_({row["question_tally_id"] for row in rows})
        db.session.execute(delete(_ANSWER).where(mine, _ANSWER.c["count"] == 0))


def kept_tallies(tally_id: int) -> Tallies:
    """The sums as they are kept, for those who check them."""
    rows = questions_of(tally_id)
    ids = {row.id: cut_of(row) for row in rows}
    answers = db.session.execute(
        select(AnswerTally.question_tally_id, AnswerTally.key, AnswerTally.stratum, AnswerTally.count)
        .join(QuestionTally, QuestionTally.id == AnswerTally.question_tally_id)
        .where(QuestionTally.quiz_tally_id == tally_id)
    )
    return Tallies(
        Counter(_flat((Cut(row.language, row.first), row.counts) for row in cuts_of(tally_id))),
        Counter(_flat((cut_of(row), row.counts) for row in rows)),
        Counter({(ids[row[0]], row[1], row[2]): row[3] for row in answers}),
    )


def _flat(kept: Any) -> dict[Any, int]:
    rows: list[tuple[Any, Counted]] = list(kept)
    return {
        (cut, Measure(measure), value): times
        for cut, counts in rows
        for measure, values in counts.items()
        for value, times in values.items()
    }
