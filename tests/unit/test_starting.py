"""What the server enforces when an attempt starts, and what it copies into it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from lms.accounts.models import Person
from lms.cohorts.models import Cohort, CohortMember, CohortModule
from lms.db import db, write_unit
from lms.quizzes.errors import NoAttemptLeft, NotOpen
from lms.quizzes.models import Attempt, QuizVersion
from lms.quizzes.pages import Taking, start_page
from lms.quizzes.policy_models import Accommodation
from lms.quizzes.queries import questions_of
from lms.quizzes.services import close_expired
from lms.training.models import Module
from tests.factories import add, make_network, make_person
from tests.quizzes import RIGHT, WRONG, begin, finish, key_of, make_quiz, make_version, questions, quiz_file

pytestmark = pytest.mark.usefixtures("app")
AT = datetime(2026, 3, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def tagged(count: int = 5, tag: str = "شبکه") -> list[dict[str, Any]]:
    return [{**question, "tags": [tag]} if at < count else question for at, question in enumerate(questions())]


def allow(quiz: QuizVersion, person: Person, **more: Any) -> None:
    module_id = quiz.module_version.module_id
    add(Accommodation(module_id=module_id, person_id=person.id, reason="", **more))


def cohort_of(quiz: QuizVersion, person: Person, **days: date) -> Cohort:
    cohort: Cohort = add(Cohort(names={"en": "Autumn"}, starts_on=date(2026, 1, 1)))
    add(CohortModule(cohort_id=cohort.id, module_id=quiz.module_version.module_id, **days))
    add(CohortMember(cohort_id=cohort.id, person_id=person.id))
    return cohort


def test_a_delay_runs_from_the_end_of_the_last_attempt() -> None:
    quiz, person = make_quiz(delay=120), make_person()
    finish(begin(quiz, person, AT), WRONG, AT + HOUR)
    with pytest.raises(NotOpen):
        begin(quiz, person, AT + 3 * HOUR - timedelta(seconds=1))
    assert begin(quiz, person, AT + 3 * HOUR).number == 2


def test_a_quiz_opens_and_closes_in_its_owners_time_zone() -> None:
    network = make_network(time_zone="Asia/Tehran")
    module = add(Module(key="days", titles={"fa": "ماژول"}, network_id=network.id))
    quiz, person = make_version(quiz_file(opens="2026-03-21", closes="2026-03-21"), module), make_person()
    midnight = datetime(2026, 3, 20, 20, 30, tzinfo=UTC)
    with pytest.raises(NotOpen):
        begin(quiz, person, midnight - timedelta(seconds=1))
    attempt = begin(quiz, person, midnight)
    assert attempt.deadline == midnight + 24 * HOUR, "the end of the day"
    with pytest.raises(NotOpen):
        begin(quiz, make_person(), midnight + 24 * HOUR)


def test_the_last_day_ends_an_attempt_before_its_time() -> None:
    quiz = make_quiz(closes="2026-03-21", time_limit=60, late=30)
    attempt = begin(quiz, make_person(), AT + 11 * HOUR + timedelta(minutes=50))
    assert attempt.deadline == AT + 12 * HOUR
    assert attempt.closes_at == AT + 12 * HOUR + timedelta(minutes=30)


def test_an_abandoned_attempt_is_closed_after_its_own_grace() -> None:
    attempt = begin(make_quiz(time_limit=10, late=30), make_person(), AT)
    with write_unit():
        assert close_expired(AT + timedelta(minutes=40)) == 0
    with write_unit():
        assert close_expired(AT + timedelta(minutes=40, seconds=1)) == 1
    db.session.rollback()
    assert attempt.state == "graded"


def test_a_cohorts_days_stand_in_the_place_of_the_quizs() -> None:
    quiz, hers, other = make_quiz(closes="2026-03-20"), make_person(), make_person()
    cohort_of(quiz, hers, closes_on=date(2026, 3, 22))
    assert begin(quiz, hers, AT).deadline == datetime(2026, 3, 23, tzinfo=UTC)
    with pytest.raises(NotOpen):
        begin(quiz, other, AT)


def test_a_cohort_waits_for_its_first_day() -> None:
    quiz, person = make_quiz(), make_person()
    cohort_of(quiz, person, opens_on=date(2026, 3, 22))
    with pytest.raises(NotOpen):
        begin(quiz, person, AT)
    assert begin(quiz, person, AT + 12 * HOUR)


def test_allowances_give_time_attempts_and_days() -> None:
    quiz, person = make_quiz(time_limit=10, attempts=1, closes="2026-03-20"), make_person()
    with pytest.raises(NotOpen):
        begin(quiz, person, AT)
    allow(quiz, person, extra_minutes=5, closes_on=date(2026, 3, 21))
    first = begin(quiz, person, AT)
    assert first.deadline == AT + timedelta(minutes=15)
    finish(first, WRONG, AT)
    with pytest.raises(NoAttemptLeft):
        begin(quiz, person, AT)
    allow(quiz, person, extra_attempts=1, quiz_key="another")
    with pytest.raises(NoAttemptLeft):
        begin(quiz, person, AT)
    allow(quiz, person, extra_attempts=1, quiz_key="final")
    assert begin(quiz, person, AT).number == 2


def test_what_a_cohort_is_allowed_its_people_are_allowed_while_they_are_in_it() -> None:
    quiz, person = make_quiz(time_limit=10), make_person()
    cohort = cohort_of(quiz, person)
    add(Accommodation(module_id=quiz.module_version.module_id, cohort_id=cohort.id, extra_minutes=20))
    assert begin(quiz, person, AT).deadline == AT + timedelta(minutes=30)
    gone = make_person()
    add(CohortMember(cohort_id=cohort.id, person_id=gone.id, left_at=AT))
    assert begin(quiz, gone, AT).deadline == AT + timedelta(minutes=10)


def test_an_allowance_that_was_ended_gives_nothing() -> None:
    quiz, person = make_quiz(time_limit=10), make_person()
    allow(quiz, person, extra_minutes=5, created_at=AT - HOUR, ended_at=AT)
    assert begin(quiz, person, AT).deadline == AT + timedelta(minutes=10)


def keys(attempt: Attempt) -> set[str]:
    return {key_of(asked) for asked in questions_of(attempt)}


def test_a_further_attempt_draws_what_she_has_not_met() -> None:
    quiz, person = make_quiz(tagged(4), draws=[{"tag": "شبكه", "count": 2}], shuffle=True), make_person()
    first, second = (finish(begin(quiz, person), WRONG) for _ in range(2))
    assert (first.max_mark, second.max_mark) == (3, 3)
    assert keys(first) & keys(second) == {"votes"}, "the one that is always asked"
    assert keys(first) | keys(second) == set(RIGHT)
    third = begin(quiz, person)
    assert len(keys(third)) == 3


def from_pool(**rules: Any) -> dict[str, Any]:
    """A quiz that draws two of its first four questions."""
    asked = [{**each, "pool": "p1"} if at < 4 else each for at, each in enumerate(questions())]
    return quiz_file(asked, pools=[{"id": "p1", "count": 2}], **rules)


def test_a_pool_gives_first_what_she_has_not_met_in_any_quiz_of_the_module() -> None:
    person, quiz = make_person(), make_version(from_pool())
    first = finish(begin(quiz, person), WRONG)
    assert len(keys(first)) == 3
    other = make_version(from_pool(id="other"), module=quiz.module_version.module)
    second = begin(other, person)
    assert keys(first) & keys(second) == {"votes"}
    pinned = [{each.question_version.question_id for each in found.questions[:4]} for found in (quiz, other)]
    assert pinned[0] == pinned[1], "the same question, in whichever quiz"
    assert start_page(Taking(person.id, other), AT).questions == 3


def test_an_attempt_keeps_its_questions_when_it_is_opened_again() -> None:
    quiz, person = make_quiz(tagged(), draws=[{"tag": "شبکه", "count": 2}]), make_person()
    attempt = begin(quiz, person)
    asked = keys(attempt)
    assert begin(quiz, person).id == attempt.id
    assert keys(attempt) == asked


@pytest.mark.parametrize(
    ("rule", "passed", "standing"),
    [
        ("best", [False, True], [0.0, 1.0]),
        ("last", [False, True], [0.0, 1.0]),
        ("first", [False, False], [0.0, 0.0]),
        ("average", [False, False], [0.0, 0.5]),
    ],
)
def test_the_rule_says_what_an_attempt_is_worth(rule: str, passed: list[bool], standing: list[float]) -> None:
    quiz, person = make_quiz(grade_rule=rule), make_person()
    attempts = [finish(begin(quiz, person), given) for given in (WRONG, RIGHT)]
    assert [attempt.passed for attempt in attempts] == passed
    assert [attempt.standing for attempt in attempts] == standing
    assert {attempt.grade_rule for attempt in attempts} == {rule}


def test_an_average_is_passed_when_it_is_high_enough() -> None:
    quiz, person = make_quiz(grade_rule="average", pass_mark=50), make_person()
    assert not finish(begin(quiz, person), WRONG).passed
    assert finish(begin(quiz, person), RIGHT).passed
    with pytest.raises(NoAttemptLeft):
        begin(quiz, person)
