"""What is wrong with the pools of a quiz: questions pinned from a bank, of which each attempt draws some."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from lms.i18n import gettext as _
from lms.i18n import reader
from lms.quizzes.drawing import Written, together
from lms.quizzes.tags import tags_fault
from lms.training.shapes import Problem

MOST_POOLS = 20


def pool_problems(quiz: Mapping[str, Any], where: str) -> Iterator[Problem]:
    """Everything that is wrong with them, in a quiz of the right shape."""
    pools = quiz.get("pools", [])
    if len(pools) > MOST_POOLS:
        yield Problem(where, _("a quiz draws from 20 pools at most"))
    groups = together([Written(question) for question in quiz["questions"]])
    there = Counter(group[0].pool for group in groups)
    times = Counter(pool["id"] for pool in pools)
    for pool in pools:
        place = f"{where} {pool['id']}"
        yield from (Problem(place, fault) for fault in _count_faults(pool["count"], there[pool["id"]]))
        if "tag" in pool and (fault := tags_fault([pool["tag"]])) is not None:
            yield Problem(place, fault)
        if times[pool["id"]] > 1:
            yield Problem(place, _("two pools have this id"))
    for group in groups:
        yield from _group_problems(group, times, where)


def _count_faults(count: int, there: int) -> Iterator[str]:
    if count < 1:
        yield _("a draw takes one question at least")
    elif count > there:
        yield _(
            "%(count)s questions are to be drawn from the bank, and %(there)s are fit for it",
            count=reader().number(count),
            there=reader().number(there),
        )


def _group_problems(group: list[Written], pools: Mapping[str, int], where: str) -> Iterator[Problem]:
    first = group[0].pool
    for asked in group:
        place = f"{where} {asked.question['id']}"
        if asked.pool is not None and asked.pool not in pools:
            yield Problem(place, _("the pool %(id)s does not exist", id=asked.pool))
        if asked.pool != first:
            yield Problem(place, _("what is asked about a case is in its pool"))
