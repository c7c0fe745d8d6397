"""Who is counted, and which organizations are shown."""

from datetime import date

from sqlalchemy import CTE, ColumnElement, Select, func, select, union

from lms.accounts.models import Person
from lms.organizations.models import Membership, NetworkMembership, Organization
from lms.organizations.queries import in_force
from lms.organizations.queries.belonging import confirmed_on
from lms.organizations.queries.search import matching as named
from lms.progress.models import Enrolment, ModuleCompletion
from lms.reports.query import CompletionQuery, Progress


def people_of(network_id: int, day: date) -> CTE:
    """Pairs (organization_id, person_id) of a network: both memberships in force on the day, hers confirmed."""
    return (
        select(Membership.organization_id, Membership.person_id)
        .join(NetworkMembership, NetworkMembership.organization_id == Membership.organization_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            NetworkMembership.network_id == network_id,
            in_force(NetworkMembership, day),
            confirmed_on(day),
            Person.erased_at.is_(None),
        )
        .distinct()
        .cte("people")
    )


def organizations_of(network_id: int, day: date) -> Select[int]:
    """Ids of the organizations that are in a network on a day."""
    return select(NetworkMembership.organization_id).where(
        NetworkMembership.network_id == network_id, in_force(NetworkMembership, day)
    )


def matching(query: CompletionQuery, module_ids: list[int], people: CTE, day: date) -> Select[int]:
    """Ids of the organizations that the query asks for; `module_ids` are its columns."""
    found: Select[int] = named(
        select(Organization.id).where(Organization.id.in_(organizations_of(query.network_id, day))),
        Organization.folded,
        query.name,
    )
    if query.country:
        found = found.where(Organization.country == query.country)
    if query.progress is not None:
        found = found.where(_at(query.progress, module_ids, people))
    return found


def _at(progress: Progress, module_ids: list[int], people: CTE) -> ColumnElement[bool]:
    begun = Organization.id.in_(_begun(module_ids, people))
    if progress is Progress.NOT_STARTED:
        return ~begun
    completed = Organization.id.in_(_completed(module_ids, people))
    return completed if progress is Progress.COMPLETED else begun & ~completed


def _begun(module_ids: list[int], people: CTE) -> Select[int]:
    facts = union(
        *(
            select(people.c.organization_id)
            .join(model, model.person_id == people.c.person_id)
            .where(model.module_id.in_(module_ids))
            for model in (Enrolment, ModuleCompletion)
        )
    ).subquery()
    return select(facts.c.organization_id)


def _completed(module_ids: list[int], people: CTE) -> Select[int]:
    done = (
        select(people.c.organization_id, people.c.person_id, ModuleCompletion.module_id)
        .join(ModuleCompletion, ModuleCompletion.person_id == people.c.person_id)
        .where(ModuleCompletion.module_id.in_(module_ids))
        .distinct()
        .subquery()
    )
    both = (done.c.organization_id == people.c.organization_id) & (done.c.person_id == people.c.person_id)
    wanted = func.count(people.c.person_id.distinct()) * len(module_ids)
    return (
        select(people.c.organization_id)
        .outerjoin(done, both)
        .group_by(people.c.organization_id)
        .having(func.count(done.c.module_id) == wanted)
    )
