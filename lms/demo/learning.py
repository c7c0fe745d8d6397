"""What the people of the demonstration have learned, through the very services that learners use."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from lms.clock import now
from lms.db import db, write_unit
from lms.demo.people import DemoPerson
from lms.progress.services import complete_lesson, enrol
from lms.quizzes.models import Attempt, QuizVersion
from lms.quizzes.question_types import Content, type_of
from lms.quizzes.services import save_response, start_attempt, submit_attempt
from lms.quizzes.statistics.counting import count_next
from lms.training.models import KitModule, Module

#: Every second one leaves an entry quiz out (were they nearly all, or hardly any, the report would not say how many);
#: how many of its questions the others know at most, and how long before the lessons they take it.
LEAVES_OUT, KNOWS_BEFORE, EARLIER = 2, 4, timedelta(hours=1)


def modules_of_the_kit() -> list[Module]:
    """The modules of the first kit, in order."""
    return list(
        db.session.scalars(
            select(Module)
            .join(KitModule, KitModule.module_id == Module.id)
            .order_by(KitModule.kit_id, KitModule.position)
        )
    )


def count_attempts() -> None:
    """Have the statistics at hand at once, as the worker has them after a while."""
    more = True
    while more:
        with write_unit():
            more = count_next(now())


def _lessons(module: Module) -> list[str]:
    version = module.current_version
    return [item["lesson"] for item in version.manifest["sequence"] if "lesson" in item] if version else []


def complete_modules(person_id: int, known: DemoPerson, at: datetime) -> None:
    """Complete as many modules as the person has."""
    for number, module in enumerate(modules_of_the_kit()[: known.modules]):
        day = at + timedelta(days=15 * number + person_id % 13)
        with write_unit():
            enrolment = enrol(person_id, module, day)
            quizzes = _quizzes(module)
            for quiz in quizzes:
                if quiz.before and person_id % LEAVES_OUT:
                    _take(person_id, quiz, known.language, day - EARLIER, knows=person_id % KNOWS_BEFORE)
            for key in _lessons(module):
                complete_lesson(enrolment, key, known.language, day)
            for quiz in quizzes:
                if not quiz.before:
                    _take(person_id, quiz, known.language, day, leaves=person_id % 3)


def read_lessons(person_id: int, known: DemoPerson, at: datetime) -> None:
    """Read some lessons of the module after those that are completed."""
    following = modules_of_the_kit()[known.modules : known.modules + 1] if known.lessons else []
    for module in following:
        with write_unit():
            enrolment = enrol(person_id, module, at)
            for key in _lessons(module)[: known.lessons]:
                complete_lesson(enrolment, key, known.language, at)


def _quizzes(module: Module) -> list[QuizVersion]:
    query = select(QuizVersion).where(QuizVersion.module_version_id == module.current_version_id)
    return list(db.session.scalars(query.order_by(QuizVersion.position)))


def _take(
    person_id: int, quiz: QuizVersion, language: str, at: datetime, *, knows: int | None = None, leaves: int = 0
) -> None:
    """Take a quiz; the last questions are left out by some, so that not everybody has the full mark."""
    attempt = start_attempt(person_id, quiz, language, at)
    known = len(attempt.questions) - leaves if knows is None else knows
    for question in attempt.questions[:known]:
        answer = right_answer(attempt, question, language)
        save_response(
            attempt,
            question.position,
            answer,
            client_uid=f"demo-{person_id}",
            sequence=question.position,
            language=language,
            now=at,
        )
    submit_attempt(attempt, language, at + timedelta(minutes=20))


def right_answer(attempt: Attempt, question: Any, language: str) -> Any:
    """What its key says."""
    version = question.question_version
    content = Content(version.structure, question.scoring.scoring, version.text)
    return type_of(version.type).correct_answer(content, language)
