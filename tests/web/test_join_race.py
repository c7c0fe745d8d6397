"""Many at one link at once: it holds as many as it says."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import DomainError
from lms.organizations.models import Grant, Invitation, InvitedAs, Membership, Organization
from lms.organizations.services import Invited, end_membership, invite, join
from lms.security.actor import Role
from tests.factories import grant, make_member, make_organization, make_person


def together(app: Flask, *deeds: tuple[type[Invitation] | type[Membership], int, int]) -> list[bool]:
    """Join by a link, or end a membership, each in a thread of its own; tells who succeeded."""

    def do(deed: tuple[type[Invitation] | type[Membership], int, int]) -> bool:
        model, row_id, person_id = deed
        with app.app_context():
            try:
                with write_unit() as session:
                    row, person = session.get(model, row_id), session.get(Person, person_id)
                    assert person is not None
                    if isinstance(row, Invitation):
                        join(row, person, now=now())
                    elif isinstance(row, Membership):
                        end_membership(row, actor_id=person_id, now=now())
            except DomainError:
                return False
            finally:
                db.session.remove()
        return True

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def test_a_single_link_takes_one(app: Flask) -> None:
    organization, people = make_organization(), [make_person() for _n in range(4)]
    link = _link(organization, people[0])
    assert sum(together(app, *((Invitation, link.id, person.id) for person in people))) == 1
    db.session.rollback()
    assert db.session.scalar(select(func.count(Membership.id))) == 1


def test_one_person_joins_once(app: Flask) -> None:
    organization, person = make_organization(), make_person()
    links = [_link(organization, person) for _n in range(3)]
    assert all(together(app, *((Invitation, link.id, person.id) for link in links)))
    db.session.rollback()
    assert db.session.scalar(select(func.count(Membership.id))) == 1


def test_the_last_two_managers_cannot_both_leave(app: Flask) -> None:
    organization = make_organization()
    managers = [grant(make_member(organization), Role.MANAGER, organization=organization) for _n in range(2)]
    rows = db.session.scalars(select(Membership).order_by(Membership.id)).all()
    deeds = [(Membership, row.id, person.id) for row, person in zip(rows, managers, strict=True)]
    assert sorted(together(app, *deeds)) == [False, True]
    db.session.rollback()
    assert db.session.scalar(select(func.count(Grant.id)).where(Grant.ends_on.is_(None))) == 1


def _link(organization: Organization, person: Person) -> Invitation:
    with write_unit():
        return invite(organization, Invited(), as_=InvitedAs.MEMBER, actor_id=person.id, now=now())
