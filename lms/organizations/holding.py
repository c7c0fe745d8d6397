"""Letting nobody change what somebody counts for while it is being counted.

What a person counts for follows from her memberships, those of her organizations, and what she learned: three kinds
of deeds that know nothing of one another. Two at once would each be counted without the other. So whoever counts holds
the person, and whoever counts learning her organizations too, which services of belonging hold anyway: organizations
first, in the order of their ids. SQLite lets one write at a time, and has nothing to hold.
"""

from collections.abc import Collection

from sqlalchemy import Select, select

from lms.accounts.models import Person
from lms.db import the_connection
from lms.organizations.models import Membership, Organization


def hold_people(person_ids: Collection[int]) -> None:
    """Hold people, in the present write unit; what is read from then on stays as it is."""
    _hold(select(Person.id).where(Person.id.in_(sorted(person_ids))).order_by(Person.id))


def hold_with_organizations(person_ids: Collection[int]) -> None:
    """Hold the organizations that people belong to, and the people."""
    belongs = select(Membership.organization_id).where(Membership.person_id.in_(sorted(person_ids)))
    _hold(select(Organization.id).where(Organization.id.in_(belongs)).order_by(Organization.id))
    hold_people(person_ids)


def _hold(rows: Select[int]) -> None:
    connection = the_connection()
    if connection.dialect.name == "postgresql":
        # Rows that refer to them can be stored meanwhile: else those who are about to hold them wait for one another.
        connection.execute(rows.with_for_update(key_share=True)).all()
