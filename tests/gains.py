"""Makers of modules that ask before their lessons and after them, and of people who answer."""

import copy
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from lms.accounts.models import Person
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.holding import hold_with_organizations
from lms.progress.gains import keep_gain
from lms.progress.models import Gain
from lms.progress.services import complete_lesson, enrol
from lms.quizzes.models import Attempt, QuizVersion
from lms.training.checks import check_tree
from lms.training.models import Module
from lms.training.publishing import render_tree
from lms.training.services import import_module
from lms.training.tree import Tree
from tests.content import make_lesson, make_tree, texts
from tests.quizzes import RIGHT, begin, finish, quiz_file

KEYS = list(RIGHT)
"""Of the questions, five of one mark each."""
_number = count(1)


def tree_with_entry(key: str = "compared", **rules: Any) -> Tree:
    """A module of one lesson, an entry quiz before it and the one that it is compared with after it."""
    entry = {**quiz_file(id="entry", title=texts("What do you know already")), **rules}
    sequence = [
        {"quiz": "entry", "before": "final", "required": False},
        {"lesson": "origin", "required": True},
        {"quiz": "final", "required": True},
    ]
    tree = make_tree(key, sequence=sequence, title=texts(key))
    return Tree(tree.manifest, {"origin": make_lesson("origin")}, {"entry": entry, "final": quiz_file()})


def publish(tree: Tree, *, update: bool = False) -> Module:
    """Check and publish a module of the site."""
    assert check_tree(tree) == []
    rendered = render_tree(tree)
    with write_unit():
        version = import_module(rendered, update=update, actor_id=None, now=now())
        assert version is not None
        module_id = version.module_id
    return db.session.get_one(Module, module_id)


def make_compared() -> Module:
    """A published module with an entry quiz."""
    return publish(tree_with_entry(f"compared-{next(_number)}"))


def again(module: Module, **manifest: Any) -> Tree:
    """The module's tree as it is now, its own copy, to be published anew."""
    tree = tree_with_entry(module.key)
    return copy.deepcopy(Tree({**tree.manifest, **manifest}, tree.lessons, tree.quizzes))


def quiz_of(module: Module, key: str) -> QuizVersion:
    """A quiz of the module's current version."""
    current = db.session.get_one(Module, module.id).current_version_id
    query = select(QuizVersion).where(QuizVersion.module_version_id == current, QuizVersion.key == key)
    return db.session.scalars(query).one()


def right(number: int) -> dict[str, list[str]]:
    """Answers of which so many of the five are right."""
    return {key: RIGHT[key] for key in KEYS[:number]}


def answer(person: Person, module: Module, key: str, number: int, at: datetime | None = None) -> Attempt:
    """Take a quiz of the module, with so many of five questions right."""
    return finish(begin(quiz_of(module, key), person, at), right(number), at)


def read_lesson(person: Person, module: Module, at: datetime | None = None) -> None:
    """Read the module's lesson."""
    with write_unit() as session:
        found = session.get_one(Module, module.id)
        complete_lesson(enrol(person.id, found, at or now()), "origin", "fa", at or now())


def learn(person: Person, module: Module, before: int, after: int) -> None:
    """Answer before, read, answer after, an hour apart."""
    at = now() - timedelta(hours=3)
    answer(person, module, "entry", before, at)
    read_lesson(person, module, at + timedelta(hours=1))
    answer(person, module, "final", after, at + timedelta(hours=2))


def gain(person_id: int, module_id: int, before: int, after: int) -> None:
    """A gain as a bare fact, told as progress tells it."""
    edition = db.session.get_one(Module, module_id).current_version_id or 0
    hold_with_organizations([person_id])
    fact = Gain(person_id=person_id, module_id=module_id, edition_id=edition, occurred_at=now())
    keep_gain(fact, before, after, actor_id=person_id, now=now())


def gains_of(person: Person) -> list[tuple[int, int]]:
    """What is kept of a person."""
    db.session.rollback()
    rows = db.session.execute(select(Gain.before, Gain.after).where(Gain.person_id == person.id))
    return [(row.before, row.after) for row in rows]
