"""Makers of what is told: an organization with a certificate, who manages it, and who oversees it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Notice, Person
from lms.certification.events import CertificateAtRisk, CycleDateCame
from lms.certification.models import Award, Credential, Cycle, StepKind
from lms.certification.queries import local_day
from lms.certification.services import extend, resume, revoke, suspend
from lms.certification.services.awarding import return_to
from lms.certification.services.steps import begin, take_step, write_step
from lms.clock import now
from lms.db import db, write_unit
from lms.events import emit
from lms.jobs.models import Job
from lms.jobs.worker import run_due
from lms.notifications.models import Message
from lms.organizations.models import Network, Organization
from lms.security.actor import Role
from tests.certification import change_level, level_rule, make_scheme
from tests.factories import grant, make_network, make_organization, make_person

KINDS = ("message", "digest", "mail")


@dataclass
class Scene:
    """An organization on its way, and the people around it."""

    network: Network
    organization: Organization
    manager: Person
    admin: Person
    cycle_id: int

    @property
    def cycle(self) -> Cycle:
        """Its cycle as it now is."""
        return db.session.get_one(Cycle, self.cycle_id)

    def newest(self) -> Cycle:
        """The organization's newest cycle."""
        query = select(Cycle).where(Cycle.organization_id == self.organization.id).order_by(Cycle.id.desc())
        return db.session.scalars(query.limit(1)).one()

    def reached(self) -> None:
        """Its work is submitted."""
        with write_unit():
            take_step(self.cycle, StepKind.SUBMITTED, actor_id=self.manager.id, now=now())

    def returned(self, reason: str) -> None:
        """It was returned."""
        with write_unit():
            return_to(self.cycle, reason, actor_id=self.admin.id, now=now())

    def withdrawn(self) -> None:
        """It gave its way up."""
        with write_unit():
            take_step(self.cycle, StepKind.WITHDRAWN, actor_id=self.manager.id, now=now())

    def awarded(self, days: int = 300) -> None:
        """It was awarded, as if every requirement were met."""
        with write_unit() as session:
            cycle, day = self.cycle, local_day(self.network, now())
            cycle.take(StepKind.AWARDED)
            cycle.awarded_on, cycle.window_opens_on = day, day + timedelta(days=days - 90)
            cycle.due_on = cycle.expires_on = day + timedelta(days=days)
            cycle.grace_ends_on = cycle.due_on + timedelta(days=60)
            award = Award(cycle=cycle, rule={}, facts={}, awarded_at=now(), awarded_by_id=self.admin.id)
            session.add(award)
            session.flush()
            code = f"TSH-M{cycle.id:03}-AAAA"
            of = {"organization_id": self.organization.id, "network_id": self.network.id, "award_id": award.id}
            session.add(Credential(code=code, issued_on=day, expires_on=cycle.expires_on, **of))
            write_step(cycle, StepKind.AWARDED, actor_id=self.admin.id, now=now())

    def decided(self, deed: str, reason: str) -> None:
        """A verdict about the certificate."""
        ends = self.cycle.expires_on
        assert ends is not None
        with write_unit() as session:
            if deed == "extended":
                extend(self.cycle, ends + timedelta(days=30), reason, actor_id=self.admin.id, now=now())
            elif deed == "revoked":
                credential = session.scalars(select(Credential)).one()
                revoke(credential, reason, actor_id=self.admin.id, now=now())
            else:
                {"suspended": suspend, "resumed": resume}[deed](self.cycle, reason, actor_id=self.admin.id, now=now())

    def date_came(self, mark: str) -> None:
        """A date of the certificate has come."""
        with write_unit():
            emit(self.date(mark))

    def date(self, mark: str) -> CycleDateCame:
        """The event of a date."""
        ids = (self.organization.id, self.network.id, self.cycle_id)
        return CycleDateCame(now(), None, *ids, mark, (self.cycle.expires_on or now().date()).isoformat())

    def risk(self, *, cured: bool = False) -> None:
        """Facts have changed."""
        with write_unit():
            ids = (self.organization.id, self.network.id, self.cycle.level_id)
            emit(CertificateAtRisk(now(), None, *ids, cured))


def with_mail(language: str = "en", **values: Any) -> Person:
    """A person with a confirmed address."""
    person = make_person(language=language, **values)
    with write_unit() as session:
        found = session.get_one(Person, person.id)
        found.email = found.email_key = f"p{person.id}@example.org"
    return found


def make_scene(language: str = "en", *, asks: bool = False, **values: Any) -> Scene:
    """A scene; `values` are the manager's. Unless it `asks` for something, its level is never at risk by itself."""
    network = make_network(time_zone="Asia/Tehran")
    make_scheme(network)
    if not asks:
        change_level(network, requirements=[])
    organization = make_organization(network)
    manager = grant(with_mail(language, **values), Role.MANAGER, organization=organization)
    admin = grant(with_mail(language), Role.NETWORK_ADMIN, network=network)
    with write_unit():
        cycle = begin(organization.id, network.id, level_rule(network), actor_id=None, now=now())
    return Scene(network, organization, manager, admin, cycle.id)


def told_in_product(person: Person) -> list[str]:
    """Kinds of the messages that a person has notices of, the oldest first."""
    db.session.rollback()
    query = select(Message.kind).join(Notice, Notice.target_id == Message.id)
    return list(db.session.scalars(query.where(Notice.person_id == person.id).order_by(Notice.id)))


def unread_of(person: Person) -> list[str]:
    """The same of those that she has not looked at and that still ask something of her."""
    db.session.rollback()
    query = select(Message.kind).join(Notice, Notice.target_id == Message.id)
    waiting = query.where(Notice.person_id == person.id, Notice.read_at.is_(None))
    return list(db.session.scalars(waiting.order_by(Notice.id)))


def asked_mails(person: Person) -> list[str]:
    """Kinds of the messages that are to be mailed to a person at once."""
    db.session.rollback()
    jobs = db.session.scalars(select(Job).where(Job.kind == "message").order_by(Job.id))
    return [
        db.session.get_one(Message, job.arguments["message"]).kind
        for job in jobs
        if job.arguments.get("person") == person.id
    ]


def deliver(app: Flask) -> None:
    """Let the worker send what waits."""
    run_due(app, KINDS)
