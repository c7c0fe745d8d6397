"""Before and after: what is kept of the two quizzes, when, and what of them counts nowhere."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from lms.accounts.models import Person
from lms.accounts.services.erasing import erase_person
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import NotAllowed
from lms.events.models import EventRow
from lms.progress.gain_checks import repair_gains, wrong_gains
from lms.progress.models import Enrolment, Gain, ModuleCompletion
from lms.progress.privacy import learning_of
from lms.progress.queries import module_state
from lms.quizzes.models import QuizVersion
from lms.quizzes.policy_models import Accommodation
from lms.quizzes.services import begin_regrade, commit_regrade, step_regrade, submit
from lms.reports.counters import differences
from lms.reports.counters import repair as repair_counters
from lms.reports.queries.persons import tries_of
from lms.training.models import Module
from tests.certification import complete
from tests.factories import add, make_member, make_network, make_organization, make_person
from tests.gains import again, answer, gain, gains_of, learn, make_compared, publish, quiz_of, read_lesson, right
from tests.quizzes import begin, finish


@pytest.fixture
def module(app: Flask) -> Module:
    return make_compared()


@pytest.fixture
def learner(app: Flask) -> Person:
    return make_member(make_organization(make_network()))


def test_an_entry_quiz_has_its_rules_whatever_its_file_says(module: Module) -> None:
    entry, final = quiz_of(module, "entry"), quiz_of(module, "final")
    rules = entry.before, entry.required, entry.pass_mark, entry.max_attempts, entry.show_key
    assert rules == ("final", False, 0, 1, "never")
    assert (final.before, final.required, final.pass_mark, final.max_attempts) == (None, True, 60, 3)


def test_both_answered_are_a_gain(module: Module, learner: Person) -> None:
    learn(learner, module, 2, 4)
    assert gains_of(learner) == [(400, 800)]
    named = db.session.scalars(select(EventRow).where(EventRow.name == "gain_noted")).one().payload
    assert (named["before"], named["after"], named["was"]) == (400, 800, None)
    assert not list(differences())


def test_of_the_second_quiz_the_first_attempt_counts(module: Module, learner: Person) -> None:
    answer(learner, module, "entry", 1)
    answer(learner, module, "final", 2)
    answer(learner, module, "final", 5)
    assert gains_of(learner) == [(200, 400)]


@pytest.mark.parametrize("key", ["entry", "final"])
def test_one_alone_is_no_gain(module: Module, learner: Person, key: str) -> None:
    answer(learner, module, key, 3)
    assert gains_of(learner) == []


def test_what_was_begun_before_and_submitted_after_a_lesson_does_not_count(module: Module, learner: Person) -> None:
    attempt = begin(quiz_of(module, "entry"), learner, now() - timedelta(hours=3))
    read_lesson(learner, module, now() - timedelta(hours=2))
    with write_unit():
        submit(attempt.id, "fa", now() - timedelta(hours=1))
    answer(learner, module, "final", 5)
    assert gains_of(learner) == []


def test_what_was_submitted_after_the_other_quiz_was_begun_does_not_count(module: Module, learner: Person) -> None:
    entry = begin(quiz_of(module, "entry"), learner, now() - timedelta(hours=3))
    answer(learner, module, "final", 1, now() - timedelta(hours=2))
    finish(entry, right(5), now() - timedelta(hours=1))
    assert gains_of(learner) == []


def test_what_was_submitted_after_the_module_was_completed_does_not_count(module: Module, learner: Person) -> None:
    entry = begin(quiz_of(module, "entry"), learner, now() - timedelta(hours=3))
    complete(learner, module, now() - timedelta(days=400))
    finish(entry, right(3), now() - timedelta(hours=2))
    answer(learner, module, "final", 5)
    assert gains_of(learner) == []
    assert not list(wrong_gains())


def test_it_is_taken_once(module: Module, learner: Person) -> None:
    entry = quiz_of(module, "entry")
    add(Accommodation(module_id=module.id, person_id=learner.id, extra_attempts=5))
    answer(learner, module, "entry", 0)
    with pytest.raises(NotAllowed):
        begin(entry, learner)


def test_it_is_not_offered_once_a_lesson_is_read(module: Module, learner: Person) -> None:
    read_lesson(learner, module)
    with pytest.raises(NotAllowed):
        begin(quiz_of(module, "entry"), learner)


def test_it_is_not_offered_once_the_module_is_completed(module: Module, learner: Person) -> None:
    complete(learner, module, now() - timedelta(days=400))
    assert is_left_out(module, learner)
    with pytest.raises(NotAllowed):
        begin(quiz_of(module, "entry"), learner)


def test_it_is_not_offered_once_the_other_quiz_is_begun(module: Module, learner: Person) -> None:
    final = begin(quiz_of(module, "final"), learner)
    assert is_left_out(module, learner)
    finish(final, right(1))
    assert is_left_out(module, learner)
    with pytest.raises(NotAllowed):
        begin(quiz_of(module, "entry"), learner)


def is_left_out(module: Module, learner: Person) -> bool:
    """Whether the pages count the entry quiz as left out."""
    db.session.rollback()
    state = module_state(learner.id, module.public_id)
    assert state is not None
    assert state.entry is not None
    return state.entry.is_over


def test_it_counts_for_nothing(module: Module, learner: Person) -> None:
    answer(learner, module, "entry", 0)
    assert db.session.scalar(select(func.count()).select_from(ModuleCompletion)) == 0
    state = module_state(learner.id, module.public_id)
    assert state is not None
    assert (state.items_done, state.items_counted, state.share_done) == (0, 2, 0)
    read_lesson(learner, module)
    answer(learner, module, "final", 3)
    assert db.session.scalars(select(ModuleCompletion.score)).all() == [0.6]


def test_nobody_else_reads_what_it_is_worth(module: Module, learner: Person) -> None:
    learn(learner, module, 1, 4)
    assert [each.mark for each in tries_of(learner.id, [module.id], details=True)] == [4]


def test_next_is_the_lesson_once_it_is_answered_or_left_out(module: Module, learner: Person) -> None:
    def coming() -> str:
        db.session.rollback()
        state = module_state(learner.id, module.public_id)
        assert state is not None
        item = state.next_item
        return item.key if item else ""

    assert coming() == "entry"
    read_lesson(learner, module)
    assert coming() == "final"


def test_in_another_edition_the_first_pair_stays(module: Module, learner: Person) -> None:
    learn(learner, module, 2, 4)
    tree = again(module)
    tree.quizzes["final"]["pass_mark"] = 20
    publish(tree, update=True)
    other = make_member(make_organization())
    learn(other, module, 0, 3)
    answer(learner, module, "final", 5)
    assert (gains_of(learner), gains_of(other)) == ([(400, 800)], [(0, 600)])


def test_a_correction_of_an_edition_asks_on(module: Module, learner: Person) -> None:
    answer(learner, module, "entry", 2, now() - timedelta(hours=2))
    tree = again(module)
    tree.quizzes["final"]["title"]["en"] = "Corrected"
    publish(tree, update=True)
    answer(learner, module, "final", 4)
    assert gains_of(learner) == [(400, 800)]


@pytest.mark.parametrize(("key", "expected"), [("entry", (200, 600)), ("final", (400, 400))])
def test_new_marks_change_what_is_kept(module: Module, learner: Person, key: str, expected: tuple[int, int]) -> None:
    learn(learner, module, 2, 3)
    quiz = quiz_of(module, key)
    version = next(each.question_version for each in quiz.questions if each.question_version.type == "single_choice")
    deed: dict[str, Any] = {"actor_id": learner.id, "now": now()}
    with write_unit():
        regrade = begin_regrade(quiz.module_version.module, version, {"correct": ["a"]}, **deed)
        while step_regrade(regrade, now()):
            pass
        commit_regrade(regrade, **deed)
        while step_regrade(regrade, now()):
            pass
    assert gains_of(learner) == [expected]
    assert not list(differences())


def test_whoever_is_erased_is_in_no_sum(module: Module, learner: Person) -> None:
    learn(learner, module, 2, 4)
    with write_unit() as session:
        erase_person(session.get_one(Person, learner.id), now())
    assert not list(differences())


def test_her_own_download_holds_it(module: Module, learner: Person) -> None:
    learn(learner, module, 2, 4)
    (row,) = learning_of(db.session.get_one(Person, learner.id))
    assert (row["before"], row["after"]) == (0.4, 0.8)


def test_taking_it_begins_the_module(module: Module) -> None:
    person = make_person()
    answer(person, module, "entry", 1)
    assert db.session.scalars(select(Enrolment.module_id).where(Enrolment.person_id == person.id)).all() == [module.id]


def test_an_entry_quiz_that_would_count_cannot_be_stored(module: Module) -> None:
    entry = quiz_of(module, "entry")
    with pytest.raises(IntegrityError), write_unit() as session:
        session.get_one(QuizVersion, entry.id).required = True


def test_what_is_wrong_or_missing_is_named_and_mended(module: Module, learner: Person) -> None:
    other = make_member(make_organization(make_network()))
    for person in (learner, other):
        learn(person, module, 2, 4)
    assert not list(wrong_gains())
    with write_unit() as session:
        session.execute(delete(Gain).where(Gain.person_id == other.id))
        session.execute(update(Gain).values(before=0))
        repair_counters()
    assert len(list(wrong_gains())) == 2
    with write_unit():
        assert repair_gains() == 2
    assert (gains_of(learner), gains_of(other)) == ([(400, 800)], [(400, 800)])
    assert not list(wrong_gains())
    assert not list(differences())


def test_a_gain_without_attempts_is_let_be(module: Module, learner: Person) -> None:
    with write_unit():
        gain(learner.id, module.id, 100, 900)
    assert not list(wrong_gains())
