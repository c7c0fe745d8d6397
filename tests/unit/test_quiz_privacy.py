"""What is kept of a person's quizzes."""

import pytest

from lms.accounts.privacy import exported
from lms.clock import now
from lms.db import db, write_unit
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.quizzes.models import Response
from lms.quizzes.privacy import forget_words
from lms.quizzes.queries import questions_of
from tests.factories import make_person
from tests.quizzes import RIGHT, begin, finish, make_quiz

pytestmark = pytest.mark.usefixtures("app")


def test_a_download_holds_every_attempt_and_answer() -> None:
    person = make_person()
    finish(begin(make_quiz(), person), RIGHT)
    finish(begin(make_quiz(), make_person()), RIGHT)
    with reading_as(Formatter("en")):
        data = exported(person)
    (attempt,) = data["attempts"]
    assert (attempt["quiz"], attempt["mark"], attempt["of"], attempt["passed"]) == ("Final quiz", 5, 5, True)
    said = [answer["answer"] for answer in data["answers"]]
    assert said == ["Option b", "Option a; Option c", "False", "شبکه‌سازی", "8"]


def test_erasing_takes_away_her_words_and_leaves_what_they_were_worth() -> None:
    person, other = make_person(), make_person()
    hers, theirs = (finish(begin(make_quiz(), one), RIGHT) for one in (person, other))
    with write_unit():
        forget_words(person, now())
    assert [one.answer is None for one in questions_of(hers)] == [False, False, False, True, False]
    assert all(one.fraction == 1 for one in questions_of(hers))
    assert all(one.answer for one in questions_of(theirs))
    kept = db.session.query(Response).filter(Response.attempt_id == hers.id, Response.answer.is_(None)).count()
    assert kept == 1
