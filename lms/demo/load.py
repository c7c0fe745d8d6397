"""Loading the demonstration, once; its passwords are set again at every start."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.accounts.names import sign_in_key
from lms.accounts.passwords import hash_password
from lms.accounts.services import create_person
from lms.certification.services import name_signatory
from lms.clock import now
from lms.db import db, write_unit
from lms.demo.certifying import Certifying, Side
from lms.demo.grading import load_graded_module
from lms.demo.learning import complete_modules, count_attempts, read_lessons
from lms.demo.people import ACCOUNTS, NETWORK, ORGANIZATIONS, OTHERS, SIGNATORY, DemoPerson
from lms.demo.sizes import SIZES, is_there, load_size
from lms.demo.sizes.progress import Progress, in_silence
from lms.events import emit
from lms.organizations.events import MemberJoined
from lms.organizations.kinds import Basis, Form, Reach
from lms.organizations.models import Grant, Membership, Network, Organization
from lms.organizations.services import (
    NetworkFacts,
    OrganizationFacts,
    add_organization,
    create_network,
    share_names,
)
from lms.security.actor import Role
from lms.text import short_id

PASSWORD = "tashbik-demo"  # noqa: S105 (printed at start; only ever on loopback)
MONTHS_AGO, FOUNDED = timedelta(days=120), timedelta(days=680)
LINKS_LIE = 9
"""In fewer days everybody follows the link by which she is invited."""


class DemoRefused(Exception):
    """The database holds other people than the demonstration's."""


def load_demo(*, random_passwords: bool, size: str | None = None, progress: Progress = in_silence) -> list[str]:
    """Load the demonstration where it is not there yet, set its passwords, and give the lines to print.

    With a size, the large one; without, whichever is there. Raises DemoRefused where people are who are not of it: it
    would give its passwords to them.
    """
    wanted = SIZES[size] if size else None
    if not (is_there(wanted) or (wanted is None and _is_loaded())):
        if db.session.scalar(select(func.count()).select_from(Person)):
            raise DemoRefused
        if wanted:
            load_size(wanted, progress)
        else:
            _load(now())
    passwords = {name: _random() if random_passwords else PASSWORD for name in _accounts()}
    _set_passwords(passwords)
    width = max(map(len, passwords))
    return [
        "Demo accounts (sign-in name, password):",
        *(f"  {name:<{width}}  {word}" for name, word in passwords.items()),
    ]


def _random() -> str:
    """A password that can be read out in a room and typed on a phone."""
    return "-".join(short_id(4) for _ in range(3))


def _accounts() -> list[str]:
    """The sign-in names of the accounts that are there, in the order in which they are printed."""
    names = {sign_in_key(person.sign_in_name): person.sign_in_name for person in ACCOUNTS}
    there = set(db.session.scalars(select(Person.sign_in_key).where(Person.sign_in_key.in_(names))))
    return [name for key, name in names.items() if key in there]


def _is_loaded() -> bool:
    """Its people are known by names that nobody chooses."""
    key = sign_in_key(OTHERS[0].sign_in_name)
    return bool(db.session.scalar(select(func.count()).select_from(Person).where(Person.sign_in_key == key)))


def _load(today: datetime) -> None:
    everybody, founded = (*ACCOUNTS, *OTHERS), today - FOUNDED
    with write_unit():
        people = {known.sign_in_name: _create(known, _since(known, today)) for known in everybody}
        admin = people["admin"]
        network = create_network(_network_facts(), actor_id=admin.id, now=founded)
        name_signatory(network, *SIGNATORY, earlier_too=False, actor_id=admin.id, now=founded)
        organizations = _add_organizations(network, admin.id, today)
        for known in everybody:
            _place(people[known.sign_in_name], known, organizations, _since(known, today))
    for known in everybody:
        person_id, then = people[known.sign_in_name].id, _since(known, today)
        complete_modules(person_id, known, then + timedelta(days=20))
        read_lessons(person_id, known, then + timedelta(days=90))
    load_graded_module(today - MONTHS_AGO / 2, today)
    sides = {key: Side(each, _people_of(key, people)) for key, each in organizations.items()}
    Certifying(network, admin, sides, today).load()
    count_attempts()


def _since(known: DemoPerson, today: datetime) -> datetime:
    """When a person came: with her organization, if she has one, else with the network."""
    days = next((each.days for each in ORGANIZATIONS if each.key == known.organization), FOUNDED.days)
    return today - timedelta(days=days)


def _people_of(key: str, people: dict[str, Person]) -> list[Person]:
    """An organization's people, who manages it first."""
    hers = sorted((each for each in (*ACCOUNTS, *OTHERS) if each.organization == key), key=lambda each: not each.role)
    return [people[each.sign_in_name] for each in hers]


def _create(person: DemoPerson, then: datetime) -> Person:
    return create_person(
        display_name=person.display_name,
        sign_in_name=person.sign_in_name,
        language=person.language,
        country=person.country,
        now=then,
    )


def _network_facts() -> NetworkFacts:
    return NetworkFacts(NETWORK, Form.NETWORK, Reach.REGIONAL, Basis.THEMATIC_GENERAL, "IR", "Asia/Tehran")


def _add_organizations(network: Network, actor_id: int, today: datetime) -> dict[str, Organization]:
    found = {}
    for known in ORGANIZATIONS:
        then = today - timedelta(days=known.days)
        facts = OrganizationFacts(known.names, known.city, known.country, known.sector)
        found[known.key] = add_organization(network, facts, actor_id=actor_id, now=then)
        share_names(found[known.key], known.shares_names, actor_id=actor_id, now=then)
    return found


def _place(person: Person, known: DemoPerson, organizations: dict[str, Organization], then: datetime) -> None:
    """Membership and role."""
    organization = organizations.get(known.organization)
    if organization is not None:
        joined = then if known.role else then + timedelta(days=person.id % LINKS_LIE)
        membership = Membership(
            person_id=person.id,
            organization_id=organization.id,
            starts_on=joined.date(),
            invited_at=then,
            confirmed_at=joined,
            created_at=joined,
        )
        db.session.add(membership)
        db.session.flush()
        emit(MemberJoined(at=joined, actor_id=person.id, person_id=person.id, organization_id=organization.id))
    if known.role in (Role.MANAGER, Role.OPERATOR, Role.TRAINER):
        over = organization.id if organization and known.role == Role.MANAGER else None
        db.session.add(Grant(person_id=person.id, role=Role(known.role), organization_id=over, starts_on=then.date()))


def _set_passwords(passwords: dict[str, str]) -> None:
    hashes = {name: hash_password(word) for name, word in passwords.items()}
    with write_unit() as session:
        for person in session.scalars(select(Person).where(Person.sign_in_key.in_(hashes))):
            person.password_hash = hashes[str(person.sign_in_key)]
