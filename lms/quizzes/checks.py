"""What a quiz must be to be published: plugins, packages and the studio are held to the same."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lms.i18n import gettext as _
from lms.quizzes.policy_checks import policy_faults
from lms.quizzes.question_types import Content, find_type
from lms.quizzes.tags import tags_fault
from lms.training.checks import Problem

SHOW_KEY = ("never", "after_last_attempt", "after_each")
MOST_ATTEMPTS = 100
MOST_MINUTES = 24 * 60


def check_quiz(quiz: Mapping[str, Any], languages: list[str], where: str) -> Iterable[Problem]:
    """Everything that is wrong with a quiz of the right shape; `where` is its file."""
    yield from (Problem(where, message) for message in _rule_faults(quiz))
    yield from (Problem(where, message) for message in policy_faults(quiz))
    times = Counter(question["id"] for question in quiz["questions"])
    yield from (Problem(where, _("question %(id)s stands twice", id=key)) for key, n in times.items() if n > 1)
    for question in quiz["questions"]:
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


def check_question(question: Mapping[str, Any], languages: list[str], where: str) -> Iterator[Problem]:
    """What is wrong with a question: its type, its mark, a language that it lacks, and what its type finds."""
    kind = find_type(str(question["type"]))
    if kind is None:
        yield Problem(where, _("the question type %(type)s is not known", type=question["type"]))
        return
    mark = question["mark"]
    if isinstance(mark, bool) or not isinstance(mark, int | float) or not 0 < mark <= 100:
        yield Problem(where, _("mark is a number above 0, at most 100"))
    if (wrong := tags_fault(question.get("tags", []))) is not None:
        yield Problem(where, wrong)
    content = Content.of(question)
    for code in languages:
        if code not in content.text:
            yield Problem(where, _("there is no text in %(language)s", language=code))
    for fault in kind.check(content):
        yield Problem(f"{where} {fault.where}", fault.message)
