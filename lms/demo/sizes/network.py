"""The network of a sized demonstration, its accounts and its organizations."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.accounts.services import create_person
from lms.db import write_unit
from lms.demo.people import ACCOUNTS, DemoPerson
from lms.demo.sizes.keys import Keys
from lms.demo.sizes.naming import organization_names
from lms.demo.sizes.places import COUNTRIES
from lms.demo.sizes.rows import Place
from lms.demo.sizes.shape import Size
from lms.demo.sizes.storing import count_on
from lms.demo.sizes.texts import NETWORK
from lms.organizations.kinds import Basis, Form, Reach, Sector
from lms.organizations.models import Grant, Membership, Network, NetworkMembership, Organization
from lms.organizations.names import set_names
from lms.organizations.services import NetworkFacts, create_network
from lms.security.actor import Role

#: The accounts that can sign in; the last two belong to the largest organization.
NAMES = ("admin", "trainer", "manager", "learner")
#: Organizations that are there from the beginning; the others come until so many days ago.
FOUNDERS, LATEST = 0.4, timedelta(days=60)
SHARES_NAMES = 0.6
SECTORS = tuple(Sector)


def account(name: str) -> DemoPerson:
    """What is known of an account."""
    return next(known for known in ACCOUNTS if known.sign_in_name == name)


def found(at: datetime) -> tuple[Network, dict[str, Person]]:
    """The network, and the accounts by their sign-in names; nobody can sign in yet."""
    with write_unit() as session:
        people = {name: _create(account(name), at) for name in NAMES}
        facts = NetworkFacts(NETWORK, Form.NETWORK, Reach.INTERNATIONAL, Basis.THEMATIC_GENERAL, "IR", "Asia/Tehran")
        network = create_network(facts, actor_id=people["admin"].id, now=at)
        session.add(Grant(person_id=people["trainer"].id, role=Role.TRAINER, starts_on=at.date(), created_at=at))
    return network, people


def _create(known: DemoPerson, at: datetime) -> Person:
    return create_person(
        display_name=known.display_name,
        sign_in_name=known.sign_in_name,
        language=known.language,
        country=known.country,
        now=at,
    )


def add_organizations(size: Size, network: Network, founded: datetime, until: datetime) -> list[Place]:
    """The organizations, members of the network from the day on which each came. The first one shares names."""
    chance = size.chance("organizations")
    keys = Keys(size.chance("keys of organizations"), founded)
    names = organization_names(size.organizations, chance)
    span = until - LATEST - founded
    with write_unit() as session:
        highest = session.scalar(select(func.max(Organization.id))) or 0
        places = []
        for number in range(size.organizations):
            country = chance.choices(COUNTRIES, [each.weight for each in COUNTRIES])[0] if number else COUNTRIES[0]
            comes = number and chance.random() > FOUNDERS
            since = founded + span * chance.random() if comes else founded
            organization = Organization(
                id=highest + 1 + number,
                uid=keys.uid(),
                public_id=keys.public_id(),
                country=country.code,
                city=chance.choice(country.cities),
                sector=SECTORS[number % len(SECTORS)],
                shares_names=not number or chance.random() < SHARES_NAMES,
                created_at=since,
            )
            set_names(organization, names[number])
            session.add(organization)
            places.append(Place(organization.id, country.code, since))
        session.flush()
        session.add_all(
            NetworkMembership(network_id=network.id, organization_id=place.id, starts_on=place.since.date())
            for place in places
        )
        session.flush()
        count_on(Organization)
    return places


def belong(place: Place, people: dict[str, Person]) -> None:
    """Put two of the accounts into an organization."""
    with write_unit() as session:
        for name in ("manager", "learner"):
            session.add(
                Membership(
                    person_id=people[name].id,
                    organization_id=place.id,
                    starts_on=place.since.date(),
                    confirmed_at=place.since,
                    created_at=place.since,
                )
            )
        session.add(managing(people["manager"].id, place))


def managing(person_id: int, place: Place) -> Grant:
    """That somebody manages an organization."""
    return Grant(
        person_id=person_id,
        role=Role.MANAGER,
        organization_id=place.id,
        starts_on=place.since.date(),
        created_at=place.since,
    )
