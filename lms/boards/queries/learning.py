"""What boards show of people's learning: sums over pages of people, in a fixed number of statements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select

from lms.db import db
from lms.organizations.models import Membership, NetworkMembership
from lms.organizations.queries import confirmed_memberships, in_force
from lms.progress.models import Enrolment, ModuleCompletion
from lms.reports.queries.modules import ReportModule, each_once, in_kit_order
from lms.reports.queries.persons import Way, ways_of
from lms.training.models import Kit, Module


@dataclass(frozen=True)
class Learning:
    """How many of the modules that her organization is offered a person completed, and when she was last at one."""

    done: int = 0
    last_at: datetime | None = None


def offered_modules(organization_id: int, day: date) -> Select[int]:
    """Ids of the modules that an organization's people can take: the site's and those of its networks."""
    return select(Module.id).where(
        Module.archived_at.is_(None),
        Module.current_version_id.is_not(None),
        or_(Module.network_id.is_(None), Module.network_id.in_(_networks(organization_id, day))),
    )


def _networks(organization_id: int, day: date) -> Select[int]:
    """Ids of the networks that an organization is in."""
    return select(NetworkMembership.network_id).where(
        NetworkMembership.organization_id == organization_id, in_force(NetworkMembership, day)
    )


def modules_offered(organization_id: int, day: date) -> list[ReportModule]:
    """Those modules, in the order of their kits."""
    kits = or_(Kit.network_id.is_(None), Kit.network_id.in_(_networks(organization_id, day)))
    return each_once(db.session.execute(in_kit_order(Module.id.in_(offered_modules(organization_id, day)), kits)))


def ways_of_person(person_id: int, organization_id: int, day: date) -> list[tuple[ReportModule, Way]]:
    """Those modules with how far a person is. Three statements."""
    modules = modules_offered(organization_id, day)
    ways = ways_of([person_id], modules, details=True)
    return [(module, ways[person_id, module.id]) for module in modules]


@dataclass(frozen=True)
class StaffWays:
    """An organization's people, the modules that it is offered, and how far each of them is with each."""

    memberships: Sequence[Membership]
    modules: Sequence[ReportModule]
    #: By the ids of person and module.
    ways: Mapping[tuple[int, int], Way]


def ways_of_staff(organization_id: int, day: date) -> StaffWays:
    """Of all who count on a day. Four statements."""
    memberships, modules = confirmed_memberships(organization_id, day), modules_offered(organization_id, day)
    ways = ways_of([each.person_id for each in memberships], modules, details=True)
    return StaffWays(memberships, modules, ways)


def offered_count(organization_id: int, day: date) -> int:
    """How many modules those are."""
    modules = offered_modules(organization_id, day).subquery()
    return db.session.scalar(select(func.count()).select_from(modules)) or 0


def learning_of(person_ids: Collection[int], organization_id: int, day: date) -> dict[int, Learning]:
    """Person id to what she has done; who has done nothing is left out."""
    offered = offered_modules(organization_id, day)
    completions = db.session.execute(
        select(ModuleCompletion.person_id, func.count(ModuleCompletion.module_id.distinct()))
        .where(ModuleCompletion.person_id.in_(person_ids), ModuleCompletion.module_id.in_(offered))
        .group_by(ModuleCompletion.person_id)
    )
    enrolments = db.session.execute(
        select(Enrolment.person_id, func.max(Enrolment.last_at))
        .where(Enrolment.person_id.in_(person_ids), Enrolment.module_id.in_(offered))
        .group_by(Enrolment.person_id)
    )
    done = dict(completions.all())
    last = dict(enrolments.all())
    return {id_: Learning(done.get(id_, 0), last.get(id_)) for id_ in {*done, *last}}
