"""The questions of an attempt as read past the ORM: for the pages and services that read them all and change none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, bindparam, select

from lms.db import read
from lms.quizzes.models import AttemptQuestion, QuestionScoring, QuestionVersion
from lms.quizzes.published import PublishedQuestion, published_questions


class Scoring(NamedTuple):
    """How it is marked."""

    scoring: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """An `AttemptQuestion` with what is asked and how it is marked, by the same names."""

    id: int
    attempt_id: int
    question_version_id: int
    position: int
    option_order: list[Any]
    mark: float
    answer: dict[str, Any] | None
    language: str | None
    saved_at: datetime | None
    certainty: int | None
    checked_at: datetime | None
    flagged: bool
    fraction: float | None
    verdict: dict[str, Any] | None
    scoring: Scoring
    question_version: PublishedQuestion


AnyAsked = Asked | AttemptQuestion
_ASKED, _VERSION, _SCORING = (
    cast(Table, model.__table__) for model in (AttemptQuestion, QuestionVersion, QuestionScoring)
)
_COLUMNS = [each.name for each in fields(Asked)][:-2]
# Built once, on tables: building a statement costs more than running it.
_OF_ATTEMPT = (
    select(*(_ASKED.c[name] for name in _COLUMNS), _SCORING.c.scoring, _VERSION.c.uid)
    .join(_SCORING, _SCORING.c.id == _ASKED.c.scoring_id)
    .join(_VERSION, _VERSION.c.id == _ASKED.c.question_version_id)
    .where(_ASKED.c.attempt_id == bindparam("attempt"))
    .order_by(_ASKED.c.position)
)


def asked_in(attempt_id: int) -> list[Asked]:
    """An attempt's questions in order, in one statement."""
    rows: Sequence[Any] = read(_OF_ATTEMPT, attempt=attempt_id).all()
    versions = published_questions([row[-1] for row in rows])
    return [_asked(row, versions[row[-1]]) for row in rows]


def _asked(row: Any, version: PublishedQuestion) -> Asked:
    values: list[Any] = [*row[:-2], Scoring(row[-2]), version]
    return Asked(*values)
