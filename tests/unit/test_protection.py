"""What a finer cut hides cannot be worked out of what it shows."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from lms.reports.protection import Protected, is_small, protect
from lms.reports.queries.counts import Counted

PARTS = ("fa", "ar", "en", "outside")
counts = st.integers(0, 12)
tables = st.lists(st.tuples(counts, counts, counts, counts), min_size=1, max_size=8)
thresholds = st.integers(1, 6)


@dataclass(frozen=True)
class Column:
    """A module's counts as the database gives them."""

    whole: Counted
    parts: dict[str, Counted]


def column(table: list[tuple[int, ...]]) -> Column:
    rows = {number: row for number, row in enumerate(table, 1) if sum(row)}
    whole = Counted({number: sum(row) for number, row in rows.items()}, sum(map(sum, table)))
    parts = {
        part: Counted({number: row[i] for number, row in rows.items() if row[i]}, sum(row[i] for row in table))
        for i, part in enumerate(PARTS)
    }
    return Column(whole, {part: counted for part, counted in parts.items() if counted.total})


def bounds(organization: int, part: str, made: Column, protected: Protected) -> tuple[int, int]:
    """What a hidden number can be, for somebody who knows everything that is shown in any cut and in the whole."""
    of = made.whole.by_organization[organization]
    if protected.hides_total:
        return 0, of
    counted = made.parts[part]
    shown = made.whole.by_organization.keys() - protected.hidden
    rest = counted.total - sum(counted.by_organization.get(other, 0) for other in shown)
    rest_of = sum(made.whole.by_organization[other] for other in protected.hidden)
    return max(0, of + rest - rest_of), min(of, rest)


@given(tables, thresholds)
def test_no_hidden_number_is_left_with_one_value(table: list[tuple[int, ...]], threshold: int) -> None:
    made = column(table)
    protected = protect(made.whole, made.parts, threshold)
    for organization in protected.hidden:
        for part in made.parts:
            least, most = bounds(organization, part, made, protected)
            assert least < most
            assert least <= made.parts[part].by_organization.get(organization, 0) <= most


@given(tables, thresholds)
def test_no_small_group_is_shown(table: list[tuple[int, ...]], threshold: int) -> None:
    made = column(table)
    protected = protect(made.whole, made.parts, threshold)
    for organization, of in made.whole.by_organization.items():
        for part in made.parts.values():
            if organization not in protected.hidden:
                assert not is_small(part.by_organization.get(organization, 0), of, threshold)
    if not protected.hides_total:
        assert not any(is_small(part.total, made.whole.total, threshold) for part in made.parts.values())


@given(tables)
def test_without_a_threshold_nothing_is_hidden(table: list[tuple[int, ...]]) -> None:
    made = column(table)
    assert protect(made.whole, made.parts, 1) == Protected(frozenset(), hides_total=False)


def test_the_next_smallest_organization_is_hidden_with_the_small_one() -> None:
    made = column([(2, 8, 0, 0), (6, 9, 0, 0), (20, 20, 0, 0)])
    assert protect(made.whole, made.parts, 5) == Protected(frozenset({1, 2}), hides_total=False)


def test_totals_are_hidden_where_no_other_organization_can_be() -> None:
    made = column([(3, 0, 0, 0), (20, 0, 0, 0)])
    assert protect(made.whole, made.parts, 5) == Protected(frozenset({1}), hides_total=True)


def test_who_is_in_two_organizations_is_a_group_too() -> None:
    whole = Counted({1: 20, 2: 20, 3: 30}, 69)
    parts = {"fa": Counted({1: 10, 2: 10, 3: 15}, 34), "ar": Counted({1: 10, 2: 10, 3: 15}, 35)}
    assert protect(whole, parts, 5).hidden == {1, 2}
