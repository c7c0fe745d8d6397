"""Makers for what networks decide: an organization that has met all of a level that admins award."""

from dataclasses import dataclass

from sqlalchemy import select

from lms.accounts.models import Person
from lms.certification.models import Cycle
from lms.certification.services import award, follow, submit
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.models import Network, Organization
from lms.security.actor import Role
from tests.certification import change_level, complete, make_scheme, the_kit
from tests.factories import grant, make_member, make_network, make_organization, make_person


@dataclass
class Case:
    """A network, one of its organizations, and who is concerned."""

    network: Network
    organization: Organization
    manager: Person
    admin: Person

    @property
    def cycle(self) -> Cycle:
        """The organization's newest cycle in the network, read anew."""
        mine = (Cycle.organization_id == self.organization.id, Cycle.network_id == self.network.id)
        return db.session.scalars(select(Cycle).where(*mine).order_by(Cycle.id.desc())).first() or Cycle()

    @property
    def page(self) -> str:
        """Where admins decide on it."""
        return f"/en/cycles/{self.cycle.public_id}"

    @property
    def board(self) -> str:
        """The organization's."""
        return f"/en/organizations/{self.organization.public_id}"

    @property
    def of_network(self) -> str:
        """The network's board."""
        return f"/en/networks/{self.network.public_id}"

    @property
    def history(self) -> str:
        """What happened."""
        return f"{self.of_network}/organizations/{self.organization.public_id}/history"


def make_case(network: Network | None = None, *, four_eyes: bool = False, met: bool = True) -> Case:
    """An organization in a level that admins award; everything that it asks is met, unless said otherwise."""
    the_kit()
    if network is None:
        network = make_network()
        make_scheme(network)
        change_level(network, automatic=False, four_eyes=four_eyes)
    organization = make_organization(network)
    manager = grant(
        make_member(organization, make_person(display_name="Parvaneh the manager")),
        Role.MANAGER,
        organization=organization,
    )
    admin = grant(make_person(display_name="Nargess the admin"), Role.NETWORK_ADMIN, network=network)
    if met:
        meet(organization)
    with write_unit():
        follow(organization.id, network.id, now())
    return Case(network, organization, manager, admin)


def meet(organization: Organization, people: int = 2) -> list[Person]:
    """People of the organization who have completed the kit."""
    modules, _kit = the_kit()
    members = [make_member(organization) for _ in range(people)]
    for person in members:
        for module in modules:
            complete(person, module)
    return members


def awarded(case: Case) -> Cycle:
    """Hand in and award."""
    with write_unit():
        submit(case.cycle, actor_id=case.manager.id, now=now())
        award(case.cycle, actor_id=case.admin.id, now=now())
    return case.cycle
