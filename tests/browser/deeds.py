"""What is done over and over, by the product's services, within an application's context."""

from collections.abc import Iterator

from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.names import sign_in_key
from lms.certification.assessments.models import Round
from lms.certification.models import Cycle
from lms.certification.services import award, submit
from lms.clock import now
from lms.db import db, write_unit
from lms.events import emit
from lms.organizations.models import Grant, Network, NetworkMembership, Organization
from lms.progress.events import ModuleCompleted
from tests.assessments import give
from tests.certification import complete, the_kit
from tests.evidence import AGREEMENT, MEETING, make_evidence, review
from tests.evidence import submit as hand_in_evidence

CONTRIBUTION = {
    "kind": "money",
    "giver": "The health centre",
    "given_on": "2026-04-02",
    "value": {"amount": "1200", "currency": "USD"},
}
PRACTICE = (
    ("meeting_record", MEETING),
    ("signed_agreement", AGREEMENT),
    ("signed_agreement", AGREEMENT),
    ("partner_contribution", CONTRIBUTION),
)
ADMIN = "admin"


def learn(person: Person) -> None:
    """Complete the kit."""
    for module in the_kit()[0]:
        done = complete(person, module)
        with write_unit():
            about = (done.version_id, done.edition_id, done.language, done.id)
            emit(ModuleCompleted(now(), person.id, person.id, module.id, *about))


def score(person: Person) -> None:
    """Score every item of the newest round."""
    give(db.session.scalars(select(Round).order_by(Round.id.desc())).first() or Round(), person, 3)


def prove(manager: Person) -> None:
    """Hand in evidence of practice, which the network accepts."""
    organization, network = _seat(manager)
    for kind, fields in PRACTICE:
        made = make_evidence(organization, manager, kind, fields)
        review(hand_in_evidence(made, network, manager), person_named(ADMIN))


def renew(manager: Person) -> None:
    """Hand in every renewal that is under way, each of which the network awards."""
    for cycle_id in list(_renewals(*_seat(manager))):
        with write_unit():
            cycle = db.session.get_one(Cycle, cycle_id)
            submit(cycle, actor_id=manager.id, now=now())
            award(cycle, actor_id=person_named(ADMIN).id, now=now())


def _renewals(organization: Organization, network: Network) -> Iterator[int]:
    mine = (Cycle.organization_id == organization.id, Cycle.network_id == network.id)
    for cycle in db.session.scalars(select(Cycle).where(*mine, Cycle.state == "in_progress").order_by(Cycle.id)):
        yield cycle.id


def person_named(name: str) -> Person:
    """Who signs in with a name."""
    return db.session.scalars(select(Person).where(Person.sign_in_key == sign_in_key(name))).one()


def _seat(manager: Person) -> tuple[Organization, Network]:
    """Her organization, and the network that it belongs to."""
    query = (
        select(Organization, Network)
        .join(Grant, Grant.organization_id == Organization.id)
        .join(NetworkMembership, NetworkMembership.organization_id == Organization.id)
        .join(Network, Network.id == NetworkMembership.network_id)
    )
    organization, network = db.session.execute(query.where(Grant.person_id == manager.id)).one()
    return organization, network
