"""What modules taught: the same knowledge asked before the first lesson and after the last, from the counters."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from lms.certification.queries import local_day
from lms.db import Texts, db
from lms.organizations.models import Network
from lms.progress.gains import THOUSAND
from lms.quizzes.models import QuizVersion
from lms.reports.counters.models import ANY, ANY_LANGUAGE, COUNTER, Kind
from lms.reports.queries.modules import modules_of
from lms.reports.queries.stops import shown_on_the_way
from lms.training.models import Module

WHOLE = 100


@dataclass(frozen=True)
class GainRow:
    """A module: how many answered both, and what they got on average, in whole percents; None is not shown.

    Means are rounded, and all that follows from them is made of the rounded ones: looked at before and after one more
    person, exact ones would tell what she got.
    """

    titles: Texts
    people: int | None
    before: int | None = None
    after: int | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether so few answered both that nothing is shown."""
        return self.people is None and self.before is None

    @property
    def difference(self) -> int | None:
        """The mean difference, in points."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def gain(self) -> float | None:
        """The share of what was missing before that was gained (Hake 1998); None where nothing was missing."""
        if self.before is None or self.difference is None or self.before == WHOLE:
            return None
        return round(self.difference / (WHOLE - self.before), 2)


def gains_of(network: Network, now: datetime) -> list[GainRow]:
    """The modules that have an entry quiz, or had one that was answered, in their order. Three statements."""
    modules = modules_of(network.id)
    ids = [module.id for module in modules]
    asking, counted = _asking(ids), _counted(network, ids, now)
    return [
        row_of(module.titles, counted[module.id], network.threshold)
        for module in modules
        if module.id in asking or counted[module.id][Kind.COMPARED]
    ]


def row_of(titles: Texts, counted: Mapping[str, int], threshold: int) -> GainRow:
    """What may be shown of a module: means of no small group; and no number of people that differs by a small group
    from another one that is known (nobody, who began and who completed the module), for it would tell who left it out.
    """
    number = counted[Kind.COMPARED]
    known = [counted[Kind.BEGUN], counted[Kind.COMPLETED]]
    (people,) = shown_on_the_way(known, [number], threshold)
    if not number or number < threshold:
        return GainRow(titles, people)
    before, after = (_mean(counted[kind], number) for kind in (Kind.BEFORE, Kind.AFTER))
    return GainRow(titles, people, before, after)


def _mean(thousandths: int, number: int) -> int:
    """In whole percents, halves upwards."""
    return (2 * WHOLE * thousandths + THOUSAND * number) // (2 * THOUSAND * number)


def _asking(module_ids: Sequence[int]) -> set[int]:
    """Ids of those whose current version has an entry quiz."""
    query = select(Module.id).join(QuizVersion, QuizVersion.module_version_id == Module.current_version_id)
    return set(db.session.scalars(query.where(Module.id.in_(module_ids), QuizVersion.before.is_not(None))))


def _counted(network: Network, module_ids: Sequence[int], now: datetime) -> dict[int, dict[str, int]]:
    """Module id to the stock of the whole network, by kind."""
    kept = COUNTER.c
    kinds = [kind.value for kind in (Kind.BEGUN, Kind.COMPLETED, Kind.COMPARED, Kind.BEFORE, Kind.AFTER)]
    rows = db.session.execute(
        select(kept.module_id, kept.kind, func.sum(kept.change))
        .where(
            kept.network_id == network.id,
            kept.organization_id == ANY,
            kept.module_id.in_(module_ids),
            kept.kind.in_(kinds),
            kept.edition_id == ANY,
            kept.language == ANY_LANGUAGE,
            kept.day <= local_day(network, now),
        )
        .group_by(kept.module_id, kept.kind)
    )
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for module_id, kind, change in rows:
        found[module_id][kind] = change
    return found
