"""An installation of its own, with a quiz and learners who are signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from lms import create_app, read_settings
from lms.db import db
from lms.upgrade import upgrade
from tests.browser.server import Server
from tests.load.learner import Learner
from tests.load.people import asked, signed_in
from tests.postgres import free_port
from tests.quizzes import make_quiz


@dataclass
class World:
    """The installation, before and while a server serves it."""

    app: Flask
    server: Server
    quiz: str

    def learners(self, number: int) -> list[Learner]:
        """New learners."""
        return learners_of(self.app, self.server.port, self.quiz, number)


def learners_of(app: Flask, port: int, quiz: str, number: int) -> list[Learner]:
    """New learners of an installation, who ask at a port."""
    with app.app_context():
        tokens = signed_in(number)
        db.session.remove()
    return [Learner(port, token, quiz) for token in tokens]


def build(folder: Path, *, questions: int, database_url: str = "", command: tuple[str, ...] = ()) -> World:
    """Make the database and a quiz of so many questions on one page; the server is not started yet.

    Its pass mark is out of reach of who guesses: whoever has passed may not start again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    environment = {"DATABASE_URL": database_url, "LMS_PLUGINS": ""}
    port = free_port()
    app = create_app(read_settings({**environment, "LMS_DATA": str(folder / "data"), "PORT": str(port)}))
    with app.app_context():
        upgrade(db.engine)
        quiz = make_quiz(asked(questions), shuffle=True, attempts=0, pass_mark=95).public_id
        db.session.remove()
    server = Server(folder / "data", port, (), environment=environment, command=command or ("lms", "start"))
    return World(app, server, quiz)


@contextmanager
def serving(world: World) -> Iterator[World]:
    """Serve it inside the block."""
    world.server.start()
    try:
        yield world
    finally:
        world.server.kill()
