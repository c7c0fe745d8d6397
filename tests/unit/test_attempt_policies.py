"""Draws, grade rules, certainty and terms: what must hold whatever the numbers."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.certainty import LEVELS, certain_share
from lms.quizzes.drawing import drawn, together
from lms.quizzes.grade_rules import deciding, standing
from lms.quizzes.models import QuizVersion
from lms.quizzes.page_breaks import Placed, pages_of
from lms.quizzes.policies import Feedback, GradeRule
from lms.quizzes.terms import Allowance, Days, Terms, terms_of

shares = st.lists(st.floats(0, 1), min_size=1, max_size=8)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
maybe_days = st.none() | days
zones = st.sampled_from(["UTC", "Asia/Tehran", "America/Sao_Paulo", "Asia/Baghdad"])
moments = st.datetimes(datetime(2025, 12, 1), datetime(2027, 2, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


@dataclass
class Pinned:
    """A question of a quiz."""

    key: int
    tags: list[str] = field(default_factory=list)
    in_case: bool = False
    pool: str | None = None


@st.composite
def pools(draw: Any) -> tuple[list[list[Pinned]], list[dict[str, Any]], list[int]]:
    """Groups of questions of at most one drawn tag each, draws that can be met, and how often each was met."""
    tags = st.sampled_from([[], ["شبکه"], ["money"], ["other"]])
    asked = [Pinned(key, draw(tags), draw(st.booleans())) for key in range(draw(st.integers(1, 14)))]
    groups = together(asked)
    draws = []
    for tag, spelled in (("شبکه", "شبكه"), ("money", "Money")):
        there = sum(tag in group[0].tags for group in groups)
        if there:
            draws.append({"tag": spelled, "count": draw(st.integers(1, there))})
    return groups, draws, [draw(st.integers(0, 3)) for _ in groups]


def take(pool: tuple[Any, Any, Any], seed: int) -> list[list[Pinned]]:
    groups, draws, met = pool
    return drawn(groups, draws, met, random.Random(seed))


@given(pools(), st.integers(0, 2**31))
def test_the_same_seed_draws_the_same_questions(pool: tuple[Any, Any, Any], seed: int) -> None:
    assert take(pool, seed) == take(pool, seed)


@given(pools(), st.integers(0, 2**31))
def test_a_draw_takes_as_many_as_it_says_and_the_least_met(pool: tuple[Any, Any, Any], seed: int) -> None:
    groups, draws, met = pool
    kept = take(pool, seed)
    assert [group for group in groups if group in kept] == kept, "in their order"
    times = {group[0].key: often for group, often in zip(groups, met, strict=True)}
    for one, tag in ((one, "شبکه" if one["tag"] == "شبكه" else "money") for one in draws):
        there = [group[0].key for group in groups if tag in group[0].tags]
        taken = [group[0].key for group in kept if tag in group[0].tags]
        left = [times[key] for key in there if key not in taken]
        assert len(taken) == one["count"]
        assert not left or max(times[key] for key in taken) <= min(left)
    undrawn = [group for group in groups if not {"شبکه", "money"} & set(group[0].tags) or not draws]
    assert all(group in kept for group in undrawn if "other" in group[0].tags or not group[0].tags)


def test_every_question_of_a_pool_has_its_chance() -> None:
    pool = ([[Pinned(key, ["a"])] for key in range(6)], [{"tag": "a", "count": 2}], [0] * 6)
    assert {group[0].key for seed in range(60) for group in take(pool, seed)} == set(range(6))


def test_a_case_is_drawn_with_what_is_asked_about_it() -> None:
    asked = [Pinned(1, ["a"]), Pinned(2, [], in_case=True), Pinned(3, ["a"]), Pinned(4, [], in_case=True)]
    kept = [take((together(asked), [{"tag": "a", "count": 1}], [0, 0]), seed) for seed in range(20)]
    assert {tuple(one.key for group in each for one in group) for each in kept} == {(1, 2), (3, 4)}


@given(st.lists(st.sampled_from([None, "p", "q"]), min_size=1, max_size=12), st.integers(0, 2**31), st.data())
def test_a_pool_gives_as_many_as_it_says_and_tags_leave_it_alone(where: list[str | None], seed: int, data: Any) -> None:
    groups = [[Pinned(key, ["a"], pool=pool)] for key, pool in enumerate(where)]
    counts = {pool: data.draw(st.integers(1, where.count(pool))) for pool in ("p", "q", None) if pool in where}
    met = [data.draw(st.integers(0, 2)) for _ in groups]
    rules = [{"id": pool, "count": count} for pool, count in counts.items() if pool]
    draws = [{"tag": "A", "count": counts[None]}] if None in counts else []
    kept = drawn(groups, draws, met, random.Random(seed), rules)
    for pool, count in counts.items():
        taken = {group[0].key for group in kept if group[0].pool == pool}
        left = {key for key, there in enumerate(where) if there == pool} - taken
        assert len(taken) == count
        assert all(met[one] <= met[other] for one in taken for other in left)


@given(shares)
def test_each_rule_lies_between_the_worst_and_the_best(found: list[float]) -> None:
    for rule in GradeRule:
        assert min(found) - 1e-9 <= standing(rule, found) <= max(found) + 1e-9
        assert standing(rule, found[:1]) == found[0] == deciding(rule, found[:1])
    assert standing(GradeRule.BEST, found) == max(found)
    assert (standing(GradeRule.FIRST, found), standing(GradeRule.LAST, found)) == (found[0], found[-1])


@given(shares, st.floats(0, 1))
def test_a_further_attempt_moves_a_grade_as_its_rule_says(found: list[float], more: float) -> None:
    after = [*found, more]
    assert standing(GradeRule.BEST, after) >= standing(GradeRule.BEST, found)
    assert standing(GradeRule.FIRST, after) == standing(GradeRule.FIRST, found)
    assert deciding(GradeRule.BEST, after) == more
    average, before = standing(GradeRule.AVERAGE, after), standing(GradeRule.AVERAGE, found)
    assert min(before, more) - 1e-9 <= average <= max(before, more) + 1e-9


def test_certainty_is_marked_as_published() -> None:
    assert [round(3 * certain_share(1, level)) for level in LEVELS] == [1, 2, 3]
    assert [round(3 * certain_share(0, level)) for level in LEVELS] == [0, -2, -6]
    assert certain_share(1, None) == certain_share(1, 1)


@given(st.floats(0, 1))
def test_it_pays_to_say_what_one_believes(chance: float) -> None:
    expected = {level: certain_share(chance, level) for level in LEVELS}
    believed = 1 if chance < 2 / 3 else 2 if chance < 4 / 5 else 3
    assert expected[believed] >= max(expected.values()) - 1e-9


def quiz(**rules: Any) -> QuizVersion:
    """A quiz of a few rules; belongs to no session."""
    usual = {"max_attempts": 2, "time_limit": None, "late": 1, "delay": 0, "opens_on": None, "closes_on": None}
    return QuizVersion(**{**usual, "feedback": Feedback.AFTER_SUBMISSION, "show_key": "never", **rules})


def begins(terms: Terms) -> datetime | None:
    return terms.opens_at.astimezone(UTC) if terms.opens_at else None


@given(days, zones, moments)
def test_a_quiz_is_open_to_the_end_of_its_last_day(last: date, zone: str, at: datetime) -> None:
    terms = terms_of(quiz(closes_on=last), zone, [], [])
    assert terms.is_closed(at) == (at.astimezone(ZoneInfo(zone)).date() > last)


@given(st.integers(1, 1440), days, moments, st.integers(0, 600))
def test_no_attempt_lasts_beyond_its_time_or_the_last_day(limit: int, last: date, at: datetime, more: int) -> None:
    terms = terms_of(quiz(time_limit=limit, closes_on=last), "UTC", [], [Allowance(extra_minutes=more)])
    deadline = terms.deadline(at)
    assert deadline is not None
    assert deadline <= at + timedelta(minutes=limit + more)
    assert terms.closes_at is not None
    assert deadline <= terms.closes_at
    assert deadline in (at + timedelta(minutes=limit + more), terms.closes_at)


allowances = st.lists(st.builds(Allowance, st.integers(0, 100), st.integers(0, 5), maybe_days), max_size=4)
cohorts = st.lists(st.builds(Days, maybe_days, maybe_days), max_size=3)


@given(maybe_days, cohorts, allowances)
def test_an_allowance_never_takes_anything(last: date | None, hers: list[Days], given_: list[Allowance]) -> None:
    one = quiz(time_limit=30, closes_on=last)
    without, with_ = terms_of(one, "UTC", hers, []), terms_of(one, "UTC", hers, given_)
    assert with_.max_attempts == without.max_attempts + sum(each.extra_attempts for each in given_)
    assert with_.time_limit is not None
    assert without.time_limit is not None
    assert with_.time_limit >= without.time_limit
    assert (with_.closes_at is None) == (without.closes_at is None)
    assert with_.closes_at is None or without.closes_at is None or with_.closes_at >= without.closes_at
    assert terms_of(quiz(max_attempts=0), "UTC", hers, given_).max_attempts == 0


@given(maybe_days, maybe_days, st.lists(st.builds(Days, maybe_days, maybe_days), min_size=1, max_size=3))
def test_of_several_cohorts_the_widest_days_hold(first: date | None, last: date | None, hers: list[Days]) -> None:
    one = quiz(opens_on=first, closes_on=last)
    whole = terms_of(one, "UTC", hers, [])
    for each in hers:
        alone = terms_of(one, "UTC", [each], [])
        assert whole.closes_at is None or (alone.closes_at is not None and alone.closes_at <= whole.closes_at)
        opens, alone_opens = begins(whole), begins(alone)
        assert opens is None or (alone_opens is not None and opens <= alone_opens)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=20), st.integers(1, 6))
def test_pages_lose_nothing_and_part_no_case(found: list[tuple[bool, bool]], size: int) -> None:
    placed = [Placed(at, case, asks) for at, (case, asks) in enumerate(found, 1)]
    pages = pages_of(placed, size)
    assert [position for page in pages for position in page] == [one.position for one in placed]
    for group in together(placed):
        assert any({one.position for one in group} <= set(page) for page in pages)
    alone = [Placed(one.position, in_case=False, asks=True) for one in placed]
    assert all(len(page) == size for page in pages_of(alone, size)[:-1])
