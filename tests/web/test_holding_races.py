"""Who closes or marks attempts holds organizations before people: never so that two wait for one another."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.holding import hold_people
from lms.organizations.models import Organization
from lms.quizzes.models import Attempt, QuizVersion
from lms.quizzes.policy_models import Regrade
from lms.quizzes.services import begin_regrade, close_expired, commit_regrade, step_regrade
from lms.quizzes.services.starting import start_attempt
from lms.training.models import Module
from tests.factories import make_member, make_network, make_organization
from tests.gains import answer, gains_of, publish, quiz_of, read_lesson, right, tree_with_entry
from tests.meeting import meet
from tests.quizzes import answer_all, begin

START = now() - timedelta(hours=3)


@pytest.fixture
def module(app: Flask) -> Module:
    tree = tree_with_entry("timed")
    tree.quizzes["final"]["time_limit"] = 10
    return publish(tree)


@pytest.fixture
def organizations(app: Flask) -> list[Organization]:
    network = make_network()
    return [make_organization(network), make_organization(network)]


@pytest.fixture
def learners(organizations: list[Organization], module: Module) -> list[Person]:
    """Two, each of one organization, who have answered before and read."""
    people = [make_member(each) for each in organizations]
    for person in people:
        answer(person, module, "entry", 1, START)
        read_lesson(person, module, START + timedelta(minutes=1))
    return people


def leave_open(person: Person, module: Module) -> None:
    """An attempt whose time is up; it fails."""
    at = START + timedelta(minutes=2)
    answer_all(begin(quiz_of(module, "final"), person, at), right(2), at)


def at_once(app: Flask, deed: Callable[[], Any], organization_id: int, person_id: int) -> None:
    """Do it while another deed holds the organization, and is about to hold the person."""

    def hold() -> None:
        db.session.execute(select(Organization.id).where(Organization.id == organization_id).with_for_update())

    meet(app, hold, deed, then=lambda: hold_people([person_id]))


def test_starting_closes_the_attempt_whose_time_is_up(
    app: Flask, module: Module, organizations: list[Organization], learners: list[Person]
) -> None:
    learner = learners[0]
    leave_open(learner, module)
    quiz_id, person_id = quiz_of(module, "final").id, learner.id

    def starts() -> None:
        start_attempt(person_id, db.session.get_one(QuizVersion, quiz_id), "fa", now())

    at_once(app, starts, organizations[0].id, person_id)
    assert gains_of(learner) == [(200, 400)]
    query = select(Attempt.number).join(Attempt.quiz).where(Attempt.person_id == person_id, QuizVersion.key == "final")
    assert db.session.scalars(query.order_by(Attempt.number)).all() == [1, 2]


def test_of_two_who_start_at_once_one_starts(app: Flask, module: Module, learners: list[Person]) -> None:
    quiz_id, person_id = quiz_of(module, "final").id, learners[0].id
    numbers = []

    def starts() -> None:
        numbers.append(start_attempt(person_id, db.session.get_one(QuizVersion, quiz_id), "fa", now()).number)

    meet(app, starts, starts)
    assert numbers == [1, 1]


def test_the_worker_closes_attempts_of_many(
    app: Flask, module: Module, organizations: list[Organization], learners: list[Person]
) -> None:
    for learner in learners:
        leave_open(learner, module)
    at_once(app, lambda: close_expired(now()), organizations[1].id, learners[0].id)
    assert [gains_of(each) for each in learners] == [[(200, 400)]] * 2


def test_the_worker_marks_attempts_of_many_anew(
    app: Flask, module: Module, organizations: list[Organization], learners: list[Person]
) -> None:
    for learner in learners:
        answer(learner, module, "final", 3, START + timedelta(minutes=2))
    regrade_id = regrade_begun(module, learners[0])

    def marks_anew() -> None:
        assert step_regrade(db.session.get_one(Regrade, regrade_id), now())

    at_once(app, marks_anew, organizations[1].id, learners[0].id)
    assert [gains_of(each) for each in learners] == [[(200, 400)]] * 2


def regrade_begun(module: Module, actor: Person) -> int:
    """The id of one that waits to be done: what was right is wrong."""
    quiz = quiz_of(module, "final")
    version = next(each.question_version for each in quiz.questions if each.question_version.type == "single_choice")
    deed: dict[str, Any] = {"actor_id": actor.id, "now": now()}
    with write_unit():
        regrade = begin_regrade(quiz.module_version.module, version, {"correct": ["a"]}, **deed)
        while step_regrade(regrade, now()):
            pass
        commit_regrade(regrade, **deed)
        return regrade.id
