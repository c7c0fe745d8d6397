"""Starting and submitting by their buttons: which correction of a quiz it is, and what it costs."""

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.db import db
from lms.quizzes.models import Attempt, AttemptState
from tests.factories import make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.quizzes import WRONG, finish, make_quiz, make_version, questions, quiz_file


@pytest.fixture
def learner() -> Person:
    return make_person(language="fa")


@pytest.fixture
def browser(client: PageClient, learner: Person) -> PageClient:
    return client.sign_in(learner)


def under_way(learner: Person) -> Attempt:
    db.session.rollback()
    query = select(Attempt).where(Attempt.person_id == learner.id, Attempt.state == AttemptState.OPEN)
    return db.session.scalars(query).one()


def statements(browser: PageClient, address: str) -> list[str]:
    """What posting there asks the database; waiting for her other starts, which only PostgreSQL needs, is left out."""
    with counted_statements() as seen:
        browser.post(address)
    return sorted(statement.split()[0] for statement in seen if "pg_advisory" not in statement)


def test_statements_do_not_grow_with_the_questions(browser: PageClient, learner: Person) -> None:
    once = questions()
    for asked in (once, [*once, *({**each, "id": f"{each['id']}-2"} for each in once)]):
        start = f"/fa/quizzes/{make_quiz(asked, attempts=3).public_id}/attempts"
        browser.post(start)
        finish(under_way(learner), WRONG)
        assert statements(browser, start) == ["INSERT"] * 3 + ["SELECT"] * 3
        submit = f"/fa/attempts/{under_way(learner).public_id}/submit"
        # The attempts before this one are looked at too: that is one.
        assert statements(browser, submit) == ["INSERT"] + ["SELECT"] * 5 + ["UPDATE"] * 2


def test_the_address_of_a_quiz_starts_its_newest_correction(browser: PageClient, learner: Person) -> None:
    first = make_quiz(pass_mark=60)
    version, start = first.module_version, f"/fa/quizzes/{first.public_id}/attempts"
    browser.post(start)
    finish(under_way(learner), WRONG)
    corrected = make_version(quiz_file(pass_mark=70), version.module, version)
    make_version(quiz_file(pass_mark=80), version.module)
    browser.post(start)
    started = under_way(learner)
    assert (started.quiz_version_id, started.pass_mark, started.number) == (corrected.id, 70, 2)
    browser.post(start)
    assert under_way(learner).id == started.id, "the one under way, by whichever of its addresses"
