"""Makers of rows for tests: each gives a whole, valid row, and takes what the test cares about."""

from datetime import date
from itertools import count
from typing import Any

from lms.accounts.models import Person
from lms.accounts.names import sign_in_key
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.models import Grant, Membership, Network, NetworkMembership, Organization
from lms.organizations.names import set_names
from lms.progress.models import Enrolment, ModuleCompletion
from lms.reports.counters import counting
from lms.reports.counters.facts import people_of
from lms.security.actor import Role
from lms.text import sort_key

LONG_AGO = date(2020, 1, 1)
_number = count(1)


def add(row: Any) -> Any:
    """Store a row; counters follow."""
    with write_unit() as session, counting(_counted(row)):
        session.add(row)
    return row


def _counted(row: Any) -> list[int]:
    """Whom a row may let count for more."""
    if isinstance(row, NetworkMembership):
        return people_of(row.organization_id)
    return [row.person_id] if isinstance(row, Membership | Enrolment | ModuleCompletion) else []


def make_person(**values: Any) -> Person:
    """A person with a display name and a sign-in name of her own; no password unless given."""
    n = next(_number)
    name = values.pop("display_name", f"مریم {n}")
    sign_in = values.pop("sign_in_name", f"person{n}")
    person = Person(
        display_name=name,
        sign_in_name=sign_in,
        sign_in_key=sign_in_key(sign_in),
        sort_key=sort_key(name, "fa"),
        **values,
    )
    add(person)
    return person


def make_network(**values: Any) -> Network:
    """A network."""
    n = next(_number)
    names = values.pop("names", {"fa": f"شبکهٔ {n}", "ar": f"شبكة {n}", "en": f"Network {n}"})
    network = Network(**values)
    set_names(network, names)
    add(network)
    return network


def make_organization(network: Network | None = None, **values: Any) -> Organization:
    """An organization, a member of `network` where one is given."""
    n = next(_number)
    names = values.pop("names", {"fa": f"انجمن {n}", "ar": f"جمعية {n}", "en": f"Association {n}"})
    organization = Organization(**values)
    set_names(organization, names)
    add(organization)
    if network is not None:
        add(NetworkMembership(network_id=network.id, organization_id=organization.id, starts_on=LONG_AGO))
    db.session.expire(organization)
    return organization


def make_member(organization: Organization, person: Person | None = None, **values: Any) -> Person:
    """A confirmed member of an organization."""
    person = person or make_person()
    membership = {"starts_on": LONG_AGO, "confirmed_at": now(), **values}
    add(Membership(person_id=person.id, organization_id=organization.id, **membership))
    return person


def grant(
    person: Person, role: Role, *, organization: Organization | None = None, network: Network | None = None
) -> Person:
    """Give a role."""
    add(
        Grant(
            person_id=person.id,
            role=role,
            organization_id=organization.id if organization else None,
            network_id=network.id if network else None,
            starts_on=LONG_AGO,
        )
    )
    return person
