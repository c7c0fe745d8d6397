"""What a closed round says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.certification.assessments.figures import Mean, lowest_areas, means_by_area, overall
from lms.certification.assessments.instruments import Area, Item, Questions
from lms.certification.assessments.models import Agreement, Round, RoundState
from lms.certification.assessments.queries.rounds import agreements_of
from lms.db import db


@dataclass(frozen=True)
class Result:
    """A round's agreed levels, by item and by area."""

    round: Round
    questions: Questions
    agreements: Mapping[str, Agreement]

    @cached_property
    def means(self) -> dict[str, Mean]:
        """The mean of each area."""
        return means_by_area((each.area, each.level) for each in self.agreements.values())

    @property
    def overall(self) -> Mean:
        """The mean of all items."""
        return overall(self.means)

    @property
    def lowest(self) -> list[Area]:
        """The areas to begin with."""
        return [area for key in lowest_areas(self.means) if (area := self.questions.area(key)) is not None]

    def mean(self, area: Area) -> float | None:
        """The mean of an area."""
        return self.means.get(area.key, Mean()).value

    def agreed(self, area: Area) -> int:
        """How many items of an area have a level."""
        return self.means.get(area.key, Mean()).count

    def rows(self, area: Area) -> Sequence[tuple[Item, Agreement | None]]:
        """The items of an area, each with what was agreed."""
        return [(item, self.agreements.get(item.key)) for item in area.items]


def result_of(found: Round) -> Result:
    """One statement, whatever the number of items and people."""
    return Result(found, Questions(found.version.content), {each.item: each for each in agreements_of(found.id)})


def earlier_round(found: Round) -> Round | None:
    """The organization's last closed round with the same instrument before this one."""
    query = (
        select(Round)
        .where(Round.organization_id == found.organization_id, Round.instrument_id == found.instrument_id)
        .where(Round.state == RoundState.CLOSED, Round.id < found.id)
        .options(joinedload(Round.version))
        .order_by(Round.id.desc())
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()
