"""Reads of the sums for pages: a fixed number of statements, and no attempt among what is read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, load_only

from lms.db import Texts, db
from lms.quizzes.models import Question, QuestionVersion, QuizQuestion, QuizVersion
from lms.quizzes.statistics.figures import OfQuestion, Wanted
from lms.quizzes.statistics.gathering import QuizOf, waiting_at
from lms.quizzes.statistics.models import AnswerTally, CutTally, QuestionTally, QuizTally
from lms.quizzes.statistics.tallies import Counted, Cut, Measure, QuestionCut
from lms.training.models import ModuleVersion

MOST_ANSWERS = 60
"""Different answers to a question that are told apart on its page."""


@dataclass(frozen=True)
class ListedQuiz:
    """A quiz of a module's editions, as it is in the newest correction."""

    key: str
    titles: Texts
    edition_id: int
    #: Number of the version that opened the edition, and when it was published.
    number: int
    published_at: datetime
    #: Of an entry quiz: what it is compared with. Nobody passes or fails it.
    before: str | None


def quizzes_of(module_id: int) -> list[ListedQuiz]:
    """The quizzes of all editions of a module, the newest edition first."""
    edition = select(ModuleVersion.id, ModuleVersion.number, ModuleVersion.published_at).subquery("edition")
    rows = db.session.execute(
        select(
            QuizVersion.key,
            QuizVersion.titles,
            edition.c.id,
            edition.c.number,
            edition.c.published_at,
            QuizVersion.before,
        )
        .join(ModuleVersion, ModuleVersion.id == QuizVersion.module_version_id)
        .join(edition, edition.c.id == ModuleVersion.edition_id)
        .where(ModuleVersion.module_id == module_id)
        .order_by(edition.c.number.desc(), QuizVersion.position, ModuleVersion.number.desc())
    )
    found: dict[tuple[str, int], ListedQuiz] = {}
    for row in rows:
        found.setdefault((row[0], row[2]), ListedQuiz(*row))
    return list(found.values())


@dataclass(frozen=True)
class Asked:
    """A question of a quiz, in its newest version that was asked."""

    question: Question
    #: Its versions that have answers, or that the quiz asks now, the newest first.
    versions: Sequence[QuestionVersion]
    #: Its place in the quiz; None: it is not asked any more.
    position: int | None
    sums: OfQuestion

    @property
    def version(self) -> QuestionVersion:
        """The newest."""
        return self.versions[0]

    def of_version(self, version: QuestionVersion) -> OfQuestion:
        """The sums of one version."""
        return OfQuestion([(cut, counts) for cut, counts in self.sums.counts if cut.version_id == version.id])


@dataclass(frozen=True)
class Kept:
    """What is kept of a quiz."""

    quiz: QuizOf
    version: QuizVersion
    counted_at: datetime | None
    waiting: int
    cuts: Sequence[tuple[Cut, Counted]]
    questions: Sequence[Asked]


def kept_of(quiz: QuizOf) -> Kept:
    """Everything but the answers, in seven statements."""
    version = _newest(quiz)
    tally = db.session.scalars(
        select(QuizTally).filter_by(module_id=quiz.module_id, edition_id=quiz.edition_id, quiz_key=quiz.key)
    ).one_or_none()
    tally_id = tally.id if tally else 0
    return Kept(
        quiz=quiz,
        version=version,
        counted_at=tally.counted_at if tally else None,
        waiting=waiting_at(quiz),
        cuts=_cuts(tally_id),
        questions=_questions(tally_id, version.id),
    )


def _newest(quiz: QuizOf) -> QuizVersion:
    """The quiz in the newest correction."""
    query = (
        select(QuizVersion)
        .join(ModuleVersion, ModuleVersion.id == QuizVersion.module_version_id)
        .where(QuizVersion.key == quiz.key, ModuleVersion.edition_id == quiz.edition_id)
        .order_by(ModuleVersion.number.desc())
        .limit(1)
    )
    return db.session.scalars(query).one()


def _cuts(tally_id: int) -> list[tuple[Cut, Counted]]:
    rows = db.session.execute(
        select(CutTally.language, CutTally.first, CutTally.counts).where(CutTally.quiz_tally_id == tally_id)
    )
    return [(Cut(row[0], row[1]), row[2]) for row in rows]


def _questions(tally_id: int, quiz_version_id: int) -> list[Asked]:
    """In the order of the quiz, those that it asks no more at the end."""
    sums: dict[int, list[tuple[QuestionCut, Counted]]] = {}
    for row in db.session.execute(_sums().where(QuestionTally.quiz_tally_id == tally_id)):
        sums.setdefault(row[0], []).append((QuestionCut(*row[:4]), row[4]))
    places: dict[int, int] = {
        row[0]: row[1]
        for row in db.session.execute(
            select(QuizQuestion.question_version_id, QuizQuestion.position).where(
                QuizQuestion.quiz_version_id == quiz_version_id
            )
        )
    }
    versions: dict[int, list[QuestionVersion]] = {}
    for version in _versions({*sums, *places}):
        versions.setdefault(version.question_id, []).append(version)
    found = [_asked(each, sums, places) for each in versions.values()]
    last = max(places.values(), default=0)
    return sorted(found, key=lambda each: (each.position or last + 1, each.question.id))


def _sums() -> Any:
    return select(
        QuestionTally.question_version_id,
        QuestionTally.mark,
        QuestionTally.language,
        QuestionTally.first,
        QuestionTally.counts,
    )


def _versions(ids: set[int]) -> Sequence[QuestionVersion]:
    parts = load_only(
        QuestionVersion.question_id,
        QuestionVersion.uid,
        QuestionVersion.number,
        QuestionVersion.type,
        QuestionVersion.structure,
        QuestionVersion.text,
        QuestionVersion.rendered,
        QuestionVersion.created_at,
    )
    query = select(QuestionVersion).where(QuestionVersion.id.in_(ids)).order_by(QuestionVersion.number.desc())
    return db.session.scalars(query.options(parts, joinedload(QuestionVersion.question, innerjoin=True))).all()


def _asked(
    versions: list[QuestionVersion], sums: dict[int, list[tuple[QuestionCut, Counted]]], places: dict[int, int]
) -> Asked:
    position = next((places[each.id] for each in versions if each.id in places), None)
    counts = [each for version in versions for each in sums.get(version.id, ())]
    return Asked(versions[0].question, versions, position, OfQuestion(counts))


def answers_to(quiz: QuizOf, version_id: int, wanted: Wanted, also: Collection[str] = ()) -> list[tuple[str, int, int]]:
    """The most frequent answers to a question version (`also` those, however rare), each by stratum: (key, stratum,
    how often)."""
    tallies = _tallies_of(quiz, version_id, wanted)
    often = (
        select(AnswerTally.key)
        .where(AnswerTally.question_tally_id.in_(tallies))
        .group_by(AnswerTally.key)
        .order_by(func.sum(AnswerTally.count).desc(), AnswerTally.key)
        .limit(MOST_ANSWERS)
    )
    rows = db.session.execute(
        select(AnswerTally.key, AnswerTally.stratum, func.sum(AnswerTally.count))
        .where(AnswerTally.question_tally_id.in_(tallies), or_(AnswerTally.key.in_(often), AnswerTally.key.in_(also)))
        .group_by(AnswerTally.key, AnswerTally.stratum)
    )
    return [(row[0], row[1], int(row[2])) for row in rows]


def _tallies_of(quiz: QuizOf, version_id: int, wanted: Wanted) -> Any:
    query = (
        select(QuestionTally.id)
        .join(QuizTally, QuizTally.id == QuestionTally.quiz_tally_id)
        .where(QuizTally.edition_id == quiz.edition_id, QuizTally.quiz_key == quiz.key)
        .where(QuestionTally.question_version_id == version_id)
    )
    if not wanted.later:
        query = query.where(QuestionTally.first.is_(True))
    return query if wanted.language is None else query.where(QuestionTally.language == wanted.language)


def counts_at(module_id: int) -> dict[tuple[int, str], int]:
    """How many attempts are counted at each quiz of a module, by edition and key."""
    rows = db.session.execute(
        select(QuizTally.edition_id, QuizTally.quiz_key, CutTally.counts)
        .join(CutTally, CutTally.quiz_tally_id == QuizTally.id)
        .where(QuizTally.module_id == module_id)
    )
    found: dict[tuple[int, str], int] = {}
    for edition_id, key, counts in rows:
        passed: dict[str, int] = counts.get(Measure.PASSED, {})
        found[edition_id, key] = found.get((edition_id, key), 0) + sum(passed.values())
    return found
