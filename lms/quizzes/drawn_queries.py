"""Reads of quizzes that draw some of their questions."""

from random import Random

from sqlalchemy import select

from lms.db import db
from lms.quizzes.drawing import drawn, together
from lms.quizzes.models import QuestionVersion, QuizQuestion, QuizVersion
from lms.quizzes.question_types import type_of


def number_asked(quiz: QuizVersion) -> int:
    """How many questions an attempt at a quiz asks that draws some; where cases with more or fewer questions are among
    them, about so many."""
    query = (
        select(QuizQuestion.in_case, QuizQuestion.tags, QuizQuestion.pool, QuestionVersion.type)
        .join(QuestionVersion, QuestionVersion.id == QuizQuestion.question_version_id)
        .where(QuizQuestion.quiz_version_id == quiz.id)
        .order_by(QuizQuestion.position)
    )
    groups = together(db.session.execute(query).all())
    some = drawn(groups, quiz.draws, [0] * len(groups), Random(0), quiz.pools)  # noqa: S311 - no secret
    return sum(type_of(question.type).asks for group in some for question in group)
