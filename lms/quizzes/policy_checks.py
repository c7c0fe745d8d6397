"""What is wrong with the optional rules of a quiz."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from lms.i18n import gettext as _
from lms.i18n import reader
from lms.quizzes.policies import Feedback, GradeRule
from lms.quizzes.tags import tag_key

MOST_LATE = 7 * 24 * 60
MOST_DELAY = 90 * 24 * 60
MOST_A_PAGE = 100
MOST_DRAWS = 20


def policy_faults(quiz: Mapping[str, Any]) -> Iterator[str]:
    """Everything that is wrong with them, in a quiz of the right shape."""
    if not 0 <= quiz.get("late", 0) <= MOST_LATE:
        yield _("late is a number of minutes, a week at most")
    if not 0 <= quiz.get("delay", 0) <= MOST_DELAY:
        yield _("delay is a number of minutes, 90 days at most")
    if not 0 < quiz.get("page_size", 1) <= MOST_A_PAGE:
        yield _("page_size is a number from 1 to 100")
    if quiz.get("grade_rule", GradeRule.BEST) not in list(GradeRule):
        yield _("grade_rule is best, last, first or average")
    if quiz.get("feedback", Feedback.AFTER_SUBMISSION) not in list(Feedback):
        yield _("feedback is each_question, after_submission or after_closing")
    if quiz.get("feedback") == Feedback.AFTER_CLOSING and "closes" not in quiz:
        yield _("feedback after the closing day needs a closing day")
    yield from _day_faults(quiz)
    yield from _draw_faults(quiz)


def _day_faults(quiz: Mapping[str, Any]) -> Iterator[str]:
    days = [_day(quiz[name]) if name in quiz else None for name in ("opens", "closes")]
    if any(name in quiz and day is None for name, day in zip(("opens", "closes"), days, strict=True)):
        yield _("a day is written as %(form)s", form="2026-03-21")
    elif days[0] is not None and days[1] is not None and days[0] > days[1]:
        yield _("a quiz closes before it opens")


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _draw_faults(quiz: Mapping[str, Any]) -> Iterator[str]:
    draws = quiz.get("draws", [])
    if len(draws) > MOST_DRAWS:
        yield _("a quiz draws from 20 tags at most")
    keys = [tag_key(draw["tag"]) for draw in draws]
    # What is asked about a case comes with it.
    pool = [q for q in quiz["questions"] if not q.get("in_case") and "pool" not in q]
    for draw, key in zip(draws, keys, strict=True):
        tagged = [question for question in pool if key in map(tag_key, question.get("tags", []))]
        if draw["count"] < 1:
            yield _("a draw takes one question at least")
        elif draw["count"] > len(tagged):
            yield _(
                "%(count)s questions are to be drawn with the tag “%(tag)s”, and there are %(there)s",
                count=reader().number(draw["count"]),
                tag=draw["tag"],
                there=reader().number(len(tagged)),
            )
    if any(times > 1 for times in Counter(keys).values()):
        yield _("a quiz draws from each tag once")
    twice = [q["id"] for q in pool if sum(tag_key(tag) in keys for tag in q.get("tags", [])) > 1]
    yield from (_("question %(id)s could be drawn by two tags", id=key) for key in twice)
