"""What a module taught: the same knowledge asked before its first lesson and in the quiz that follows its lessons.

Before counts what was submitted before any lesson was read, the module completed or the other quiz begun; after counts
the first attempt, for later ones come after its feedback, and would flatter.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Exists, Integer, Row, Select, String, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from lms.db import Instant, db, read
from lms.events import emit
from lms.organizations.holding import hold_with_organizations
from lms.progress.events import GainNoted
from lms.progress.models import Gain, LessonCompletion, ModuleCompletion
from lms.quizzes.models import Attempt, AttemptState, QuizVersion
from lms.quizzes.published import QuizPlace
from lms.training.models import ModuleVersion

THOUSAND = 1000
ENTRY, FIRST = aliased(Attempt), aliased(Attempt)
"""Attempts: at the entry quiz, and the first one at the quiz that it is compared with."""
_ENTRY_QUIZ, _QUIZ = aliased(QuizVersion), aliased(QuizVersion)
_ASKED, _ASKED_AGAIN = aliased(ModuleVersion), aliased(ModuleVersion)
_PERSON, _MODULE = bindparam("person", type_=Integer()), bindparam("module", type_=Integer())
# Completions that came from elsewhere have no lessons.
_LEARNING: tuple[Any, ...] = (LessonCompletion, ModuleCompletion)
_BEGUN = (
    select(Attempt.id)
    .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
    .join(ModuleVersion, ModuleVersion.id == QuizVersion.module_version_id)
    .where(
        Attempt.person_id == _PERSON,
        QuizVersion.key == bindparam("quiz", type_=String()),
        ModuleVersion.edition_id == bindparam("edition", type_=Integer()),
    )
)
_LEARNED = [(each, select(each.id).where(each.person_id == _PERSON, each.module_id == _MODULE)) for each in _LEARNING]
_PAST: list[tuple[Any, Select[Any]]] = [(Attempt, _BEGUN), *_LEARNED]
_UNTIL = bindparam("until", type_=Instant())
_IS_PAST = select(or_(*(found.exists() for _facts, found in _PAST)))
_WAS_PAST = select(or_(*(found.where(facts.occurred_at < _UNTIL).exists() for facts, found in _PAST)))
_ASKED_BEFORE = (
    select(ModuleVersion.edition_id)
    .join(_ASKED, _ASKED.edition_id == ModuleVersion.edition_id)
    .join(_ENTRY_QUIZ, and_(_ENTRY_QUIZ.module_version_id == _ASKED.id, _ENTRY_QUIZ.before.is_not(None)))
    .join(ENTRY, ENTRY.quiz_version_id == _ENTRY_QUIZ.id)
    .where(
        ModuleVersion.id == bindparam("version", type_=Integer()),
        ENTRY.person_id == _PERSON,
        ENTRY.state == AttemptState.GRADED,
    )
)
_GAIN = select(Gain.before, Gain.after).where(Gain.person_id == _PERSON, Gain.module_id == _MODULE)


def is_before_all(person_id: int, other: QuizPlace, until: datetime | None = None) -> bool:
    """Whether the person has not begun the quiz that is asked after a module's lessons yet, and has neither read one
    nor completed the module, in any of its editions; of `until`: whether she had not by then."""
    values = {"person": person_id, "module": other.module_id, "quiz": other.key, "edition": other.edition_id}
    if until is None:
        return not read(_IS_PAST, **values).scalar_one()
    return not read(_WAS_PAST, **values, until=until).scalar_one()


def gain_of(person_id: int, module_id: int) -> Row[Any] | None:
    """What the person got before and after, in thousandths; None where she was not asked both."""
    return read(_GAIN, person=person_id, module=module_id).one_or_none()


def note_gain(person_id: int, module_id: int, version_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Store what she gained in the edition of a version, where she was asked both, and emit GainNoted.

    Two deeds at once (the last answer of one quiz, new marks for the other) must each see what the other did: whoever
    notes holds her. Who has not answered the entry quiz is not held: what she answers of it now comes too late.
    """
    edition_id = read(_ASKED_BEFORE, person=person_id, version=version_id).scalar_one_or_none()
    if edition_id is None:
        return
    hold_with_organizations([person_id])
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
    the entry quiz submitted before the other one was begun, a lesson read, and the module completed."""
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
            *(~_learned_before(each) for each in _LEARNING),
        )
    )


def _learned_before(facts: Any) -> Exists:
    """Whether there is such a fact of the module from before the entry quiz was submitted."""
    query = select(facts.id).where(facts.person_id == ENTRY.person_id, facts.module_id == _ASKED.module_id)
    return query.where(facts.occurred_at < ENTRY.submitted_at).exists()
