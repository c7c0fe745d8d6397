"""What happened is told in the product, until it was looked at."""

import json
import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from lms.accounts.models import Notice, Person
from lms.accounts.services import erase_person, notify
from lms.clock import now
from lms.db import db, write_unit
from lms.learning.models import LessonReport
from lms.quizzes.queries import questions_of
from lms.quizzes.services import regrading
from lms.training.models import ModuleVersion
from tests.conftest import LANGUAGES
from tests.factories import add, make_network, make_person
from tests.grading import HALF, HIGH, attempt_of, essay_quiz, hand_in, judge, judge_again
from tests.page import PageClient
from tests.queries import counted_statements
from tests.quizzes import RIGHT, begin, finish, make_quiz, make_version, quiz_file
from tests.studio import make_trainer


def unread(person: Person) -> list[str]:
    """The kinds of what she has not looked at."""
    db.session.rollback()
    query = select(Notice.kind).where(Notice.person_id == person.id, Notice.read_at.is_(None)).order_by(Notice.id)
    return list(db.session.scalars(query))


def told_on(client: PageClient) -> list[str]:
    """What the page of notices names beside its button that puts all away."""
    return re.findall(r'name="notice" value="([^"]+)"', client.get("/en/notices").text)


def put_away(client: PageClient) -> None:
    """Press that button."""
    client.post("/en/notices/read", {"notice": told_on(client)})


def graded(learner: Person) -> str:
    """She handed an essay in and it was graded; gives the public id of the attempt."""
    task = hand_in(essay_quiz(), learner)
    judge(task, make_trainer(), HIGH)
    return attempt_of(task).public_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_tells_until_it_is_opened(client: PageClient, language: str) -> None:
    learner = make_person(language=language)
    attempt = graded(learner)
    client.sign_in(learner)
    page = client.get(f"/{language}/").text
    assert 'class="notice notice-new"' in page
    notice = db.session.scalars(select(Notice).where(Notice.person_id == learner.id)).one()
    assert f"/{language}/notices/{notice.public_id}" in page
    client.get(f"/{language}/notices")
    assert unread(learner) == ["attempt_graded"], "looking at the list opens nothing"
    answer = client.post(f"/{language}/notices/{notice.public_id}")
    assert answer.headers["Location"].endswith(f"/{language}/attempts/{attempt}/result")
    assert unread(learner) == []
    assert "notice-new" not in client.get(f"/{language}/").text
    assert f"/attempts/{attempt}/result" in client.get(f"/{language}/notices").text


def test_the_notice_says_quiz_and_score(client: PageClient) -> None:
    learner = make_person(language="en")
    graded(learner)
    page = client.sign_in(learner).get("/en/").text
    said = page.split('class="notice notice-new"')[1].split("</p>")[0]
    assert "Your answers in “<bdi>Final quiz</bdi>” were graded: " in said
    assert " of " in said


def test_nothing_is_told_of_what_no_person_graded(app: Flask) -> None:
    learner = make_person()
    finish(begin(make_quiz(), learner), RIGHT)
    assert unread(learner) == []


def test_two_readers_tell_once(app: Flask) -> None:
    learner = make_person()
    task = hand_in(essay_quiz(readers=2), learner)
    judge(task, make_trainer(), HIGH)
    assert unread(learner) == []
    judge(task, make_trainer(), HIGH)
    assert unread(learner) == ["attempt_graded"]


def test_grading_again_tells_of_the_new_result(client: PageClient) -> None:
    learner = make_person(language="en")
    task = hand_in(essay_quiz(), learner)
    judge(task, make_trainer(), HIGH)
    put_away(client.sign_in(learner))
    judge_again(task, make_trainer(), HALF)
    assert unread(learner) == ["attempt_marked_anew"]
    assert "marked anew: now" in client.get("/en/").text


def test_a_corrected_key_tells_those_whose_mark_moves(app: Flask) -> None:
    changed, same = make_person(), make_person()
    quiz = make_version(quiz_file())
    finish(begin(quiz, changed), RIGHT)
    finish(begin(quiz, same), {})
    version = db.session.get_one(ModuleVersion, quiz.module_version_id)
    asked = questions_of(begin(quiz, make_person()))[0].question_version
    scoring, trainer = {"correct": ["a"]}, make_trainer()
    with write_unit():
        regrade = regrading.begin_regrade(version.module, asked, scoring, actor_id=trainer.id, now=now())
        while regrading.step(regrade, now()):
            pass
        regrading.commit_regrade(regrade, actor_id=trainer.id, now=now())
        while regrading.step(regrade, now()):
            pass
    assert unread(changed) == ["attempt_marked_anew"]
    assert unread(same) == []


def test_what_is_told_twice_stands_once(app: Flask) -> None:
    learner = make_person()
    with write_unit():
        for _ in range(2):
            notify(learner.id, "attempt_graded", 7, now())
    assert unread(learner) == ["attempt_graded"]
    with pytest.raises(IntegrityError), write_unit() as session:
        session.add(Notice(person_id=learner.id, kind="attempt_graded", target_id=7))


def test_anothers_notice_is_not_there(client: PageClient) -> None:
    graded(owner := make_person())
    notice = db.session.scalars(select(Notice).where(Notice.person_id == owner.id)).one()
    client.sign_in(make_person()).post(f"/fa/notices/{notice.public_id}", status=404)
    client.get(f"/fa/notices/{notice.public_id}", status=405)
    assert unread(owner) == ["attempt_graded"]


def test_what_is_there_no_more_is_left_out(client: PageClient) -> None:
    learner = make_person(language="en")
    with write_unit():
        notify(learner.id, "attempt_graded", 10**8, now())
        notify(learner.id, "of_a_plugin_that_left", 1, now())
    client.sign_in(learner)
    assert "notice-new" not in client.get("/en/").text
    assert "No notices" in client.get("/en/notices").text
    put_away(client)
    assert unread(learner) == []


def test_only_those_are_put_away_that_the_page_told_of(client: PageClient) -> None:
    learner, other = make_person(language="en"), make_person()
    with write_unit():
        for target in range(3):
            notify(learner.id, "attempt_graded", target, now())
    told = told_on(client.sign_in(learner))
    assert len(told) == 3
    with write_unit():
        notify(learner.id, "attempt_graded", 2, now())
        notify(learner.id, "attempt_graded", 3, now() - timedelta(hours=1))
        notify(other.id, "attempt_graded", 4, now())
    hers = db.session.scalars(select(Notice.public_id).where(Notice.person_id == other.id)).one()
    client.post("/en/notices/read", {"notice": [*told, hers, "nothing", "\x00"]})
    db.session.rollback()
    left = select(Notice.target_id).where(Notice.read_at.is_(None)).order_by(Notice.target_id)
    assert db.session.scalars(left).all() == [2, 3, 4], "what was told anew, or later, and another's"
    assert 'name="notice"' in client.get("/en/notices").text
    client.post("/en/notices/read")
    assert unread(learner) == ["attempt_graded"] * 2, "who names none puts none away"


def test_home_costs_nothing_without_notices_and_the_same_however_many_there_are(client: PageClient) -> None:
    learner = make_person(language="en")
    client.sign_in(learner)

    def cost(path: str) -> int:
        client.get(path)
        with counted_statements() as seen:
            client.get(path)
        assert not any("UPDATE notice" in each for each in seen)
        return len(seen)

    nothing = cost("/en/")
    graded(learner)
    one, listed = cost("/en/"), cost("/en/notices")
    assert one == nothing + 2
    for _ in range(5):
        graded(learner)
    assert (cost("/en/"), cost("/en/notices")) == (one, listed)
    assert client.get("/en/").text.count("notice-new") == 3
    assert "All notices" in client.get("/en/").text


def test_notices_leave_with_the_person_and_come_with_her_data(client: PageClient) -> None:
    learner = make_person()
    graded(learner)
    client.sign_in(learner)
    with ZipFile(BytesIO(client.get("/en/account/my-data/download").data)) as archive:
        (notice,) = json.loads(archive.read("my-data.json"))["notices"]
    assert notice["notice"] == "Your answers were graded"
    assert notice["seen_at"] is None
    with write_unit():
        erase_person(db.session.get_one(Person, learner.id), now())
    assert db.session.scalar(select(func.count()).where(Notice.person_id == learner.id)) == 0


def test_trainers_see_how_much_waits(client: PageClient) -> None:
    network = make_network()
    trainer, quiz = make_trainer(network), essay_quiz(network)
    client.sign_in(trainer)
    assert 'class="count"' not in client.get("/en/").text
    for _ in range(2):
        hand_in(quiz, make_person())
    version = db.session.get_one(ModuleVersion, quiz.module_version_id)
    report = LessonReport(module_id=version.module_id, version_id=version.id, lesson_key="one", language="en", text="?")
    add(report)
    page = client.get("/en/").text
    assert waiting_at(page, "/en/grading/") == "2"
    assert waiting_at(page, "/en/studio/") == "1"
    assert waiting_at(client.get("/en/studio/").text, "/en/studio/reports") == "1"
    assert 'class="count"' not in client.sign_in(make_trainer(make_network())).get("/en/").text


def waiting_at(page: str, address: str) -> str:
    """The number beside a link."""
    return page.split(f'href="{address}"')[1].split("</a>", maxsplit=1)[0].split("</span>")[-2].strip()
