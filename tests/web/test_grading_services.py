"""Verdicts, claims and who may grade, on both databases."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.privacy import erase_parts, exported
from lms.clock import now, today
from lms.db import db, write_unit
from lms.errors import DomainError, NotAllowed
from lms.events.models import EventRow
from lms.grading.models import GradingTask, Stage, Verdict
from lms.grading.queries import Wanted, gradable, gradable_by, waiting_for
from lms.grading.services import LEASE, claim, claim_next, give_verdict, grade_again, release
from lms.organizations.queries import actor_of
from lms.progress.models import ModuleCompletion
from lms.quizzes.models import Attempt, AttemptState, QuizVersion
from lms.quizzes.queries import questions_of
from lms.security.actor import Role
from lms.security.predicates import grades
from lms.training.models import Module, ModuleVersion
from tests.factories import grant, make_member, make_network, make_organization, make_person
from tests.grading import HALF, HIGH, LOW, attempt_of, essay_quiz, hand_in, judge, take
from tests.queries import counted_statements
from tests.quizzes import begin, essay, finish, make_quiz
from tests.studio import make_trainer


@pytest.fixture
def graders(app: Flask) -> list[Person]:
    return [make_trainer() for _ in range(3)]


@pytest.fixture
def learner(app: Flask) -> Person:
    return make_person()


def test_the_last_verdict_grades_the_attempt_and_completes_the_module(graders: list[Person], learner: Person) -> None:
    task = hand_in(essay_quiz(), learner)
    assert attempt_of(task).state == AttemptState.SUBMITTED
    done = judge(task, graders[0], HALF, "خوب بود.")
    attempt = attempt_of(task)
    assert (done.stage, attempt.state, attempt.mark, attempt.passed) == (Stage.DONE, AttemptState.GRADED, 3, True)
    assert questions_of(attempt)[1].verdict == {"readings": [{"levels": HALF, "comment": "خوب بود."}]}
    emitted = select(EventRow).where(EventRow.payload["attempt_id"].as_integer() == attempt.id).order_by(EventRow.id)
    events = list(db.session.scalars(emitted))
    assert [event.name for event in events] == ["attempt_started", "attempt_submitted", "attempt_graded"]
    assert events[-1].actor_id == graders[0].id
    completed = db.session.scalar(select(ModuleCompletion).where(ModuleCompletion.person_id == learner.id))
    assert completed is not None


def test_two_readers_who_are_near_make_an_average(graders: list[Person], learner: Person) -> None:
    task = hand_in(essay_quiz(readers=2, difference=50), learner)
    assert judge(task, graders[0], HIGH).stage == Stage.SECOND
    assert attempt_of(task).state == AttemptState.SUBMITTED
    assert judge(task, graders[1], HALF).stage == Stage.DONE
    assert questions_of(attempt_of(task))[1].fraction == 0.75


def test_two_readers_who_are_apart_need_one_who_decides(graders: list[Person], learner: Person) -> None:
    task = hand_in(essay_quiz(readers=2, difference=49), learner)
    judge(task, graders[0], HIGH)
    assert judge(task, graders[1], HALF).stage == Stage.DECIDING
    for grader in graders[:2]:
        assert take(grader) is None
    assert judge(task, graders[2], LOW).stage == Stage.DONE
    assert questions_of(attempt_of(task))[1].fraction == 0
    assert len(list(db.session.scalars(select(Verdict).where(Verdict.task_id == task.id)))) == 3


def test_nobody_reads_an_answer_twice(graders: list[Person], learner: Person) -> None:
    task = hand_in(essay_quiz(readers=2), learner)
    judge(task, graders[0], HIGH)
    with pytest.raises(NotAllowed):
        judge(task, graders[0], LOW)
    assert take(graders[0]) is None
    assert take(graders[1]) is not None


@pytest.mark.parametrize("levels", [{}, {"clear": "high"}, {**HIGH, "useful": "best"}])
def test_a_verdict_without_a_level_is_refused(graders: list[Person], learner: Person, levels: dict[str, str]) -> None:
    task = hand_in(essay_quiz(), learner)
    with pytest.raises(DomainError) as refused:
        judge(task, graders[0], levels)
    assert refused.value.field in HIGH
    assert attempt_of(task).state == AttemptState.SUBMITTED


def test_who_comes_late_saves_nothing(graders: list[Person], learner: Person) -> None:
    task = hand_in(essay_quiz(readers=2), learner)
    judge(task, graders[0], HIGH)
    with pytest.raises(NotAllowed), write_unit():
        give_verdict(task.id, "first", LOW, "", actor=actor_of(graders[1].id), now=now())
    assert [each.purpose for each in db.session.scalars(select(Verdict).where(Verdict.task_id == task.id))] == ["first"]


def test_a_claim_lasts_as_long_as_its_lease(graders: list[Person], learner: Person) -> None:
    task = hand_in(essay_quiz(), learner)
    first, second = (actor_of(grader.id) for grader in graders[:2])
    mine = Wanted(question_id=questions_of(attempt_of(task))[1].question_version.question_id)
    with write_unit():
        assert claim_next(first, mine, now()) is not None
        assert claim_next(second, mine, now()) is None
        with pytest.raises(NotAllowed):
            claim(task.id, second, now())
        taken = claim_next(first, mine, now())
        assert taken is not None
        assert taken.id == task.id
        assert claim_next(second, mine, now() + LEASE + timedelta(seconds=1)) is not None
        with pytest.raises(NotAllowed):
            give_verdict(task.id, "first", HIGH, "", actor=first, now=now() + LEASE)
        release(task.id, second)
        assert claim_next(first, mine, now()) is not None


def test_two_who_ask_at_once_get_two_answers(app: Flask, graders: list[Person]) -> None:
    quiz = essay_quiz()
    tasks = {hand_in(quiz, make_person()).id for _ in range(2)}
    gate = threading.Barrier(2)
    got: list[int | None] = []

    def ask(grader_id: int) -> None:
        with app.app_context():
            actor = actor_of(grader_id)
            gate.wait()
            with write_unit():
                found = claim_next(actor, Wanted(quiz=(module_id, quiz_key)), now())
                got.append(found.id if found else None)
            db.session.remove()

    module_id, quiz_key = quiz.module_version.module_id, quiz.key
    threads = [threading.Thread(target=ask, args=(grader.id,)) for grader in graders[:2]]
    db.session.rollback()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(got) == tasks


def test_the_oldest_comes_first_or_an_attempt_as_a_whole(graders: list[Person]) -> None:
    two = [essay("one"), essay("two")]
    quiz = make_quiz(two)
    attempts = [finish(begin(quiz, make_person()), {"one": ["a"], "two": ["b"]}) for _ in range(2)]
    of_quiz = (quiz.module_version.module_id, quiz.key)

    def order(by_learner: bool) -> list[int]:
        seen: list[GradingTask] = []
        with write_unit() as session:
            for _ in range(4):
                last = seen[-1].attempt_id if seen and by_learner else None
                found = claim_next(actor_of(graders[0].id), Wanted(quiz=of_quiz, attempt_id=last), now())
                assert found is not None
                seen.append(found)
                found.claimed_by_id, found.claimed_until = graders[1].id, now() + LEASE
                session.flush()
            for each in seen:
                each.claimed_by_id = each.claimed_until = None
        return [each.attempt_id for each in seen]

    first, second = (attempt.id for attempt in attempts)
    assert order(by_learner=True) == [first, first, second, second]
    assert sorted(order(by_learner=False)) == [first, first, second, second]


def test_a_graded_answer_can_be_graded_again_and_all_is_kept(graders: list[Person], learner: Person) -> None:
    task = hand_in(essay_quiz(), learner)
    judge(task, graders[0], LOW)
    assert attempt_of(task).passed is False
    actor = actor_of(graders[1].id)
    with pytest.raises(DomainError), write_unit():
        grade_again(task.id, HIGH, "", " ", actor=actor, now=now())
    with write_unit():
        grade_again(task.id, HIGH, "سپاس", "خطای خواندن", actor=actor, now=now())
    attempt = attempt_of(task)
    assert (attempt.mark, attempt.passed) == (5, True)
    assert questions_of(attempt)[1].verdict == {"readings": [{"levels": HIGH, "comment": "سپاس"}]}
    said = db.session.scalars(select(Verdict).where(Verdict.task_id == task.id).order_by(Verdict.id))
    assert [(each.purpose, each.fraction) for each in said] == [("first", 0), ("regrade", 1)]
    assert db.session.scalar(select(ModuleCompletion).where(ModuleCompletion.person_id == learner.id)) is not None


def test_an_essay_without_a_rubric_is_graded_as_a_whole(graders: list[Person], learner: Person) -> None:
    plain = {**essay(), "structure": {}, "scoring": {}}
    attempt = finish(begin(make_quiz([plain]), learner), {"plan": ["A plan."]})
    task = db.session.scalars(select(GradingTask).where(GradingTask.attempt_id == attempt.id)).one()
    judge(task, graders[0], {"overall": "most"})
    assert attempt_of(task).mark == 3


def test_what_is_not_graded_cannot_be_graded_again(graders: list[Person], learner: Person) -> None:
    task = hand_in(essay_quiz(), learner)
    with pytest.raises(NotAllowed), write_unit():
        grade_again(task.id, HIGH, "", "why", actor=actor_of(graders[0].id), now=now())


PLACES = st.sampled_from(["none", "one", "two"])
ROLES = st.sampled_from([Role.TRAINER, Role.NETWORK_ADMIN])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(owner=PLACES, learns=PLACES, confirmed=st.booleans(), role=ROLES, over=PLACES, own=st.booleans())
def test_the_queue_shows_what_the_policy_allows(
    app: Flask, owner: str, learns: str, confirmed: bool, role: Role, over: str, own: bool
) -> None:
    networks = {"one": make_network(), "two": make_network()}
    network = networks.get(over)
    grader = make_person()
    if network is not None or role is Role.TRAINER:
        grant(grader, role, network=network)
    learner = grader if own else make_person()
    if learns in networks:
        when = now() if confirmed else None
        make_member(make_organization(networks[learns]), learner, confirmed_at=when)
    task = hand_in(essay_quiz(networks.get(owner)), learner)
    actor = actor_of(grader.id)
    found = gradable(task.public_id)
    assert found is not None
    shown = (
        select(GradingTask.id)
        .join(Attempt, Attempt.id == GradingTask.attempt_id)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .join(ModuleVersion, ModuleVersion.id == QuizVersion.module_version_id)
        .join(Module, Module.id == ModuleVersion.module_id)
        .where(GradingTask.id == task.id, gradable_by(actor, today()))
    )
    assert (db.session.scalar(shown) is not None) == grades(actor, found.scope())


def test_the_queue_costs_the_same_whatever_waits(graders: list[Person]) -> None:
    actor = actor_of(graders[0].id)

    def cost() -> int:
        with counted_statements() as seen:
            waiting_for(actor, now())
        return len(seen)

    hand_in(essay_quiz(), make_person())
    before = cost()
    for _ in range(3):
        quiz = essay_quiz()
        hand_in(quiz, make_person())
        hand_in(quiz, make_person())
    assert cost() == before


def test_what_was_said_leaves_with_her_account(graders: list[Person], learner: Person) -> None:
    done = judge(hand_in(essay_quiz(), learner), graders[0], HIGH, "برای مریم")
    waiting = hand_in(essay_quiz(readers=2), learner)
    address = waiting.public_id
    judge(waiting, graders[0], LOW, "نخست")
    verdicts = exported(learner)["verdicts"]
    assert [each["comment"] for each in verdicts] == ["برای مریم"]
    with write_unit():
        erase_parts(learner, now())
    assert gradable(address) is None
    assert db.session.scalars(select(Verdict.comment).where(Verdict.task_id == done.id)).one() == ""
    assert questions_of(attempt_of(done))[1].verdict is None
    assert attempt_of(done).mark == 5
