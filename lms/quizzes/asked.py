"""The questions of an attempt as read past the ORM: for the pages and services that read them all and change none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Select, Table, bindparam, select

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


@dataclass(frozen=True, slots=True)
class Answered:
    """Of an `Asked` just what grading it needs."""

    id: int
    mark: float
    answer: dict[str, Any] | None
    language: str | None
    certainty: int | None
    scoring: Scoring
    question_version: PublishedQuestion


AnyAsked = Asked | AttemptQuestion
_ASKED, _VERSION, _SCORING = (
    cast(Table, model.__table__) for model in (AttemptQuestion, QuestionVersion, QuestionScoring)
)


def _of_attempt(kind: type[Asked | Answered]) -> Select[Any]:
    columns = [_ASKED.c[each.name] for each in fields(kind)[:-2]]
    return (
        select(*columns, _SCORING.c.scoring, _VERSION.c.uid)
        .join(_SCORING, _SCORING.c.id == _ASKED.c.scoring_id)
        .join(_VERSION, _VERSION.c.id == _ASKED.c.question_version_id)
        .where(_ASKED.c.attempt_id == bindparam("attempt"))
        .order_by(_ASKED.c.position)
    )


# Built once, on tables: building a statement costs more than running it.
_ASKED_IN, _ANSWERED_IN = _of_attempt(Asked), _of_attempt(Answered)


def asked_in(attempt_id: int) -> list[Asked]:
    """An attempt's questions in order, in one statement."""
    return [Asked(*values) for values in _values(_ASKED_IN, attempt_id)]


def answered_in(attempt_id: int) -> list[Answered]:
    """The same for who grades them."""
    return [Answered(*values) for values in _values(_ANSWERED_IN, attempt_id)]


def _values(statement: Select[Any], attempt_id: int) -> list[list[Any]]:
    rows: Sequence[Any] = read(statement, attempt=attempt_id).all()
    versions = published_questions([row[-1] for row in rows])
    return [[*row[:-2], Scoring(row[-2]), versions[row[-1]]] for row in rows]
