"""How large a sized demonstration is, and how its people are spread over its organizations."""

from dataclasses import dataclass
from random import Random

#: How steeply organizations get smaller from the largest on, and how few people one has at least.
FALL, FEWEST = 1.1, 3


@dataclass(frozen=True)
class Size:
    """A size by its name: so many people, the accounts among them, in so many organizations."""

    name: str
    people: int
    organizations: int

    def chance(self, about: str) -> Random:
        """Numbers that are the same in every run of this size; `about` keeps what they decide apart."""
        return Random(f"{self.name} {about}")  # noqa: S311 (nothing secret is made of it)

    def sign_in_name(self, number: int) -> str:
        """Of somebody of the bulk, from 1: a name that nobody chooses."""
        return f"demo-{self.name}-{number}"

    def headcounts(self, people: int) -> list[int]:
        """How many of `people` each organization has: a few large ones, many small; the largest comes first, the others
        in any order."""
        offset = 1 + self.organizations / 100
        weights = [(place + offset) ** -FALL for place in range(1, self.organizations + 1)]
        spread = people - FEWEST * self.organizations
        counts = [FEWEST + int(spread * weight / sum(weights)) for weight in weights]
        counts[0] += people - sum(counts)
        others = counts[1:]
        self.chance("headcounts").shuffle(others)
        return [counts[0], *others]


SIZES = {
    size.name: size
    for size in (
        Size("1k", 1_000, 25),
        Size("10k", 10_000, 100),
        Size("100k", 100_000, 500),
        Size("1m", 1_000_000, 2_000),
    )
}
