"""Attempts: starting, saving, submitting, closing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from lms.db import db, write_unit
from lms.errors import DomainError
from lms.events.models import EventRow
from lms.quizzes.errors import AttemptClosed, KeyReused, NoAttemptLeft, TimeIsUp
from lms.quizzes.models import Attempt, AttemptQuestion, AttemptState, Response
from lms.quizzes.queries import questions_of
from lms.quizzes.services import close_expired, save_response, submit_attempt
from tests.factories import make_person
from tests.quizzes import RIGHT, WRONG, begin, finish, key_of, make_quiz, make_version, question, questions, quiz_file

AT = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("app")


def save(attempt: Attempt, answer: Any, sequence: int, position: int = 1, client: str = "a", minute: int = 0) -> bool:
    with write_unit():
        receipt = save_response(
            attempt,
            position,
            answer,
            client_uid=client,
            sequence=sequence,
            language="fa",
            now=AT + timedelta(minutes=minute),
        )
    return receipt.accepted


def standing(attempt: Attempt, position: int = 1) -> Any:
    db.session.rollback()
    return questions_of(attempt)[position - 1].answer


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def chosen(option: str) -> dict[str, list[str]]:
    return {"options": [option]}


def test_an_attempt_pins_everything_that_it_is_judged_by() -> None:
    attempt = begin(make_quiz(), make_person())
    assert (attempt.number, attempt.pass_mark, attempt.max_mark, attempt.state) == (1, 60, 5, AttemptState.OPEN)
    asked = questions_of(attempt)
    assert [one.position for one in asked] == [1, 2, 3, 4, 5]
    assert all(one.answer is None and one.scoring.number == 1 for one in asked)


def test_starting_again_goes_on_with_the_attempt_under_way() -> None:
    quiz, person = make_quiz(), make_person()
    assert begin(quiz, person).id == begin(quiz, person).id


def test_shuffling_is_the_attempts_own_and_loses_nothing() -> None:
    quiz = make_quiz(shuffle=True)
    orders = set()
    for _ in range(12):
        asked = questions_of(begin(quiz, make_person()))
        assert {key_of(one) for one in asked} == RIGHT.keys()
        assert {tuple(sorted(one.option_order)) for one in asked} == {("a", "b"), ("a", "b", "c"), ()}
        orders.add(tuple(one.question_version_id for one in asked))
    assert len(orders) > 1


def test_what_is_right_passes_and_is_told_once() -> None:
    attempt = finish(begin(make_quiz(), make_person()), RIGHT)
    assert (attempt.mark, attempt.passed, attempt.state) == (5, True, AttemptState.GRADED)
    with write_unit():
        submit_attempt(attempt, "fa", AT)
    events = db.session.scalars(select(EventRow).where(EventRow.name == "attempt_graded")).all()
    assert [event.payload["fraction"] for event in events] == [1]
    assert events[0].payload["quiz_key"] == "final"


def test_what_is_wrong_gets_nothing() -> None:
    attempt = finish(begin(make_quiz(), make_person()), WRONG)
    assert (attempt.mark, attempt.passed) == (0, False)


def test_the_pass_mark_is_reached_exactly() -> None:
    attempt = finish(begin(make_quiz(), make_person()), {**WRONG, **dict(list(RIGHT.items())[:3])})
    assert (attempt.mark, attempt.passed) == (3, True)


def test_attempts_are_limited() -> None:
    quiz, person = make_quiz(attempts=2), make_person()
    for _ in range(2):
        finish(begin(quiz, person), WRONG)
    with pytest.raises(NoAttemptLeft):
        begin(quiz, person)


def test_who_has_passed_needs_no_other_attempt() -> None:
    quiz, person = make_quiz(attempts=0), make_person()
    finish(begin(quiz, person), RIGHT)
    with pytest.raises(NoAttemptLeft):
        begin(quiz, person)


def test_a_correction_does_not_give_attempts_back_and_an_edition_does() -> None:
    quiz, person = make_quiz(attempts=1), make_person()
    finish(begin(quiz, person), WRONG)
    module, version = quiz.module_version.module, quiz.module_version
    corrected = make_version(quiz_file(attempts=1), module, version)
    with pytest.raises(NoAttemptLeft):
        begin(corrected, person)
    assert begin(make_version(quiz_file(attempts=1), module), person).number == 1


def test_saving_is_idempotent() -> None:
    attempt = begin(make_quiz(), make_person(), AT)
    assert save(attempt, chosen("a"), 1)
    assert save(attempt, chosen("a"), 1, minute=5)
    assert count(Response) == 1
    assert questions_of(attempt)[0].saved_at == AT


def test_an_older_answer_never_replaces_a_newer_one() -> None:
    attempt = begin(make_quiz(), make_person(), AT)
    assert save(attempt, chosen("b"), 5)
    assert not save(attempt, chosen("a"), 3, minute=1)
    assert standing(attempt) == chosen("b")
    assert not save(attempt, chosen("a"), 3, minute=2), "the same receipt again"
    assert count(Response) == 2


def test_an_older_answer_of_another_page_does_not_come_back_through_a_third() -> None:
    attempt = begin(make_quiz(), make_person(), AT)
    save(attempt, chosen("a"), 5, client="a")
    save(attempt, chosen("b"), 1, client="b")
    assert not save(attempt, chosen("a"), 4, client="a")
    assert standing(attempt) == chosen("b")


def test_order_is_kept_a_question() -> None:
    attempt = begin(make_quiz(), make_person(), AT)
    save(attempt, chosen("b"), 5, position=1)
    assert save(attempt, {"options": ["c"]}, 4, position=2)


def test_a_key_with_another_answer_is_a_fault() -> None:
    attempt = begin(make_quiz(), make_person(), AT)
    save(attempt, chosen("a"), 1)
    with pytest.raises(KeyReused):
        save(attempt, chosen("b"), 1)
    assert standing(attempt) == chosen("a")


@pytest.mark.parametrize(("client", "sequence"), [("", 1), ("x" * 37, 1), ("ق", 1), ("a", -1), ("a", 2**31)])
def test_what_is_no_key_is_refused(client: str, sequence: int) -> None:
    attempt = begin(make_quiz(), make_person(), AT)
    with pytest.raises(DomainError):
        save(attempt, chosen("a"), sequence, client=client)


def test_an_answer_can_be_taken_back() -> None:
    attempt = begin(make_quiz(), make_person(), AT)
    save(attempt, chosen("a"), 1)
    save(attempt, None, 2)
    assert standing(attempt) is None
    unanswered = select(func.count()).where(AttemptQuestion.answer.is_(None), AttemptQuestion.attempt_id == attempt.id)
    assert db.session.scalar(unanswered) == 5, "SQL sees no answer"


def test_after_submitting_nothing_is_saved() -> None:
    attempt = finish(begin(make_quiz(), make_person()), WRONG)
    received = count(Response)
    with pytest.raises(AttemptClosed):
        save(attempt, chosen("b"), 1)
    assert count(Response) == received


def test_a_deadline_has_a_grace_and_an_end() -> None:
    attempt = begin(make_quiz(time_limit=10), make_person(), AT)
    assert save(attempt, chosen("b"), 1, minute=11)
    with pytest.raises(TimeIsUp):
        save(attempt, chosen("a"), 2, minute=12)
    assert standing(attempt) == chosen("b")


def test_abandoned_attempts_are_closed_with_what_was_saved() -> None:
    attempt, other = (begin(make_quiz(time_limit=10), make_person(), AT) for _ in range(2))
    save(attempt, chosen("b"), 1)
    with write_unit():
        assert close_expired(AT + timedelta(minutes=11)) == 0
    with write_unit():
        assert close_expired(AT + timedelta(minutes=12)) == 2
    db.session.rollback()
    assert (attempt.mark, attempt.state, other.mark) == (1, AttemptState.GRADED, 0)


def test_starting_closes_an_attempt_whose_time_is_up() -> None:
    quiz, person = make_quiz(time_limit=10), make_person()
    first = begin(quiz, person, AT)
    second = begin(quiz, person, AT + timedelta(hours=1))
    assert (first.state, second.number) == (AttemptState.GRADED, 2)


def test_a_change_of_the_key_leaves_attempts_under_way_alone() -> None:
    quiz, person = make_quiz(), make_person()
    attempt = begin(quiz, person)
    changed = [
        {**asked, "scoring": {"correct": ["a"]}} if asked["id"] == "first-use" else asked for asked in questions()
    ]
    corrected = make_version(quiz_file(changed), quiz.module_version.module, quiz.module_version)
    assert finish(attempt, RIGHT).mark == 5
    assert finish(begin(corrected, make_person()), RIGHT).mark == 4


def test_unchanged_questions_are_used_again() -> None:
    quiz = make_quiz()
    changed = [*questions()[:-1], question("votes", "numeric", {}, {"answer": 9, "tolerance": 0})]
    other = make_version(quiz_file(changed), quiz.module_version.module, quiz.module_version)
    before, after = ([one.question_version_id for one in version.questions] for version in (quiz, other))
    assert before[:-1] == after[:-1]
    assert before[-1] != after[-1]
    assert other.questions[-1].question_version.number == 2


def test_what_the_learner_sees_is_rendered_and_holds_no_answer() -> None:
    rendered = make_quiz().questions[3].question_version.rendered
    assert "word <strong>fa</strong>" in rendered["fa"]["prompt"]
    assert "accepted" not in rendered["fa"]
