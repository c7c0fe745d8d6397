"""Counting attempts: in portions, again when they change, and not at all once they are forgotten."""

import statistics as textbook
from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from lms.accounts.services import erase_account
from lms.checks import checks
from lms.clock import now
from lms.db import db, write_unit
from lms.quizzes.models import Attempt, QuizVersion
from lms.quizzes.queries import questions_of
from lms.quizzes.statistics import figures
from lms.quizzes.statistics.counting import count_anew, count_next
from lms.quizzes.statistics.figures import Wanted
from lms.quizzes.statistics.gathering import waiting_at
from lms.quizzes.statistics.keeping import kept_tallies
from lms.quizzes.statistics.models import AnswerTally, CountedAttempt, QuizTally
from lms.quizzes.statistics.reading import Kept, answers_to, kept_of
from lms.quizzes.statistics.tallies import Tallies
from tests.factories import make_person
from tests.queries import counted_statements
from tests.quizzes import RIGHT, WRONG, case_study, key_of, make_quiz, make_version, questions, quiz_file, survey
from tests.statistics import choices, count_all, given_of, mixed, quiz_of, stored, take
from tests.web.test_report_plans import plan

pytestmark = pytest.mark.usefixtures("app")

PATTERNS = ("1111", "1110", "1100", "1000", "0000", "1011", "0111", "1-10")


def kept(quiz: QuizVersion) -> Tallies:
    tally_id = db.session.scalar(select(QuizTally.id).where(QuizTally.edition_id == quiz.module_version.edition_id))
    return kept_tallies(tally_id or 0)


def alpha_of(found: Kept, whole: figures.QuizFigures) -> float | None:
    asked = ((each.sums, figures.question_figures(each.sums)) for each in found.questions)
    return figures.consistency(asked, whole)


def differences() -> list[str]:
    db.session.rollback()
    return list(checks()["statistics"]())


def test_portions_make_no_difference_and_nothing_is_counted_twice() -> None:
    quiz = make_quiz(choices(4))
    for n, pattern in enumerate(PATTERNS):
        take(quiz, given_of(pattern), language="fa" if n % 2 else "ar")
    assert waiting_at(quiz_of(quiz)) == 8
    assert count_all(most=3) == 3
    by_three = kept(quiz)
    assert by_three.quiz
    assert by_three.answers.total() == 8 * 4
    assert count_all() == 0, "there is nothing left"
    assert waiting_at(quiz_of(quiz)) == 0
    with write_unit():
        count_anew(quiz_of(quiz))
    assert not kept(quiz).quiz
    assert waiting_at(quiz_of(quiz)) == 8
    assert count_all() == 1
    assert kept(quiz) == by_three
    assert not differences()


def test_figures_are_those_of_the_answers_one_by_one() -> None:
    """Everything that the sums say, worked out again from the rows of the attempts with the textbook's formulas."""
    quiz, chance = make_quiz(attempts=0), Random(7)
    keys = list(RIGHT)
    for _ in range(24):
        good = chance.random()
        take(quiz, mixed(key for key in keys if chance.random() < good))
    count_all()
    found = kept_of(quiz_of(quiz))
    attempts = db.session.scalars(select(Attempt).where(Attempt.quiz_version_id == quiz.id)).all()
    shares = [(attempt.mark or 0) / attempt.max_mark for attempt in attempts]
    whole = figures.quiz_figures(found.cuts, Wanted())
    assert (whole.attempts, whole.people) == (24, 24)
    assert whole.mean == pytest.approx(textbook.fmean(shares), abs=1e-4)
    assert whole.median == pytest.approx(textbook.median(shares), abs=1e-4)
    assert whole.deviation == pytest.approx(textbook.stdev(shares), abs=1e-4)
    assert whole.passed == sum(bool(attempt.passed) for attempt in attempts) / 24
    assert sum(whole.bars) == 24
    assert whole.seconds == pytest.approx(50, rel=0.1)
    rows = [{key_of(asked): asked.fraction or 0 for asked in questions_of(attempt)} for attempt in attempts]
    for asked in found.questions:
        key = asked.question.key.split("/")[1]
        mine, rest = [row[key] for row in rows], [(sum(row.values()) - row[key]) / 4 for row in rows]
        figure = figures.question_figures(asked.sums)
        assert figure.asked == 24
        assert figure.facility == pytest.approx(textbook.fmean(mine), abs=1e-4)
        assert figure.discrimination == pytest.approx(textbook.correlation(mine, rest), abs=1e-2)
        best = textbook.covariance(sorted(mine), sorted(rest))
        assert figure.efficiency == pytest.approx(textbook.covariance(mine, rest) / best, abs=2e-2)
        assert figure.seconds == pytest.approx(10, rel=0.1)
    items = sum(textbook.variance([row[key] for row in rows]) for key in keys)
    alpha = 5 / 4 * (1 - items / textbook.variance([sum(row.values()) for row in rows]))
    assert alpha_of(found, whole) == pytest.approx(alpha, abs=1e-3)


def test_first_attempts_are_told_from_later_ones() -> None:
    quiz, person = make_quiz(choices(4)), make_person()
    for pattern in ("1000", "1100", "1111"):
        take(quiz, given_of(pattern), person_id=person.id)
    take(quiz, given_of("0000"))
    count_all()
    cuts = kept_of(quiz_of(quiz)).cuts
    first, all_of_them = figures.quiz_figures(cuts, Wanted()), figures.quiz_figures(cuts, Wanted(later=True))
    assert (first.attempts, first.people, first.mean) == (2, 2, 0.125)
    assert (all_of_them.attempts, all_of_them.people, all_of_them.mean) == (4, 2, 0.4375)


def test_alpha_is_not_told_where_attempts_ask_different_questions() -> None:
    tagged = [{**asked, "tags": ["pool"]} for asked in choices(4)]
    quiz = make_quiz(tagged, draws=[{"tag": "pool", "count": 2}])
    for pattern in PATTERNS:
        take(quiz, given_of(pattern))
    count_all()
    found = kept_of(quiz_of(quiz))
    whole = figures.quiz_figures(found.cuts, Wanted())
    assert whole.attempts == 8
    assert sum(asked.sums.asked for asked in found.questions) == 16
    assert alpha_of(found, whole) is None


def test_a_changed_mark_takes_the_old_ones_place() -> None:
    quiz = make_quiz(choices(4))
    attempts = [take(quiz, given_of(pattern)) for pattern in PATTERNS]
    count_all()
    with write_unit():
        changed = db.session.get_one(Attempt, attempts[0].id, populate_existing=True)
        for asked in questions_of(changed):
            asked.fraction = 0.25
        changed.mark, changed.passed, changed.counted_at = 1.0, False, None
    assert waiting_at(quiz_of(quiz)) == 1
    assert not differences(), "it waits to be counted again; what was counted still adds up"
    count_all()
    by_steps = kept(quiz)
    with write_unit():
        count_anew(quiz_of(quiz))
    count_all()
    assert kept(quiz) == by_steps
    assert not differences()


def test_corrections_of_a_question_are_counted_together_and_apart() -> None:
    quiz = make_quiz(choices(2))
    take(quiz, given_of("11"))
    asked = choices(2)
    asked[0]["text"]["fa"]["prompt"] = "Worded better"  # type: ignore[index]
    version = quiz.module_version
    corrected = make_version(quiz_file(asked), version.module, version)
    take(corrected, given_of("01"))
    count_all()
    first, second = kept_of(quiz_of(quiz)).questions
    assert [each.number for each in first.versions] == [2, 1]
    assert (first.sums.asked, first.of_version(first.versions[0]).asked) == (2, 1)
    assert figures.question_figures(first.sums).facility == 0.5
    assert len(second.versions) == 1


def test_what_is_not_marked_has_answers_only_and_a_case_nothing() -> None:
    quiz = make_quiz([case_study(), {**choices(1)[0], "in_case": True}, survey()])
    person = make_person()
    attempt = take(quiz, given_of("1"), person_id=person.id)
    assert stored(attempt).passed
    count_all()
    asked = {each.question.key.split("/")[1]: each for each in kept_of(quiz_of(quiz)).questions}
    assert asked["story"].sums.asked == 0
    assert asked["mood"].sums.asked == 1
    assert figures.question_figures(asked["mood"].sums).facility is None
    assert answers_to(quiz_of(quiz), asked["mood"].version.id, Wanted()) == [("", 10, 1)]


def test_an_answer_that_a_person_grades_counts_once_it_is_graded() -> None:
    from tests.grading import HALF, essay_quiz, hand_in, judge
    from tests.studio import make_trainer

    quiz, trainer = essay_quiz(), make_trainer()
    task = hand_in(quiz, make_person())
    count_all()
    assert not kept(quiz).quiz
    judge(task, trainer, HALF)
    count_all()
    essay = next(each for each in kept_of(quiz_of(quiz)).questions if each.version.type == "essay")
    assert figures.question_figures(essay.sums).facility == 0.5
    assert not differences()


def test_erasing_a_person_takes_her_words_out_of_what_is_kept() -> None:
    quiz, person = make_quiz(), make_person()
    word = {**RIGHT, "word": ["نامی که کس دیگری ننوشت"]}
    take(quiz, word, person_id=person.id)
    take(quiz, WRONG)
    count_all()
    hers = select(func.count()).select_from(AnswerTally).where(AnswerTally.key.like("%ننوشت%"))
    assert db.session.scalar(hers) == 1
    with write_unit():
        erase_account(person, now())
    assert db.session.scalar(hers) == 0, "at once, not when it is counted again"
    assert db.session.scalar(select(func.count()).select_from(CountedAttempt)) == 1
    count_all()
    assert db.session.scalar(hers) == 0
    whole = figures.quiz_figures(kept_of(quiz_of(quiz)).cuts, Wanted())
    assert whole.attempts == 2, "the attempt still counts"
    assert not differences()


def test_the_check_tells_what_does_not_add_up() -> None:
    quiz = make_quiz(choices(4))
    attempts = [take(quiz, given_of(pattern)) for pattern in PATTERNS]
    count_all()
    assert not differences()
    with write_unit():
        db.session.execute(update(AnswerTally).where(AnswerTally.id == 1).values(count=77))
    (told,) = differences()
    assert told.startswith("quiz final of module ")
    assert told.endswith("the sums are not those of its attempts")
    with write_unit():
        db.session.execute(update(Attempt).where(Attempt.id == attempts[1].id).values(language="en"))
    assert any("1 attempts are counted as something else" in line for line in differences())


def test_submitting_asks_nothing_more_of_the_database() -> None:
    """Attempts are found by what grading writes anyway."""
    quiz = make_quiz(choices(2))
    attempt = take(quiz, given_of("10"))
    assert attempt.counted_at is None
    with counted_statements() as seen:
        take(quiz, given_of("11"), at=now() - timedelta(hours=1))
    assert not [statement for statement in seen if "tally" in statement or "counted_attempt" in statement]


def test_what_waits_is_found_by_its_index(app: Flask) -> None:
    quiz = make_quiz(choices(2))
    take(quiz, given_of("10"))
    with write_unit(), counted_statements() as seen:
        count_next(now())
    (query,) = [each for each in seen if "LIMIT" in each and "quiz_version_id" in each and "module_id" in each]
    marks = (1, 0) if db.engine.dialect.name == "sqlite" else {"param_1": 1}
    assert "ix_attempt_uncounted" in plan(query, marks[: query.count("?")] if isinstance(marks, tuple) else marks)


def test_questions_of_each_type_are_counted() -> None:
    quiz = make_quiz(questions())
    take(quiz, RIGHT)
    count_all()
    found = kept_of(quiz_of(quiz))
    keys = {each.version.type: answers_to(quiz_of(quiz), each.version.id, Wanted()) for each in found.questions}
    assert keys["multiple_choice"] == [("a", 10, 1), ("c", 10, 1)]
    assert keys["numeric"] == [("8", 10, 1)]
