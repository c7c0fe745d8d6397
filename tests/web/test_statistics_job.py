"""The job that counts attempts: by itself, whatever fails in it, and beside who erases a person."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.accounts.services import erase_account
from lms.checks import checks
from lms.clock import now
from lms.db import db, write_unit
from lms.jobs.worker import run_due
from lms.quizzes.jobs import count_attempts
from lms.quizzes.models import QuizVersion
from lms.quizzes.question_types import Answer, register_types, registry
from lms.quizzes.question_types.single_choice import SingleChoice
from lms.quizzes.statistics import figures
from lms.quizzes.statistics.counting import count_next
from lms.quizzes.statistics.figures import Wanted
from lms.quizzes.statistics.gathering import waiting_at
from lms.quizzes.statistics.models import AnswerTally, CountedAttempt
from lms.quizzes.statistics.reading import kept_of
from tests.factories import make_person
from tests.page import PageClient
from tests.quizzes import RIGHT, make_quiz
from tests.statistics import choices, count_all, given_of, quiz_of, take
from tests.studio import make_trainer

pytestmark = pytest.mark.usefixtures("app")


def counted(quiz: QuizVersion) -> int:
    db.session.rollback()
    return figures.quiz_figures(kept_of(quiz_of(quiz)).cuts, Wanted()).attempts


def test_the_worker_counts_without_being_asked(app: Flask) -> None:
    quiz = make_quiz(choices(4))
    take(quiz, given_of("1100"))
    # Another test may have asked for the present slot, in a database that is no more.
    app.extensions.pop("lms_job_slots", None)
    run_due(app)
    assert counted(quiz) == 1


class Failing(SingleChoice):
    """A plugin's type that some answer makes fail when it is counted."""

    key = "failing_choice"

    def summary_keys(self, answer: Answer) -> Iterable[str]:
        if answer["options"] == ["b"]:
            raise KeyError("what she chose")
        return super().summary_keys(answer)


@pytest.fixture
def failing() -> Iterator[str]:
    """The key of a type that fails."""
    register_types([Failing()])
    yield Failing.key
    registry._types.pop(Failing.key)


def test_a_quiz_that_cannot_be_counted_stops_no_other(failing: str, caplog: pytest.LogCaptureFixture) -> None:
    broken, quiz = make_quiz([{**asked, "type": failing} for asked in choices(2)]), make_quiz(choices(4))
    take(broken, given_of("10"))
    take(quiz, given_of("1100"))
    with caplog.at_level("ERROR", "lms"):
        count_attempts({})
    assert counted(quiz) == 1
    assert waiting_at(quiz_of(broken)) == 1, "it is tried again"
    (told,) = caplog.records
    assert told.facts["error"] == "KeyError"  # type: ignore[attr-defined]
    assert not list(checks()["statistics"]())


def test_who_asks_for_counting_is_told_that_it_failed(failing: str, client: PageClient) -> None:
    quiz = make_quiz([{**asked, "type": failing} for asked in choices(2)])
    take(quiz, given_of("11"))
    count_all()
    take(quiz, given_of("10"))
    module, version = quiz.module_version.module, quiz.module_version
    client.sign_in(make_trainer())
    address = f"/en/studio/m/{module.public_id}/statistics/{version.number}/{quiz.key}/"
    page = client.follow(client.post(address)).text
    assert "could not be counted" in page
    assert "are being counted" not in page
    assert (counted(quiz), waiting_at(quiz_of(quiz))) == (1, 1)


def test_erasing_waits_for_whoever_counts_her_words(app: Flask) -> None:
    quiz, person = make_quiz(), make_person()
    take(quiz, {**RIGHT, "word": ["نامی که کس دیگری ننوشت"]}, person_id=person.id)
    db.session.rollback()

    def erase() -> None:
        with app.app_context():
            try:
                with write_unit() as session:
                    erase_account(session.get_one(Person, person.id), now())
            finally:
                db.session.remove()

    with ThreadPoolExecutor(1) as pool:
        with write_unit():
            count_next(now())
            erased = pool.submit(erase)
            # As long as it takes the other to come to her attempts: it must wait there.
            wait([erased], timeout=1)
        erased.result()
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(AnswerTally).where(AnswerTally.key.like("%ننوشت%"))) == 0
    assert db.session.scalar(select(func.count()).select_from(CountedAttempt)) == 0
    count_all()
    assert not list(checks()["statistics"]())
