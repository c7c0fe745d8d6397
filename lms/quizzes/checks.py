"""What a quiz must be to be published: plugins, packages and the studio are held to the same."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lms.i18n import gettext as _
from lms.quizzes.policy_checks import policy_faults
from lms.quizzes.pool_checks import pool_problems
from lms.quizzes.question_types import Content, QuestionType, find_type
from lms.quizzes.tags import tags_fault
from lms.training.checks import Problem

SHOW_KEY = ("never", "after_last_attempt", "after_each")
MOST_ATTEMPTS = 100
MOST_MINUTES = 24 * 60
MOST_DAYS = 365


def check_quiz(quiz: Mapping[str, Any], languages: list[str], where: str) -> Iterable[Problem]:
    """Everything that is wrong with a quiz of the right shape; `where` is its file."""
    yield from (Problem(where, message) for message in _rule_faults(quiz))
    yield from (Problem(where, message) for message in policy_faults(quiz))
    times = Counter(question["id"] for question in quiz["questions"])
    yield from (Problem(where, _("question %(id)s stands twice", id=key)) for key, n in times.items() if n > 1)
    yield from pool_problems(quiz, where)
    yield from check_questions(quiz["questions"], languages, where)


def check_questions(questions: Sequence[Mapping[str, Any]], languages: list[str], where: str) -> Iterator[Problem]:
    """What is wrong with questions that stand one after the other."""
    yield from _case_problems(questions, where)
    for question in questions:
        yield from check_question(question, languages, f"{where} {question['id']}")


def _rule_faults(quiz: Mapping[str, Any]) -> Iterator[str]:
    if not quiz["questions"]:
        yield _("a quiz needs a question")
    if not 0 <= quiz["pass_mark"] <= 100:
        yield _("pass_mark is a percentage from 0 to 100")
    if not 0 <= quiz["attempts"] <= MOST_ATTEMPTS:
        yield _("attempts is a number from 0 (no limit) to 100")
    if quiz["show_key"] not in SHOW_KEY:
        yield _("show_key is never, after_last_attempt or after_each")
    if not 0 < quiz.get("time_limit", 1) <= MOST_MINUTES:
        yield _("time_limit is a number of minutes, a day at most")
    yield from _grading_faults(quiz)


def _grading_faults(quiz: Mapping[str, Any]) -> Iterator[str]:
    if not 1 <= quiz.get("grading_days", 1) <= MOST_DAYS:
        yield _("grading_days is a number of days, a year at most")
    if quiz.get("readers", 1) not in (1, 2):
        yield _("readers is 1 or 2")
    if not 0 <= quiz.get("difference", 0) <= 100:
        yield _("difference is a percentage from 0 to 100")


def _case_problems(questions: Sequence[Mapping[str, Any]], where: str) -> Iterator[Problem]:
    """A question about a case stands after it, or after another one about it."""
    within = False
    for question in questions:
        kind, asked_of_it = find_type(str(question["type"])), question.get("in_case", False)
        is_case = kind is not None and not kind.asks
        if asked_of_it and (is_case or not within):
            yield Problem(f"{where} {question['id']}", _("in_case is for questions that follow a case study"))
        within = is_case or (within and asked_of_it)


def check_question(question: Mapping[str, Any], languages: list[str], where: str) -> Iterator[Problem]:
    """What is wrong with a question: its type, its mark, a language that it lacks, and what its type finds."""
    kind = find_type(str(question["type"]))
    if kind is None:
        yield Problem(where, _("the question type %(type)s is not known", type=question["type"]))
        return
    if (wrong := mark_fault(question["mark"], kind)) is not None:
        yield Problem(where, wrong)
    if (wrong := tags_fault(question.get("tags", []))) is not None:
        yield Problem(where, wrong)
    content = Content.of(question)
    for code in languages:
        if code not in content.text:
            yield Problem(where, _("there is no text in %(language)s", language=code))
    for fault in kind.check(content):
        yield Problem(f"{where} {fault.where}", fault.message)


def mark_fault(mark: Any, kind: QuestionType) -> str | None:
    """What is wrong with the mark of a question of that type."""
    if isinstance(mark, bool) or not isinstance(mark, int | float):
        return _("mark is a number above 0, at most 100")
    if not kind.marked:
        return None if mark == 0 else _("mark is 0: nothing is graded here")
    return None if 0 < mark <= 100 else _("mark is a number above 0, at most 100")
