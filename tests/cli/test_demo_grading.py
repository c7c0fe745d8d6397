"""The demonstration has something to grade, and a module that is as sound as any."""

from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.clock import now
from lms.db import db
from lms.demo import load_demo
from lms.demo.answers import HANDED
from lms.demo.grading import CONTENT
from lms.grading.models import GradingTask, Stage
from lms.grading.queries import waiting_for
from lms.organizations.queries import actor_of
from lms.quizzes.models import Attempt
from lms.quizzes.upload_models import Upload
from lms.training.checks import check_tree
from lms.training.tree import read_tree, write_tree


def account(name: str) -> Person:
    """Somebody of the demonstration."""
    return db.session.scalars(select(Person).where(Person.sign_in_name == name)).one()


def test_the_trainer_finds_answers_that_wait(app: Flask) -> None:
    load_demo(random_passwords=True)
    load_demo(random_passwords=True)
    files = sum(bool(handed.draft) for handed in HANDED)
    waiting = waiting_for(actor_of(account("trainer").id), now())
    assert sorted(row.count for row in waiting) == [files, len(HANDED)]
    assert all(row.due_at > now() for row in waiting), "nothing is overdue in a fresh demonstration"
    assert db.session.scalar(select(func.count()).select_from(Upload)) == files
    stages = set(db.session.scalars(select(GradingTask.stage)))
    assert stages == {Stage.FIRST}
    signed = select(Attempt).join(Person, Person.id == Attempt.person_id).where(Person.sign_in_name == "learner")
    assert db.session.scalars(signed).all() == [], "who is printed at start begins afresh"


def test_its_module_is_sound_and_stands_as_it_would_be_written(tmp_path: Path) -> None:
    tree = read_tree(CONTENT)
    assert check_tree(tree) == []
    write_tree(tree, tmp_path / "again")
    for file in sorted(path for path in CONTENT.rglob("*") if path.is_file()):
        assert (tmp_path / "again" / file.relative_to(CONTENT)).read_bytes() == file.read_bytes(), file
    assert len({question["type"] for question in tree.quizzes["practice"]["questions"]}) == 9
