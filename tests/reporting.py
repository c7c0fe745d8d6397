"""Makers of histories for reports, and their numbers counted one by one."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from lms.accounts.models import Person
from lms.clock import now
from lms.cohorts.models import CohortMember
from lms.db import db
from lms.organizations.models import Membership, Network, NetworkMembership
from lms.progress.models import Enrolment, ModuleCompletion
from lms.reports.queries.completion import CompletionReport, report
from lms.reports.queries.modules import modules_of
from lms.reports.query import CompletionQuery, Cut
from lms.security.actor import Role
from lms.training.models import Module
from tests.factories import add, grant, make_person

EVERYTHING = Cut()


def make_admin(*networks: Network) -> Person:
    """An admin of the networks."""
    person = make_person()
    for network in networks:
        grant(person, Role.NETWORK_ADMIN, network=network)
    return person


def begin(person: Person, module: Module, at: datetime | None = None) -> Enrolment:
    """An enrolment in the module's current version, as a bare fact; now unless another time is given."""
    since = at or now()
    version_id = db.session.get_one(Module, module.id).current_version_id
    enrolment: Enrolment = add(
        Enrolment(person_id=person.id, module_id=module.id, version_id=version_id, occurred_at=since, last_at=since)
    )
    return enrolment


def completed_in(person: Person, module: Module, language: str, at: datetime | None = None) -> ModuleCompletion:
    """A completion in a language."""
    version_id = db.session.get_one(Module, module.id).current_version_id
    completion: ModuleCompletion = add(
        ModuleCompletion(
            person_id=person.id,
            module_id=module.id,
            version_id=version_id,
            edition_id=version_id,
            language=language,
            score=None,
            occurred_at=at or now(),
        )
    )
    return completion


def ask(network: Network, *, page: int | None = None, **query: Any) -> CompletionReport:
    """The report that a query gives."""
    asked = CompletionQuery(network.id, **query)
    return report(asked, network, modules_of(network.id), language="fa", now=now(), page=page)


def naive_people(network_id: int, day: date) -> dict[int, set[int]]:
    """Organization id to the ids of its people, by looking at every row."""
    persons = {person.id: person for person in db.session.scalars(select(Person))}
    members = list(db.session.scalars(select(Membership)))
    found: dict[int, set[int]] = {}
    for belonging in db.session.scalars(select(NetworkMembership)):
        if belonging.network_id == network_id and belonging.covers(day):
            found[belonging.organization_id] = {
                each.person_id
                for each in members
                if each.organization_id == belonging.organization_id
                and each.covers(day)
                and each.confirmed_at is not None
                and persons[each.person_id].erased_at is None
            }
    return found


def naive_completed(people: Iterable[int], module_id: int, cut: Cut = EVERYTHING, edition_id: int | None = None) -> int:
    """How many of the people completed the module (an edition, within a cut), by looking at every row."""
    cohort = {each.person_id for each in db.session.scalars(select(CohortMember)) if each.cohort_id == cut.cohort_id}
    done = {
        each.person_id
        for each in db.session.scalars(select(ModuleCompletion))
        if each.module_id == module_id
        and edition_id in (None, each.edition_id)
        and (cut.cohort_id is None or each.person_id in cohort)
        and (not cut.language or each.language == cut.language)
        and (cut.since is None or each.occurred_at >= cut.since)
        and (cut.until is None or each.occurred_at < cut.until)
    }
    return len(done & set(people))
