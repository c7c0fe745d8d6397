"""Nothing that was acknowledged is lost, however the server ends. The long profile: `python -m benchmarks kills`."""

from random import Random

import pytest
from flask import Flask
from sqlalchemy import update

from lms.db import db, write_unit
from lms.quizzes.models import AttemptQuestion
from lms.settings import Settings
from tests.browser.server import Server
from tests.load.checks import faults
from tests.load.kills import Count, Round, take_one
from tests.load.people import asked
from tests.load.world import World, serving
from tests.postgres import free_port
from tests.quizzes import make_quiz


@pytest.fixture
def world(app: Flask, settings: Settings) -> World:
    quiz = make_quiz(asked(5), shuffle=True, attempts=0, pass_mark=95).public_id
    environment = {"DATABASE_URL": settings.database_url, "SECRET_KEY": settings.secret_key, "LMS_PLUGINS": ""}
    return World(app, Server(settings.data, free_port(), (), environment=environment), quiz)


def test_what_was_acknowledged_outlives_the_server(world: World) -> None:
    learners, order = world.learners(4), Random(1)
    for acknowledged in (30, 20):
        assert Round(world, learners, order).run(acknowledged, lambda: None) == []
    count = Count.of(learners)
    assert count.starts > 4
    assert count.submissions > 0


def test_a_lost_answer_is_seen(world: World) -> None:
    (learner,) = world.learners(1)
    with serving(world):
        learner.arrive()
        take_one(learner, Random(1))
        learner.connection.close()
    assert faults(world.app, [learner]) == []
    with write_unit() as session:
        session.execute(update(AttemptQuestion).where(AttemptQuestion.position == 3).values(answer=None))
    db.session.remove()
    assert faults(world.app, [learner])[0].startswith("answer 3 of")
