"""Makers of self-assessments: an organization with people, and rounds that have come so far."""

from dataclasses import dataclass, field

from sqlalchemy import select

from lms.accounts.models import Person
from lms.certification.assessments.instruments import Questions
from lms.certification.assessments.models import Instrument, Review, Round
from lms.certification.assessments.services import (
    Agreed,
    agree,
    close_round,
    end_scoring,
    hand_in,
    save_scores,
    start_round,
)
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.models import Network, Organization
from lms.security.actor import Role
from tests.factories import grant, make_member, make_network, make_organization, make_person

KEY = "networking-capacity"
WHY = "چون صورت‌جلسه‌ها نشان می‌دهد."


@dataclass
class Team:
    """An organization in a network, its people, and who administers the network."""

    network: Network
    organization: Organization
    manager: Person
    admin: Person
    members: list[Person] = field(default_factory=list)

    @property
    def everybody(self) -> list[Person]:
        """The manager too."""
        return [self.manager, *self.members]


def make_team(members: int = 3, network: Network | None = None) -> Team:
    """An organization with a manager and so many others."""
    network = network or make_network()
    organization = make_organization(network)
    manager = grant(make_member(organization), Role.MANAGER, organization=organization)
    admin = grant(make_person(), Role.NETWORK_ADMIN, network=network)
    return Team(network, organization, manager, admin, [make_member(organization) for _ in range(members)])


def the_instrument() -> Instrument:
    """The one that the kit brings."""
    return db.session.scalars(select(Instrument).where(Instrument.key == KEY)).one()


def questions_of(found: Round) -> Questions:
    """What a round asks."""
    return Questions(found.version.content)


def begin_round(team: Team) -> Round:
    """A round that takes scores."""
    with write_unit():
        return start_round(team.organization, the_instrument(), actor_id=team.manager.id, now=now())


def give(found: Round, person: Person, level: int) -> None:
    """Score every item alike."""
    levels = {item.key: level for item in questions_of(found).items}
    with write_unit():
        save_scores(found, levels, person_id=person.id, now=now())


def scored_round(team: Team, levels: tuple[int, ...] = (1, 2, 3, 4)) -> Round:
    """A round that people scored, each with one level; the team is to agree."""
    found = begin_round(team)
    for person, level in zip(team.everybody, levels, strict=False):
        give(found, person, level)
    with write_unit():
        end_scoring(found, actor_id=team.manager.id, now=now())
    return found


def settle(found: Round, team: Team, level: int = 2, **others: int) -> None:
    """Agree on a level for every item; on another one for those of some areas (hyphens as underscores)."""
    agreed = {
        item.key: Agreed(others.get(item.area.replace("-", "_"), level), WHY) for item in questions_of(found).items
    }
    with write_unit():
        agree(found, agreed, actor_id=team.manager.id, now=now())


def closed_round(team: Team, level: int = 2, **others: int) -> Round:
    """A round with its result."""
    found = scored_round(team)
    settle(found, team, level, **others)
    with write_unit():
        close_round(found, actor_id=team.manager.id, now=now())
    return found


def handed_in(team: Team, found: Round | None = None, note: str = "") -> Review:
    """A round before the team's network."""
    found = found or closed_round(team)
    with write_unit():
        return hand_in(found, team.network, note, actor_id=team.manager.id, now=now())
