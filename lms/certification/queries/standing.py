"""How far an organization is with a network's levels: what its board shows."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.certification.models import Award, Credential, Cycle, CycleState, Level, Requirement
from lms.certification.phases import GRACE, HELD, Phase, phase_of
from lms.certification.queries.cases import case_of
from lms.certification.queries.schemes import scheme_of, titles_of
from lms.certification.requirement_types import Finding, Titles, requirement_type
from lms.db import Texts, db
from lms.organizations.models import Network, Organization
from lms.security.actor import Actor, Role


@dataclass(frozen=True)
class RequirementStanding:
    """A requirement and how far the organization is with it."""

    requirement: Requirement
    finding: Finding
    titles: Titles

    @property
    def text(self) -> str:
        """The requirement in words, in the reader's language."""
        return requirement_type(self.requirement.type).describe(self.requirement.parameters, self.titles)

    @property
    def progress(self) -> str:
        """What there is and what is needed, in words."""
        return requirement_type(self.requirement.type).progress(self.finding)


@dataclass(frozen=True)
class LevelStanding:
    """A level, and where the organization is with it on the day."""

    level: Level
    #: In the order in which they are shown: returned, missing, in review, met.
    requirements: tuple[RequirementStanding, ...]
    #: The certificate that counts where there was one (a renewal under way leaves it in force), else the open cycle.
    cycle: Cycle | None
    #: None: not begun.
    phase: Phase | None
    #: Of the certificate: its code on paper.
    code: str | None

    @property
    def held(self) -> bool:
        """Whether the organization has this level today, the days of grace included."""
        return self.phase in HELD

    @property
    def met(self) -> int:
        """How many requirements are fulfilled."""
        return sum(each.finding.met for each in self.requirements)

    @property
    def at_risk(self) -> bool:
        """Certified, while the facts would not be enough any more."""
        return self.held and self.met < len(self.requirements)

    @property
    def grace_until(self) -> date | None:
        """Last day on which a renewal continues the certificate."""
        return self.cycle.expires_on + GRACE if self.cycle and self.cycle.expires_on else None


@dataclass(frozen=True)
class Standing:
    """An organization's way through a network's scheme."""

    organization: Organization
    network: Network
    day: date
    names: Texts
    levels: tuple[LevelStanding, ...]

    @property
    def current(self) -> LevelStanding | None:
        """The level in work: the first that is not held, else the last."""
        return next((level for level in self.levels if not level.held), self.levels[-1] if self.levels else None)

    @property
    def highest(self) -> LevelStanding | None:
        """The highest level that is held."""
        return next((level for level in reversed(self.levels) if level.held), None)


def standing(organization: Organization, network: Network, day: date) -> Standing | None:
    """How far the organization is on a day of the network's calendar; None where the network has no scheme.

    One statement a requirement and a few more, whatever the number of people and cycles.
    """
    scheme = scheme_of(network.id)
    if scheme is None:
        return None
    case = case_of(organization.id, network, day)
    titles = titles_of((r.type, r.parameters) for level in scheme.levels for r in level.requirements)
    cycles = _counting_cycles(organization.id, network.id)
    levels = []
    for level in scheme.levels:
        found = [
            RequirementStanding(r, requirement_type(r.type).evaluate(case, r.parameters), titles)
            for r in level.requirements
        ]
        found.sort(key=lambda each: each.finding.state.order)
        cycle, code = cycles.get(level.id, (None, None))
        phase = phase_of(cycle.state, cycle.expires_on, day) if cycle else None
        levels.append(LevelStanding(level, tuple(found), cycle, phase, code))
    return Standing(organization, network, day, scheme.names, tuple(levels))


def _counting_cycles(organization_id: int, network_id: int) -> dict[int, tuple[Cycle, str | None]]:
    """Level id to the newest awarded cycle with its certificate's code; the newest of all where none is or stands."""
    stands = Cycle.state.in_((CycleState.CERTIFIED, CycleState.SUSPENDED))
    newest = (
        select(func.coalesce(func.max(Cycle.id).filter(stands), func.max(Cycle.id)))
        .where(Cycle.organization_id == organization_id, Cycle.network_id == network_id)
        .group_by(Cycle.level_id)
    )
    rows = db.session.execute(
        select(Cycle, Credential.code)
        .outerjoin(Award, Award.cycle_id == Cycle.id)
        .outerjoin(Credential, Credential.award_id == Award.id)
        .where(Cycle.id.in_(newest))
    )
    return {cycle.level_id: (cycle, code) for cycle, code in rows}


def names_needed(found: Standing, actor: Actor) -> dict[int, str]:
    """Person id to display name of those who are still needed: all for who manages the organization, else only her own.

    A network's admin is told no names here; the reports name people where their organization consented.
    """
    manages = found.organization.id in actor.organizations_as(Role.MANAGER)
    ids = {person for level in found.levels for each in level.requirements for person in each.finding.missing}
    shown = ids if manages else ids & {actor.person_id}
    if not shown:
        return {}
    rows = db.session.execute(select(Person.id, Person.display_name).where(Person.id.in_(shown)))
    return dict(rows.all())
