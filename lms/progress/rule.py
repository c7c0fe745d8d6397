"""The rule of completion: required lessons read, required quizzes passed."""

from typing import Any

from sqlalchemy import func, select

from lms.db import db
from lms.quizzes.models import Attempt, QuizVersion
from lms.training.models import ModuleVersion, PartKind


def required_keys(manifest: dict[str, Any], kind: PartKind) -> set[str]:
    """Keys of the lessons or quizzes that a version's sequence requires."""
    return {item[kind] for item in manifest["sequence"] if kind in item and item.get("required", True)}


def passed_quizzes(person_id: int, edition_id: int) -> dict[str, float | None]:
    """Quiz key to what it stands at by its rule (0 to 1), over the passed attempts at any version of an edition.

    None where the quiz has no marks: a survey is passed by answering it.
    """
    share = func.coalesce(Attempt.standing, Attempt.mark / func.nullif(Attempt.max_mark, 0))
    rows = db.session.execute(
        select(QuizVersion.key, func.max(share).label("best"))
        .join(Attempt, Attempt.quiz_version_id == QuizVersion.id)
        .join(ModuleVersion, ModuleVersion.id == QuizVersion.module_version_id)
        .where(Attempt.person_id == person_id, Attempt.passed.is_(True), ModuleVersion.edition_id == edition_id)
        .group_by(QuizVersion.key)
    )
    return {row.key: row.best for row in rows}
