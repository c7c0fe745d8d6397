"""Grading of answers in parts: matching, ordering, gaps, groups; of numbers with units; of penalties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.errors import DomainError
from lms.formats import Formatter
from lms.quizzes.question_types import Content, Grade, type_of
from tests.unit.question_content import OPTIONS, choice, cloze, measured, pairing, pairings, sequence

KEY = {"a": "p", "b": "q", "c": "p"}


def graded(kind: str, content: Content, form: dict[str, str], language: str = "fa") -> Grade:
    answer = type_of(kind).read_answer(content.structure, {part: [value] for part, value in form.items()})
    assert answer is not None
    return type_of(kind).grade(content, answer, language)


@pytest.mark.parametrize("kind", ["matching", "categorise"])
@pytest.mark.parametrize(
    ("placed", "share"), [({"a": "p", "b": "q", "c": "p"}, 1), ({"a": "p", "b": "p"}, 1 / 3), ({"b": "p"}, 0)]
)
def test_each_item_in_its_place_gives_a_share(kind: str, placed: dict[str, str], share: float) -> None:
    assert graded(kind, pairing(kind, KEY, "pq"), placed).fraction == pytest.approx(share)
    whole = graded(kind, pairing(kind, KEY, "pq", partial=False), placed)
    assert whole.fraction == (share == 1)


def test_feedback_is_on_the_whole_and_on_each_item_that_is_not_right() -> None:
    grade = graded("matching", pairing("matching", KEY, "pq"), {"a": "q", "b": "q"})
    assert grade.parts == {"a": False, "b": True}
    assert grade.feedback == ("partly", "a")


@pytest.mark.parametrize("kind", ["matching", "categorise"])
@given(data=st.data())
def test_one_more_right_place_is_never_worth_less(kind: str, data: st.DataObject) -> None:
    content = data.draw(pairings(kind))
    key = content.scoring["pairs" if kind == "matching" else "groups"]
    places = type_of(kind).places_of(content.structure)  # type: ignore[attr-defined]
    placed = {item: data.draw(st.sampled_from(places)) for item in key}
    item = data.draw(st.sampled_from(sorted(key)))
    assert graded(kind, content, {**placed, item: key[item]}).fraction >= graded(kind, content, placed).fraction


@pytest.mark.parametrize(
    ("order", "position", "adjacent", "exact"),
    [("abcd", 1, 1, 1), ("bcda", 0, 2 / 3, 0), ("bacd", 0.5, 1 / 3, 0), ("dcba", 0, 0, 0), ("abdc", 0.5, 1 / 3, 0)],
)
def test_an_order_is_marked_as_its_author_chose(order: str, position: float, adjacent: float, exact: float) -> None:
    form = {item: str(at) for at, item in enumerate(order, 1)}
    shares = [
        graded("ordering", sequence("abcd", credit), form).fraction for credit in ("position", "adjacent", "exact")
    ]
    assert shares == pytest.approx([position, adjacent, exact])


@given(st.permutations(OPTIONS), st.permutations(OPTIONS), st.sampled_from(["position", "adjacent", "exact"]))
def test_only_the_right_order_gets_the_full_mark(right: list[str], given_: list[str], credit: str) -> None:
    form = {item: str(at) for at, item in enumerate(given_, 1)}
    assert (graded("ordering", sequence(right, credit), form).fraction == 1) == (right == given_)


def test_a_place_is_given_once_and_may_be_missing() -> None:
    with pytest.raises(DomainError):
        graded("ordering", sequence("abc"), {"a": "1", "b": "1"})
    with pytest.raises(DomainError):
        graded("ordering", sequence("abc"), {"a": "4"})
    assert graded("ordering", sequence("abc"), {"a": "1", "b": ""}).fraction == pytest.approx(1 / 3)


@pytest.mark.parametrize("spelling", ["شبکه‌سازی", "شبكه سازي", " شَبکه‌سازی "])
def test_a_gap_may_be_spelt_in_any_usual_way(spelling: str) -> None:
    assert graded("gap_fill", cloze(), {"a": spelling, "b": "b"}).fraction == 1


@pytest.mark.parametrize(
    ("form", "share"),
    [({"a": "شبکه‌سازی"}, 1 / 3), ({"b": "b"}, 2 / 3), ({"a": "چتر", "b": "a"}, 1 / 6), ({"a": "x", "b": "c"}, 0)],
)
def test_gaps_count_by_their_weight_and_answers_by_their_share(form: dict[str, str], share: float) -> None:
    assert graded("gap_fill", cloze(), form).fraction == pytest.approx(share)
    assert graded("gap_fill", cloze(partial=False), form).fraction == 0


def test_a_gap_filled_with_a_slip_is_told() -> None:
    grade = graded("gap_fill", cloze(), {"a": "شبکه‌ساری", "b": "b"})
    assert grade.near
    assert grade.feedback == ("partly", "a")


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("12.5 km", 1),
        ("۱۲٫۵ کیلومتر", 1),
        ("١٢٫٥كيلومتر", 1),
        ("۱۲٬۵۰۰ متر", 1),
        ("12,500m", 1),
        ("km 12.5", 1),
        ("12.5", 0.5),
        ("12.5 miles", 0.25),
        ("12.5 m", 0.25),
        ("13 km", 0),
        ("13", 0),
    ],
)
def test_a_number_comes_with_its_unit(typed: str, share: float) -> None:
    content = measured(12.5, unit_missing=0.5, unit_wrong=0.25)
    assert type_of("numeric").check(content) == []
    assert graded("numeric", content, {"answer": typed}).fraction == share


def test_the_key_with_a_unit_gets_the_full_mark_and_is_said_with_it() -> None:
    kind, content = type_of("numeric"), measured(12.5)
    key = kind.correct_answer(content, "fa")
    assert key is not None
    assert kind.grade(content, key, "fa").fraction == 1
    assert kind.read_answer(content.structure, kind.given(key)) == key


@pytest.mark.parametrize("typed", ["km", "twelve km", "12 13 km x", "-", ""])
def test_what_is_no_number_with_a_unit_is_refused(typed: str) -> None:
    kind = type_of("numeric")
    try:
        assert kind.read_answer({"units": ["km"]}, {"answer": [typed]}) in (None,)
    except DomainError:
        return
    assert typed == ""


@given(st.integers(1, 10**6), st.integers(0, 99), st.sampled_from(["en", "fa", "ar"]))
def test_a_relative_tolerance_is_a_share_of_the_answer(answer: int, percent: int, language: str) -> None:
    content = measured(answer, percent / 100, relative=True)
    written = Formatter(language, digits="arab" if language == "ar" else "auto").number
    within, beyond = answer * (100 + percent) / 100, answer * (101 + percent) / 100
    assert graded("numeric", content, {"answer": f"{written(within, 2)} km"}).fraction == 1
    assert graded("numeric", content, {"answer": f"{written(beyond, 2)} km"}).fraction == 0


@pytest.mark.parametrize(("penalty", "share"), [(0, 0.5), (0.25, 0.25), (0.5, 0), (1, 0)])
def test_a_wrong_choice_takes_what_its_author_says(penalty: float, share: float) -> None:
    content = choice("ab", partial=True, penalty=penalty)
    answer = type_of("multiple_choice").read_answer(content.structure, {"answer": ["a", "c"]})
    assert answer
    assert type_of("multiple_choice").grade(content, answer, "fa").fraction == share


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("matching", pairing("matching", {"a": "p", "b": "x"}, "pq")),
        ("matching", pairing("matching", {"a": "p"}, "pq")),
        ("matching", pairing("matching", {"was": "p", "b": "q"}, "pq")),
        ("categorise", pairing("categorise", {"a": "p", "b": "p"}, "p")),
        ("categorise", pairing("categorise", {"a": "p", "b": "q"}, "pq", partial="no")),
        ("ordering", Content({"items": ["a", "b"]}, {"order": ["a"]}, sequence("ab").text)),
        ("ordering", sequence("abc", "generous")),
        ("gap_fill", cloze("loosely")),
        ("gap_fill", Content(cloze().structure, {"gaps": {}}, cloze().text)),
        ("gap_fill", Content({"gaps": cloze().structure["gaps"][:1]}, cloze().scoring, cloze().text)),
        ("numeric", measured(5, units={"km": 2, "m": 1000})),
        ("numeric", measured(5, units={"km": 1})),
        ("numeric", measured(5, unit_wrong=2)),
        ("numeric", measured(5, relative="yes")),
        ("multiple_choice", choice("ab", partial=True, penalty=2)),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_question_is_found(kind: str, content: Content) -> None:
    assert type_of(kind).check(content)
