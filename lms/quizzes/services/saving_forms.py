"""Saving the answers of a page's form: all of them in two statements, one by one only where some came before."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from lms.db import the_connection
from lms.quizzes.errors import KeyReused
from lms.quizzes.queries import AnswerSlot
from lms.quizzes.question_types import Answer
from lms.quizzes.services.saving import (
    COUNTED,
    INSERT,
    UPDATE,
    ClientKey,
    received_row,
    refuse_late,
    save_in,
    standing_values,
)


class FormAnswer(NamedTuple):
    """An answer of a page's form, where it goes, and by which key."""

    slot: AnswerSlot
    answer: Answer | None
    key: ClientKey
    certainty: int | None = None


def save_form_answers(answers: Sequence[FormAnswer], language: str, now: datetime) -> None:
    """Save the answers of a page's form. The page has one key, so that sending it twice saves once.

    Going back to a page and changing something there sends its key again with another answer: that one is new. Raises
    as `save_response` does.
    """
    for one in answers:
        refuse_late(one.slot, now)
    if answers and not _are_all_new(answers, language, now):
        for one in answers:
            _save_again(one, language, now)


def _are_all_new(answers: Sequence[FormAnswer], language: str, now: datetime) -> bool:
    """Save them at once, if none came before and all take their places; else nothing is saved."""
    values: list[tuple[Any, ...]] = [(one.slot, one.answer, one.key, language, now, one.certainty) for one in answers]
    connection = the_connection()
    insert, rows = INSERT[connection.dialect.name], [received_row(*each) for each in values]
    standing = [standing_values(*each) for each in values]
    with connection.begin_nested() as point:
        if connection.execute(insert, rows, execution_options=COUNTED).rowcount == len(rows):
            taken = connection.execute(UPDATE, standing).rowcount
            if taken == len(rows):
                return True
        point.rollback()
    return False


def _save_again(one: FormAnswer, language: str, now: datetime) -> None:
    try:
        save_in(one.slot, one.answer, one.key, language, now, one.certainty)
    except KeyReused:
        save_in(one.slot, one.answer, replace(one.key, uid=uuid.uuid4().hex), language, now, one.certainty)
