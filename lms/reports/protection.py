"""Which numbers of a finer cut are not shown, so that nobody can work out what a small group did.

A cut (a language, a range of days) divides the people who completed a module into parts, and shows one of them.
What is known beside it: how many completed the module at all (the uncut report), and the other parts. Hence:

- An organization whose people fall into a part fewer than the threshold at a time, or all but so few, is hidden in
  every part.
- The total of a part is shown only where what it has beyond the organizations shown is at least two organizations
  and, in each part that anybody falls into, neither too small nor too near to everybody; the next smallest
  organizations are hidden until that holds, or else the totals are.

What is hidden follows from the network and the cut alone. No other filter, sorting or page changes it: two views
of one cut are two windows on one table.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lms.reports.queries.counts import Counted


@dataclass(frozen=True)
class Protected:
    """Ids of the organizations that a column hides, and whether it hides its totals."""

    hidden: frozenset[int]
    hides_total: bool


def is_small(count: int, of: int, threshold: int) -> bool:
    """Whether a group, or what is left without it, is somebody but fewer than the threshold."""
    return 0 < count < threshold or 0 < of - count < threshold


class _Rest:
    """What the totals have beyond the organizations that are shown; a count over all parts comes first."""

    def __init__(self, counts: list[Counted], shown: list[int]) -> None:
        self.counts = counts
        self.sizes = [count.total - sum(count.by_organization.get(id_, 0) for id_ in shown) for count in counts]
        self.organizations = len(counts[0].by_organization) - len(shown)

    def take(self, organization: int) -> None:
        """One organization less is shown."""
        self.organizations += 1
        self.sizes = [
            size + count.by_organization.get(organization, 0)
            for size, count in zip(self.sizes, self.counts, strict=True)
        ]

    def is_safe(self, threshold: int) -> bool:
        """Whether totals beside the organizations shown tell nothing of a few people."""
        whole, *parts = self.sizes
        if not self.organizations:
            # Less than nothing where people are in two organizations: they are a group as well.
            return not any(is_small(-part, -whole, threshold) for part in parts)
        return self.organizations > 1 and all(threshold <= part <= whole - threshold for part in parts)


def protect(whole: Counted, parts: Mapping[str, Counted], threshold: int) -> Protected:
    """What a column hides: `whole` counts everybody who completed the module, `parts` those of each part."""
    used = [part for part in parts.values() if part.total]
    small = _small(whole.by_organization, [part.by_organization for part in used], threshold)
    hidden = None
    if not any(is_small(part.total, whole.total, threshold) for part in used):
        hidden = _hidden_with(small, whole, used, threshold)
    return Protected(small if hidden is None else hidden, hides_total=hidden is None)


def _small(whole: Mapping[int, int], parts: Sequence[Mapping[int, int]], threshold: int) -> frozenset[int]:
    """Organizations that have a small group in any part. What is in a part is looked at, not what is missing in it: of
    fewer people in all than the threshold, any part is small, and of more, a part without anybody is not."""
    found = {organization for organization, count in whole.items() if parts and 0 < count < threshold}
    for part in parts:
        # `is_small` of each, without a call for each of many thousand.
        found.update(
            id_ for id_, count in part.items() if 0 < count < threshold or 0 < whole.get(id_, 0) - count < threshold
        )
    return frozenset(found)


def _hidden_with(small: frozenset[int], whole: Counted, used: list[Counted], threshold: int) -> frozenset[int] | None:
    """The organizations to hide so that the totals can be shown, or None where there are not enough of them."""
    shown = sorted(whole.by_organization.keys() - small, key=lambda id_: (-whole.by_organization[id_], id_))
    rest = _Rest([whole, *used], shown)
    while not rest.is_safe(threshold):
        if not shown:
            return None
        rest.take(shown.pop())
    return frozenset(whole.by_organization.keys() - set(shown))


def protect_groups(numbers: Mapping[str, int], hidden: Collection[str], threshold: int) -> set[str]:
    """Which groups of one column to hide beside those that are hidden already, so that the others do not tell them.

    Hidden groups are two or more, and together no small one; the next smallest are taken until that holds.
    """
    found = set(hidden)
    shown = sorted((key for key in numbers if key not in found and numbers[key]), key=lambda key: (numbers[key], key))
    while found and shown and (len(found) == 1 or sum(numbers[key] for key in found) < threshold):
        found.add(shown.pop(0))
    return found
