"""What a module taught: the same knowledge asked before its first lesson and after the last.

Before counts what was submitted before any lesson was read and before the other quiz was begun; after counts the first
attempt, for later ones come after its feedback, and would flatter.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, bindparam, func, select
from sqlalchemy.orm import aliased

from lms.db import db, read
from lms.events import emit
from lms.organizations.holding import hold_with_organizations
from lms.progress.events import GainNoted
from lms.progress.models import Gain, LessonCompletion
from lms.quizzes.models import Attempt, AttemptState, QuizVersion
from lms.training.models import ModuleVersion

THOUSAND = 1000
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
    pair: Any = db.session.execute(_pair(person_id, edition_id)).one_or_none()
    if pair is None or _has_read_before(person_id, module_id, pair.entered_at):
        return
    shares = round(pair.before * THOUSAND), round(pair.after * THOUSAND)
    found = Gain(person_id=person_id, module_id=module_id, edition_id=edition_id, occurred_at=pair.done_at)
    keep_gain(found, *shares, actor_id=actor_id, now=now)


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


def _pair(person_id: int, edition_id: int | None) -> Any:
    """Her entry quiz and her first attempt at the one that it is compared with, both graded; the first of them begun
    after the other was submitted."""
    entry, first = aliased(Attempt), aliased(Attempt)
    asked, again = aliased(QuizVersion), aliased(QuizVersion)
    versions = [aliased(ModuleVersion), aliased(ModuleVersion)]
    return (
        select(
            (entry.mark / entry.max_mark).label("before"),
            (first.mark / first.max_mark).label("after"),
            entry.submitted_at.label("entered_at"),
            first.submitted_at.label("done_at"),
        )
        .join(asked, asked.id == entry.quiz_version_id)
        .join(versions[0], versions[0].id == asked.module_version_id)
        .join(first, first.person_id == entry.person_id)
        .join(again, again.id == first.quiz_version_id)
        .join(versions[1], versions[1].id == again.module_version_id)
        .where(
            entry.person_id == person_id,
            versions[0].edition_id == edition_id,
            versions[1].edition_id == edition_id,
            asked.before == again.key,
            entry.number == 1,
            first.number == 1,
            entry.state == AttemptState.GRADED,
            first.state == AttemptState.GRADED,
            entry.max_mark > 0,
            first.max_mark > 0,
            entry.submitted_at <= first.occurred_at,
        )
    )


def _has_read_before(person_id: int, module_id: int, at: datetime) -> bool:
    first = read(_READ, person=person_id, module=module_id).scalar_one()
    return first is not None and first < at
