"""What a module taught: the same knowledge asked before its first lesson and after the last.

Before counts what was submitted before any lesson was read and before the other quiz was begun; after counts the first
attempt, for later ones come after its feedback, and would flatter.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, Select, and_, bindparam, func, select
from sqlalchemy.orm import aliased

from lms.db import db, read
from lms.events import emit
from lms.organizations.holding import hold_with_organizations
from lms.progress.events import GainNoted
from lms.progress.models import Gain, LessonCompletion
from lms.quizzes.models import Attempt, AttemptState, QuizVersion
from lms.training.models import ModuleVersion

THOUSAND = 1000
ENTRY, FIRST = aliased(Attempt), aliased(Attempt)
"""Attempts: at the entry quiz, and the first one at the quiz that it is compared with."""
_ENTRY_QUIZ, _QUIZ = aliased(QuizVersion), aliased(QuizVersion)
_ASKED, _ASKED_AGAIN = aliased(ModuleVersion), aliased(ModuleVersion)
_PERSON, _MODULE = bindparam("person", type_=Integer()), bindparam("module", type_=Integer())
_READ = select(func.min(LessonCompletion.occurred_at)).where(
    LessonCompletion.person_id == _PERSON, LessonCompletion.module_id == _MODULE
)
_GAIN = select(Gain.before, Gain.after).where(Gain.person_id == _PERSON, Gain.module_id == _MODULE)


def has_read_nothing(person_id: int, module_id: int) -> bool:
    """Whether the person has not read a lesson of the module yet, in any of its editions."""
    return read(_READ, person=person_id, module=module_id).scalar_one() is None


def gain_of(person_id: int, module_id: int) -> Row[Any] | None:
    """What the person got before and after, in thousandths; None where she was not asked both."""
    return read(_GAIN, person=person_id, module=module_id).one_or_none()


def note_gain(person_id: int, module_id: int, version_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Store what she gained in the edition of a version, where she was asked both, and emit GainNoted.

    Two deeds at once (the last answer of one quiz, new marks for the other) must each see what the other did: whoever
    notes holds her.
    """
    hold_with_organizations([person_id])
    edition_id = db.session.scalars(select(ModuleVersion.edition_id).where(ModuleVersion.id == version_id)).one()
    query = pairs().where(ENTRY.person_id == person_id, _ASKED.edition_id == edition_id)
    pair = db.session.execute(query).one_or_none()
    if pair is not None:
        keep_gain(*gain_from(pair), actor_id=actor_id, now=now)


def gain_from(pair: Any) -> tuple[Gain, int, int]:
    """What a row of `pairs` is to be kept as."""
    found = Gain(
        person_id=pair.person_id, module_id=pair.module_id, edition_id=pair.edition_id, occurred_at=pair.done_at
    )
    return found, round(pair.before * THOUSAND), round(pair.after * THOUSAND)


def keep_gain(found: Gain, before: int, after: int, *, actor_id: int | None, now: datetime) -> None:
    """Store a gain of somebody who is held, or what it is now; one of another edition than the first is let be."""
    known = select(Gain).where(Gain.person_id == found.person_id, Gain.module_id == found.module_id)
    kept = db.session.scalars(known).one_or_none()
    was = None if kept is None else (kept.before, kept.after)
    if kept is None:
        kept = found
        db.session.add(kept)
    elif kept.edition_id != found.edition_id or was == (before, after):
        return
    kept.before, kept.after = before, after
    emit(GainNoted(now, actor_id, kept.person_id, kept.module_id, kept.edition_id, before, after, was))


def pairs() -> Select[Any]:
    """Entry quizzes and first attempts at those that they are compared with, of one person and edition, both graded:
    the entry quiz submitted before the other one was begun and before a lesson was read."""
    read_before = select(LessonCompletion.id).where(
        LessonCompletion.person_id == ENTRY.person_id,
        LessonCompletion.module_id == _ASKED.module_id,
        LessonCompletion.occurred_at < ENTRY.submitted_at,
    )
    columns: list[Any] = [
        ENTRY.person_id,
        _ASKED.module_id,
        _ASKED.edition_id,
        (ENTRY.mark / ENTRY.max_mark).label("before"),
        (FIRST.mark / FIRST.max_mark).label("after"),
        FIRST.submitted_at.label("done_at"),
    ]
    return (
        select(*columns)
        .join(_ENTRY_QUIZ, _ENTRY_QUIZ.id == ENTRY.quiz_version_id)
        .join(_ASKED, _ASKED.id == _ENTRY_QUIZ.module_version_id)
        .join(FIRST, FIRST.person_id == ENTRY.person_id)
        .join(_QUIZ, and_(_QUIZ.id == FIRST.quiz_version_id, _QUIZ.key == _ENTRY_QUIZ.before))
        .join(_ASKED_AGAIN, _ASKED_AGAIN.id == _QUIZ.module_version_id)
        .where(
            _ASKED_AGAIN.edition_id == _ASKED.edition_id,
            *(each.number == 1 for each in (ENTRY, FIRST)),
            *(each.state == AttemptState.GRADED for each in (ENTRY, FIRST)),
            *(each.max_mark > 0 for each in (ENTRY, FIRST)),
            ENTRY.submitted_at <= FIRST.occurred_at,
            ~read_before.exists(),
        )
    )
