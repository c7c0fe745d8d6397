"""Marking answers anew after a key was changed: a preview, one commit, and a history."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.checks import checks
from lms.db import db
from lms.jobs.models import Job
from lms.organizations.models import Network
from lms.progress.models import ModuleCompletion
from lms.quizzes.jobs import regrade as regrade_job
from lms.quizzes.models import Attempt, QuestionScoring, QuizVersion
from lms.quizzes.policy_models import MarkChange, Regrade, RegradeState
from lms.quizzes.queries import questions_of
from lms.quizzes.services import regrading
from lms.training.models import Module, ModuleVersion
from tests.factories import add, make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.quizzes import RIGHT, WRONG, begin, finish, key_of, make_version, questions, quiz_file
from tests.statistics import choices, count_all
from tests.studio import make_trainer

FIRST_ONLY = {"first-use": ["b"]}
WITHOUT_FIRST = {**RIGHT, "first-use": ["a"]}


@pytest.fixture
def network() -> Network:
    return make_network()


@pytest.fixture
def module(network: Network) -> Module:
    row: Module = add(Module(key=f"keyed-{network.id}", titles={"fa": "ماژول", "en": "Keyed"}, network_id=network.id))
    return row


@pytest.fixture
def trainer(client: PageClient, network: Network) -> PageClient:
    return client.sign_in(make_trainer(network))


def learner(network: Network, name: str = "سارا", *, shares: bool = True) -> Person:
    return make_member(make_organization(network, shares_names=shares), make_person(display_name=name))


def changed_key() -> list[dict[str, Any]]:
    """The first question's key is the other option."""
    return [{**asked, "scoring": {"correct": ["a"]}} if asked["id"] == "first-use" else asked for asked in questions()]


def publish_new_key(quiz: QuizVersion, **rules: Any) -> QuizVersion:
    version = db.session.get_one(ModuleVersion, quiz.module_version_id)
    stored: QuizVersion = make_version(quiz_file(changed_key(), **rules), version.module, version)
    return stored


def look(trainer: PageClient, module: Module, language: str = "en") -> str:
    """Begin; gives the address of the preview."""
    home = f"/{language}/studio/m/{module.public_id}/regrading"
    page = trainer.get(home).text
    uid = page.split('name="question" value="')[1].split('"')[0]
    return str(trainer.post(home, {"question": uid}).headers["Location"])


def fresh(attempt: Attempt) -> Attempt:
    db.session.rollback()
    db.session.refresh(attempt)
    return attempt


def the_regrade() -> Regrade:
    db.session.rollback()
    return db.session.scalars(select(Regrade).order_by(Regrade.id.desc())).first() or Regrade()


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_a_preview_tells_whose_mark_changes_and_changes_nothing(
    trainer: PageClient, network: Network, module: Module, language: str
) -> None:
    quiz = make_version(quiz_file(), module)
    up, down = learner(network, "سارا"), learner(network, "Hidden", shares=False)
    won, lost = finish(begin(quiz, up), WITHOUT_FIRST), finish(begin(quiz, down), FIRST_ONLY)
    publish_new_key(quiz)
    page = trainer.get(look(trainer, module, language)).text
    assert "سارا" in page
    assert "Hidden" not in page
    assert (fresh(won).mark, fresh(lost).mark) == (4, 1)
    assert the_regrade().state == RegradeState.READY
    changes = db.session.scalars(select(MarkChange).order_by(MarkChange.id)).all()
    assert [(one.mark_before, one.mark_after, one.applied_at) for one in changes] == [(4, 5, None), (1, 0, None)]


def test_statistics_count_again_whatever_changes(trainer: PageClient, network: Network, module: Module) -> None:
    """By the mean of attempts a later one passes, too, whose own answers nobody touches."""
    asked = [{**one, "tags": ["drawn"]} for one in choices(2)]
    rules: dict[str, Any] = {"draws": [{"tag": "drawn", "count": 1}], "grade_rule": "average", "pass_mark": 60}
    quiz, person = make_version(quiz_file(asked, **rules), module), learner(network)
    first = finish(begin(quiz, person), {"q0": ["b"], "q1": ["b"]})
    later = finish(begin(quiz, person), {"q0": ["a"], "q1": ["a"]})
    (wrong,) = map(key_of, questions_of(first))
    assert [key_of(one) for one in questions_of(later)] != [wrong]
    count_all()
    new_key = [{**one, "scoring": {"correct": ["b"]}} if one["id"] == wrong else one for one in asked]
    version = db.session.get_one(ModuleVersion, quiz.module_version_id)
    make_version(quiz_file(new_key, **rules), version.module, version)
    trainer.post(look(trainer, module), {})
    assert (fresh(first).passed, fresh(later).passed, later.mark) == (True, True, 1)
    assert not list(checks()["statistics"]())
    count_all()
    assert not list(checks()["statistics"]())


def test_one_commit_marks_all_anew_and_keeps_what_was(trainer: PageClient, network: Network, module: Module) -> None:
    quiz = make_version(quiz_file(), module)
    attempt, under_way = finish(begin(quiz, learner(network)), WITHOUT_FIRST), begin(quiz, learner(network))
    publish_new_key(quiz)
    address = look(trainer, module)
    assert "Marked anew" in trainer.follow(trainer.post(address, {})).text
    assert (fresh(attempt).mark, attempt.standing, attempt.passed) == (5, 1, True)
    first = next(one for one in questions_of(attempt) if key_of(one) == "first-use")
    assert (first.fraction, first.scoring.number) == (1, 2)
    numbers = select(QuestionScoring.number).where(QuestionScoring.question_version_id == first.question_version_id)
    assert list(db.session.scalars(numbers.order_by(QuestionScoring.number))) == [1, 2], "the old key is kept"
    assert finish(under_way, WITHOUT_FIRST).mark == 5, "an attempt under way is marked by the new key"
    (change,) = db.session.scalars(select(MarkChange)).all()
    assert (change.mark_before, change.mark_after) == (4, 5)
    assert change.applied_at is not None
    assert (
        "are marked by the keys as they are published" in trainer.get(f"/en/studio/m/{module.public_id}/regrading").text
    )


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_a_learner_sees_that_her_attempt_was_marked_anew(
    app: Flask, trainer: PageClient, network: Network, module: Module, language: str
) -> None:
    quiz, person = make_version(quiz_file(), module), learner(network)
    attempt = finish(begin(quiz, person), WITHOUT_FIRST)
    publish_new_key(quiz)
    trainer.post(look(trainer, module), {})
    page = PageClient(app).sign_in(person).get(f"/{language}/attempts/{attempt.public_id}/result").text
    told = {"fa": "از نو نمره گرفت", "ar": "أُعيد تصحيح", "en": "marked anew"}[language]
    assert told in page


def test_who_passes_now_completes_the_module_and_who_does_not_keeps_it(
    trainer: PageClient, network: Network, module: Module
) -> None:
    quiz = make_version(quiz_file(pass_mark=100), module)
    loses, wins = learner(network), learner(network)
    first, second = finish(begin(quiz, loses), RIGHT), finish(begin(quiz, wins), WITHOUT_FIRST)
    done = select(func.count()).select_from(ModuleCompletion).where(ModuleCompletion.module_id == module.id)
    assert db.session.scalar(done) == 1
    publish_new_key(quiz, pass_mark=100)
    address = look(trainer, module)
    assert "1 person has completed the module with a mark that passes no more" in trainer.get(address).text
    trainer.post(address, {})
    assert (fresh(first).passed, fresh(second).passed) == (False, True)
    assert db.session.scalar(done) == 2, "one more, and none taken away"


def test_a_rule_is_followed_through_all_attempts_of_a_person(
    trainer: PageClient, network: Network, module: Module
) -> None:
    quiz, person = make_version(quiz_file(grade_rule="first", pass_mark=60), module), learner(network)
    three = {key: RIGHT[key] for key in ("first-use", "needs")}
    one, two = (
        finish(begin(quiz, person), {**three, "first-use": ["a"], "votes": ["8"]}),
        finish(begin(quiz, person), WRONG),
    )
    assert (one.passed, two.passed) == (False, False)
    publish_new_key(quiz, grade_rule="first", pass_mark=60)
    trainer.post(look(trainer, module), {})
    assert (fresh(one).mark, one.passed) == (3, True)
    assert fresh(two).standing == pytest.approx(3 / 5)
    assert two.passed, "the first one counts"


def test_a_preview_can_be_dropped_and_begun_again(trainer: PageClient, network: Network, module: Module) -> None:
    quiz = make_version(quiz_file(), module)
    attempt = finish(begin(quiz, learner(network)), WITHOUT_FIRST)
    publish_new_key(quiz)
    address = look(trainer, module)
    trainer.post(f"{address}drop", {})
    assert the_regrade().state == RegradeState.DROPPED
    assert "cannot be done now" in trainer.follow(trainer.post(address, {})).text
    assert fresh(attempt).mark == 4
    again = look(trainer, module)
    trainer.post(again, {})
    trainer.post(again, {})
    trainer.post(f"{again}drop", {})
    assert fresh(attempt).mark == 5
    assert db.session.scalar(select(func.count()).select_from(MarkChange)) == 1


def test_many_answers_are_marked_by_a_job(
    trainer: PageClient, network: Network, module: Module, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regrading, "PEOPLE_AT_ONCE", 1)
    quiz = make_version(quiz_file(), module)
    attempts = [finish(begin(quiz, learner(network)), WITHOUT_FIRST) for _ in range(4)]
    publish_new_key(quiz)
    address = look(trainer, module)
    assert "Looked through the answers of 2 of 4 people" in trainer.get(address).text
    trainer.post(address, {})
    assert {fresh(attempt).mark for attempt in attempts} == {4}, "not before all was seen"
    run_jobs()
    trainer.post(address, {})
    assert sorted(fresh(attempt).mark or 0 for attempt in attempts) == [4, 4, 5, 5]
    run_jobs()
    assert {fresh(attempt).mark for attempt in attempts} == {5}
    assert the_regrade().state == RegradeState.DONE
    run_jobs()
    assert {fresh(attempt).mark for attempt in attempts} == {5}, "once more changes nothing"


def run_jobs() -> None:
    db.session.rollback()
    for job in db.session.scalars(select(Job).where(Job.kind == "regrade").order_by(Job.id)).all():
        regrade_job(job.arguments)


def test_statements_do_not_grow_with_answers(trainer: PageClient, network: Network, module: Module) -> None:
    quiz, counts = make_version(quiz_file(), module), []
    finish(begin(quiz, learner(network)), WITHOUT_FIRST)
    corrected = publish_new_key(quiz)
    for _ in range(2):
        address = look(trainer, module)
        with counted_statements() as statements:
            trainer.get(address)
        counts.append(len(statements))
        trainer.post(f"{address}drop", {})
        for _more in range(3):
            attempt = begin(corrected, learner(network))
            finish(attempt, WITHOUT_FIRST)
    assert counts[0] == counts[1]


def test_a_plugins_module_is_not_marked_anew_here(trainer: PageClient, module: Module) -> None:
    finish(begin(make_version(quiz_file(), module), make_person()), RIGHT)
    trainer.post(f"/en/studio/m/{module.public_id}/regrading", {"question": "0"}, 404)
