"""An organization's way through the levels of one network, as its board shows it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lms.boards.models import RequirementReminder
from lms.boards.queries.reminders import key_of
from lms.certification.models import Cycle, CycleState, CycleStep, StepKind
from lms.certification.queries import LevelStanding, RequirementStanding, Standing


@dataclass(frozen=True)
class BoardStanding:
    """Where it stands, and what the reader may see and do of it."""

    standing: Standing
    #: Person id to name, of those who are still needed.
    names: dict[int, str] = field(default_factory=dict)
    manages: bool = False
    administers: bool = False
    words: dict[int, dict[StepKind, CycleStep]] = field(default_factory=dict)
    reminders: dict[tuple[int, str], list[RequirementReminder]] = field(default_factory=dict)

    @cached_property
    def in_work(self) -> list[LevelStanding]:
        """The levels to show with their requirements: those under way, else the one that comes next."""
        under_way = [level for level in self.standing.levels if level.open is not None]
        current = self.standing.current
        if current is not None and not current.held and current not in under_way:
            under_way.append(current)
        return under_way or ([current] if current else [])

    @property
    def others(self) -> list[LevelStanding]:
        """The levels beside these that were awarded once."""
        awarded = (level for level in self.standing.levels if level.cycle is not None and level.cycle.awarded_on)
        return [level for level in awarded if level not in self.in_work]

    def can_submit(self, level: LevelStanding) -> bool:
        """Whether all is met, and it is for the network to say so."""
        cycle = level.open
        return (
            self.manages
            and cycle is not None
            and cycle.state == CycleState.IN_PROGRESS
            and not level.rule.automatic
            and level.is_met
        )

    def step(self, cycle: Cycle | None, kind: str) -> CycleStep | None:
        """The last step of that kind of a cycle, where it still says how things are."""
        told = self.words.get(cycle.id, {}) if cycle is not None else {}
        step = told.get(StepKind(kind))
        if step is None or cycle is None:
            return None
        return step if _still_says(step, cycle, told) else None

    def key(self, requirement: RequirementStanding) -> str:
        """What names a requirement in a form."""
        return key_of(requirement.type, requirement.parameters)

    def needed(self, requirement: RequirementStanding) -> list[str]:
        """Names of those whom it waits for, as far as the reader may know them."""
        return [self.names[id_] for id_ in requirement.finding.missing if id_ in self.names]

    def waits_for(self, requirement: RequirementStanding, me: int) -> bool:
        """Whether the reader is the only one whom it waits for, as far as she may know."""
        return [id_ for id_ in requirement.finding.missing if id_ in self.names] == [me]

    def may_remind(self, requirement: RequirementStanding, me: int) -> bool:
        """Whether the reader can remind somebody else of it now."""
        today = {each.person_id for each in self.reminded(requirement) if each.day == self.standing.day}
        return self.manages and bool(set(requirement.finding.missing) - today - {me})

    def reminded(self, requirement: RequirementStanding) -> Sequence[RequirementReminder]:
        """Who was reminded of it and is still needed, for who may know their names."""
        found = self.reminders.get((self.standing.network.id, self.key(requirement)), [])
        return [each for each in found if each.person_id in requirement.finding.missing]


def _still_says(step: CycleStep, cycle: Cycle, told: dict[StepKind, CycleStep]) -> bool:
    if step.kind == StepKind.RETURNED:
        later = max((each.number for kind, each in told.items() if kind is not StepKind.RETURNED), default=0)
        return cycle.state == CycleState.IN_PROGRESS and later < step.number
    states: dict[str, Collection[CycleState]] = {
        StepKind.SUBMITTED: (CycleState.SUBMITTED,),
        StepKind.PROPOSED: (CycleState.SUBMITTED,) if cycle.proposed_by_id else (),
        StepKind.SUSPENDED: (CycleState.SUSPENDED,),
        StepKind.REVOKED: (CycleState.REVOKED,),
    }
    return cycle.state in states[step.kind]
