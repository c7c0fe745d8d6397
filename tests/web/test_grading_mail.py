"""A learner is told when people have graded what she wrote."""

import pytest
from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.db import db
from lms.jobs.models import Job
from tests.conftest import LANGUAGES
from tests.factories import make_person
from tests.grading import HIGH, attempt_of, essay_quiz, hand_in, judge
from tests.quizzes import RIGHT, begin, finish, make_quiz
from tests.studio import make_trainer


def sent_to(person: Person) -> list[dict[str, object]]:
    """The mails that wait to be sent to her."""
    jobs = db.session.scalars(select(Job).where(Job.kind == "mail").order_by(Job.id))
    return [job.arguments for job in jobs if job.arguments["to"] == person.email]


@pytest.mark.usefixtures("mail_on")
@pytest.mark.parametrize("language", LANGUAGES)
def test_she_is_told_once_all_of_it_is_graded(app: Flask, language: str) -> None:
    learner = make_person(language=language, email=f"m-{language}@example.org", email_key=f"m-{language}@example.org")
    task = hand_in(essay_quiz(readers=2), learner)
    judge(task, make_trainer(), HIGH)
    assert sent_to(learner) == []
    judge(task, make_trainer(), HIGH)
    (mail,) = sent_to(learner)
    assert (mail["template"], mail["language"]) == ("graded", language)
    values = mail["values"]
    assert isinstance(values, dict)
    assert values["link"] == f"http://localhost:8443/{language}/attempts/{attempt_of(task).public_id}/result"
    assert attempt_of(task).quiz.titles[language] in str(mail["subject"])


@pytest.mark.usefixtures("mail_on")
def test_no_mail_for_what_no_person_graded_or_to_an_address_that_nobody_confirmed(app: Flask) -> None:
    known = make_person(email="a@example.org", email_key="a@example.org")
    finish(begin(make_quiz(), known), RIGHT)
    unknown = make_person(email="b@example.org")
    judge(hand_in(essay_quiz(), unknown), make_trainer(), HIGH)
    assert sent_to(known) == []
    assert sent_to(unknown) == []
