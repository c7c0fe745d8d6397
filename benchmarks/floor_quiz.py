"""The floor of a quiz: the least that starting and submitting an attempt of ten questions can be.

Starting: one SELECT of the quiz's pinned questions (number, marks, and the options that are to be shuffled), one INSERT
of the attempt, one INSERT of its ten rows, in one transaction at the product's durability. It does not ask who starts,
whether she may, or whether an attempt is under way.

Submitting: one SELECT of the attempt, one of its ten rows with answers and scoring, the comparison, one UPDATE of the
ten rows and one of the attempt, in one such transaction. It tells nobody. Statements are built once, and rows are no
objects: each costs more than what it does.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random
from typing import Any

from flask import Flask, redirect
from flask.typing import ResponseReturnValue
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    DateTime,
    Engine,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    insert,
    select,
    update,
)

from lms.db import begin_to_write

QUESTIONS = 10
TABLES = MetaData()
QUESTION = Table(
    "floor_question",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("position", Integer),
    Column("options", JSON),
    Column("scoring", JSON),
    Column("mark", Float),
)
ATTEMPT = Table(
    "floor_attempt",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("seed", Integer),
    Column("started_at", DateTime),
    Column("submitted_at", DateTime),
    Column("mark", Float),
)
ASKED = Table(
    "floor_asked",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("attempt_id", Integer, ForeignKey("floor_attempt.id")),
    Column("question_id", Integer, ForeignKey("floor_question.id")),
    Column("position", Integer),
    Column("options", JSON),
    Column("answer", String),
    Column("fraction", Float),
    UniqueConstraint("attempt_id", "position"),
)
_PINNED = select(QUESTION.c.id, QUESTION.c.position, QUESTION.c.options).order_by(QUESTION.c.position)
_START, _ASK = insert(ATTEMPT), insert(ASKED)
_ATTEMPT = select(ATTEMPT.c.submitted_at).where(ATTEMPT.c.id == bindparam("attempt"))
_ANSWERS = (
    select(ASKED.c.id, ASKED.c.answer, QUESTION.c.scoring, QUESTION.c.mark)
    .join(QUESTION, QUESTION.c.id == ASKED.c.question_id)
    .where(ASKED.c.attempt_id == bindparam("attempt"))
)
_GRADE = update(ASKED).where(ASKED.c.id == bindparam("row")).values(fraction=bindparam("share"))
_SUBMIT = (
    update(ATTEMPT)
    .where(ATTEMPT.c.id == bindparam("attempt"))
    .values(submitted_at=bindparam("at"), mark=bindparam("sum"))
)


def make_questions(engine: Engine) -> None:
    """The tables, and ten questions of four options, where they are not there yet."""
    TABLES.create_all(engine)
    questions = [
        {"id": at, "position": at, "options": ["a", "b", "c", "d"], "scoring": {"correct": "b"}, "mark": 1.0}
        for at in range(1, QUESTIONS + 1)
    ]
    with engine.begin() as connection:
        if connection.scalar(select(QUESTION.c.id).limit(1)) is None:
            connection.execute(insert(QUESTION), questions)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that takes the write lock at once."""
    with engine.begin() as connection:
        begin_to_write(connection)
        yield connection


def add_quiz(app: Flask, engine: Engine) -> None:
    """The two routes."""
    make_questions(engine)

    @app.post("/start")
    def start() -> ResponseReturnValue:
        seed = secrets.randbelow(2**31)
        order = Random(seed)
        with writing(engine) as connection:
            pinned = connection.execute(_PINNED).all()
            values = {"seed": seed, "started_at": datetime.now(UTC)}
            key: Any = connection.execute(_START, values).inserted_primary_key
            attempt = key[0]
            rows = [
                {
                    "attempt_id": attempt,
                    "question_id": question.id,
                    "position": position,
                    "options": order.sample(question.options, len(question.options)),
                }
                for position, question in enumerate(order.sample(pinned, len(pinned)), start=1)
            ]
            connection.execute(_ASK, rows)
        return redirect(f"/attempts/{attempt}/", 303)

    @app.post("/attempts/<int:attempt>/submit")
    def submit(attempt: int) -> ResponseReturnValue:
        with writing(engine) as connection:
            if connection.scalar(_ATTEMPT, {"attempt": attempt}) is None:
                answers = connection.execute(_ANSWERS, {"attempt": attempt}).all()
                shares = [
                    {"row": row.id, "share": float(row.answer == row.scoring["correct"]), "mark": row.mark}
                    for row in answers
                ]
                connection.execute(_GRADE, [{"row": one["row"], "share": one["share"]} for one in shares])
                mark = sum(one["share"] * one["mark"] for one in shares)
                connection.execute(_SUBMIT, {"attempt": attempt, "at": datetime.now(UTC), "sum": mark})
        return redirect(f"/attempts/{attempt}/result", 303)
