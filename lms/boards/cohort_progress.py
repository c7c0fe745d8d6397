"""Where the people of a cohort are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lms.cohorts.models import Cohort
from lms.cohorts.queries import Learner, learners_of
from lms.reports.queries.modules import ReportModule
from lms.reports.queries.persons import Stage, Way, ways_of


@dataclass(frozen=True)
class Row:
    """A person and her ways, in the order of the modules."""

    learner: Learner
    ways: tuple[Way, ...]

    @property
    def finished(self) -> bool:
        """Whether she completed every module of the cohort."""
        return all(way.stage is Stage.COMPLETED for way in self.ways)


@dataclass(frozen=True)
class Progress:
    """A cohort's people by its modules."""

    modules: Sequence[ReportModule]
    rows: Sequence[Row]

    def count(self, at: int, stage: Stage) -> int:
        """How many stand there with the module in column `at`."""
        return sum(row.ways[at].stage == stage for row in self.rows)

    @property
    def unfinished(self) -> list[Row]:
        """Those who have something left."""
        return [row for row in self.rows if not row.finished]


def progress_of(cohort: Cohort, day: date) -> Progress:
    """Everybody in it; of those whom we may not name only how far they are."""
    modules = [ReportModule(one.module.id, one.module.public_id, one.module.titles) for one in cohort.modules]
    learners = learners_of(cohort, day)
    ways = ways_of([learner.person_id for learner in learners], modules, details=True)
    return Progress(modules, [Row(each, _told(each, modules, ways)) for each in learners])


def _told(learner: Learner, modules: Sequence[ReportModule], ways: dict[tuple[int, int], Way]) -> tuple[Way, ...]:
    hers = (ways[learner.person_id, module.id] for module in modules)
    return tuple(way if learner.name is not None else Way(way.stage) for way in hers)
