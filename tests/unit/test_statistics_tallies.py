"""Adding up attempts: the same in whatever order, and what is taken out leaves no trace."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.statistics import buckets
from lms.quizzes.statistics.facts import Answered, Facts, OfQuestion, facts_of
from lms.quizzes.statistics.groups import answers_of, by_group, group_of, shown_languages
from lms.quizzes.statistics.tallies import Tallies, merged

START = datetime(2026, 3, 1, 8, tzinfo=UTC)

share = st.one_of(st.none(), st.integers(-20000, 10000))
question = st.builds(
    OfQuestion,
    version_id=st.integers(1, 3),
    mark=st.sampled_from((0, 100, 150)),
    share=share,
    rest=st.integers(-200, 100),
    time=st.one_of(st.none(), st.integers(0, 47)),
    keys=st.lists(st.sampled_from(("", "a", "b", "شبکه")), max_size=3, unique=True).map(tuple),
)
attempt = st.builds(
    Facts,
    language=st.sampled_from(("fa", "ar", "en")),
    first=st.booleans(),
    passed=st.booleans(),
    share=st.one_of(st.none(), st.integers(0, 10000)),
    stratum=st.integers(0, 10),
    time=st.one_of(st.none(), st.integers(0, 65)),
    questions=st.lists(question, max_size=3).map(tuple),
)
attempts = st.lists(attempt, max_size=12)


def summed(found: list[Facts]) -> Tallies:
    sums = Tallies()
    for each in found:
        sums.add(each)
    return sums.settled()


@given(attempts, st.randoms(use_true_random=False))
def test_order_does_not_matter(found: list[Facts], order: Random) -> None:
    assert summed(found) == summed(order.sample(found, len(found)))


@given(attempts, attempts)
def test_taking_out_undoes_putting_in(found: list[Facts], more: list[Facts]) -> None:
    sums = summed(found)
    for each in more:
        sums.add(each)
    for each in reversed(more):
        sums.add(each, -1)
    assert sums.settled() == summed(found)


@given(attempt)
def test_facts_are_kept_as_they_are(found: Facts) -> None:
    assert Facts.of_json(found.as_json()) == found


@given(attempts, attempts)
def test_what_is_kept_is_merged_as_it_is_summed(found: list[Facts], more: list[Facts]) -> None:
    def kept(sums: Tallies) -> dict[object, dict[str, dict[str, int]]]:
        by_cut: dict[object, dict[str, dict[str, int]]] = {}
        for (cut, measure, value), n in sums.questions.items():
            by_cut.setdefault(cut, {}).setdefault(measure, {})[value] = n
        return by_cut

    first, second = kept(summed(found)), summed(more)
    cuts = {cut for cut, _measure, _value in second.questions}
    for cut in cuts:
        added = {(m, value): n for (about, m, value), n in second.questions.items() if about == cut}
        first[cut] = {**merged(first.get(cut, {}), added)}
    assert first == kept(summed([*found, *more]))


def answered(saved: int | None, fraction: float | None = 1.0, mark: float = 1, key: str = "a") -> Answered:
    return Answered(1, mark, fraction, None if saved is None else START + timedelta(seconds=saved), [key])


def facts(*questions: Answered) -> Facts:
    worth = sum(each.mark * (each.fraction or 0) for each in questions)
    return facts_of(
        language="fa",
        number=1,
        passed=True,
        mark=max(0.0, worth),
        max_mark=sum(each.mark for each in questions),
        started_at=START,
        submitted_at=START + timedelta(minutes=8),
        questions=questions,
    )


def test_each_answer_is_seen_against_the_rest_of_the_quiz() -> None:
    found = facts(answered(10, 1.0, 2), answered(20, 0.5, 1), answered(30, 0.0, 1))
    assert found.share == 6250
    assert [(each.share, each.rest) for each in found.questions] == [(10000, 25), (5000, 67), (0, 83)]
    assert found.stratum == 6


def test_marks_below_nothing_are_counted_too() -> None:
    found = facts(answered(1, -2.0), answered(2, 1.0))
    assert (found.share, found.stratum) == (0, 0)
    assert [(each.share, each.rest) for each in found.questions] == [(-20000, 100), (10000, -200)]


def test_time_is_since_the_answer_before_in_whatever_order() -> None:
    found = facts(answered(90), answered(30), answered(None), answered(94))
    steps = [each.time for each in found.questions]
    assert steps == [buckets.time(60, 3600), buckets.time(30, 3600), None, buckets.time(4, 3600)]


def test_time_is_not_known_of_answers_that_came_in_one_form_nor_after_an_hour_away() -> None:
    assert [each.time for each in facts(answered(60), answered(60), answered(70)).questions] == [
        None,
        None,
        buckets.time(10, 3600),
    ]
    assert facts(answered(3601)).questions[0].time is None


@given(st.floats(1, 3600))
def test_a_step_of_time_is_within_a_tenth(seconds: float) -> None:
    step = buckets.time(seconds, 3600)
    assert step is not None
    assert abs(buckets.seconds(step) / seconds - 1) < 0.1


def test_unmarked_questions_have_answers_only() -> None:
    found = facts(answered(5, None, 0, "a=3"), answered(6))
    assert (found.questions[0].share, found.questions[0].rest, found.questions[0].keys) == (None, None, ("a=3",))
    sums = summed([found])
    assert {str(measure) for about, measure, _value in sums.questions if about.mark == 0} == {"asked", "time"}


@given(st.dictionaries(st.integers(0, 10), st.integers(1, 50), min_size=1))
def test_everybody_is_in_one_third_and_thirds_are_in_order(strata: dict[int, int]) -> None:
    groups = group_of(strata)
    assert groups.keys() == strata.keys()
    placed = [groups[stratum] for stratum in sorted(strata)]
    assert placed == sorted(placed)
    assert sum(by_group(strata, groups)) == sum(strata.values())


def test_who_gave_which_answer() -> None:
    strata = {2: 10, 5: 10, 9: 10}
    rows = [("a", 2, 8), ("a", 5, 3), ("b", 9, 10), ("b", 5, 7), ("b", 2, 2)]
    assert [(each.key, each.count, each.by_group) for each in answers_of(rows, strata)] == [
        ("b", 19, (2, 7, 10)),
        ("a", 11, (8, 3, 0)),
    ]


@given(st.dictionaries(st.sampled_from(("fa", "ar", "en")), st.integers(0, 30)), st.integers(1, 10))
def test_no_small_language_is_shown_nor_follows_from_the_others(people: dict[str, int], threshold: int) -> None:
    shown = shown_languages(people, threshold)
    assert all(people[language] >= threshold for language in shown)
    hidden = sum(n for language, n in people.items() if language not in shown)
    assert not shown or hidden == 0 or hidden >= threshold


def test_languages_that_are_shown() -> None:
    shown: Callable[..., set[str]] = lambda **people: set(shown_languages(people, 5))  # noqa: E731
    assert shown(fa=20, ar=9) == {"fa", "ar"}
    assert shown(fa=20, ar=9, en=3) == {"fa"}, "3 would be the whole less the others"
    assert shown(fa=20, ar=3, en=3) == {"fa"}
    assert shown(fa=20, ar=3) == set()
