"""A module of the demonstration's own, with questions of many types, and answers to it that wait for a grader."""

import io
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from lms.accounts.models import Person
from lms.db import db, write_unit
from lms.demo.answers import HANDED, Handed
from lms.demo.learning import right_answer
from lms.media.handing_in import Incoming
from lms.progress.services import complete_lesson, enrol
from lms.quizzes.models import Attempt, AttemptQuestion, QuizVersion
from lms.quizzes.queries import questions_of, slot_of
from lms.quizzes.question_types import type_of
from lms.quizzes.services import save_response, start_attempt, submit_attempt
from lms.quizzes.services.uploading import add_files
from lms.storage import current_storage
from lms.training.models import ModuleVersion
from lms.training.publishing import render_tree
from lms.training.services import import_module
from lms.training.tree import read_tree

CONTENT = Path(__file__).parent / "content" / "first-memorandum"
LESSON, ESSAY, UPLOAD = "one-page", "proposal", "draft"


def load_graded_module(then: datetime, now: datetime) -> None:
    """Publish the module as the site's own, and have some take its quiz."""
    rendered = render_tree(read_tree(CONTENT))
    with write_unit():
        version = import_module(rendered, update=False, actor_id=None, now=then)
    assert version is not None
    for handed in HANDED:
        person = db.session.scalars(select(Person).where(Person.sign_in_name == handed.sign_in_name)).one()
        hand_in(person, handed, version, now - timedelta(days=handed.days_ago))


def hand_in(person: Person, handed: Handed, version: ModuleVersion, at: datetime) -> None:
    """Read the lesson, answer and submit."""
    draft = _stored(handed.draft) if handed.draft else None
    with write_unit():
        complete_lesson(enrol(person.id, version.module, at), LESSON, person.language, at)
        quiz = db.session.scalars(select(QuizVersion).where(QuizVersion.module_version_id == version.id)).one()
        attempt = start_attempt(person.id, quiz, person.language, at)
        _answer(attempt, handed, draft, at)
        submit_attempt(attempt, person.language, at + timedelta(minutes=35))


def _stored(draft: tuple[str, ...]) -> Incoming:
    name, *lines = draft
    stored = current_storage().put(io.BytesIO("\n".join([*lines, ""]).encode()))
    return Incoming(name, stored.key, "text/plain", stored.size)


def _answer(attempt: Attempt, handed: Handed, draft: Incoming | None, at: datetime) -> None:
    left = handed.known
    for asked in questions_of(attempt):
        kind = type_of(asked.question_version.type)
        key = asked.question_version.question.key.rpartition("/")[2]
        if key == UPLOAD and draft is not None:
            slot = slot_of(attempt, asked.position)
            assert slot is not None
            add_files(slot, [draft], 1, "", attempt.language, at)
        elif key == ESSAY:
            _save(attempt, asked, {"text": handed.proposal}, at)
        elif kind.marked and not kind.by_hand and left:
            left -= 1
            _save(attempt, asked, right_answer(attempt, asked, attempt.language), at)


def _save(attempt: Attempt, asked: AttemptQuestion, answer: dict[str, object], at: datetime) -> None:
    client = f"demo-{attempt.person_id}"
    save_response(
        attempt,
        asked.position,
        answer,
        client_uid=client,
        sequence=asked.position,
        language=attempt.language,
        now=at + timedelta(minutes=3 * asked.position),
    )
