"""A scheme's revisions as its page tells of them, and what somebody is typing."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from lms.accounts.models import Person
from lms.certification.models import Cycle, Revision, Scheme, SchemeDraft
from lms.certification.phases import HELD, phase_expression
from lms.certification.queries.cases import local_day
from lms.clock import now
from lms.db import db
from lms.organizations.models import Network


def revisions_of(network_id: int) -> list[Revision]:
    """Every revision of a network's scheme, those that were cancelled too, in their order; one statement."""
    query = (
        select(Revision)
        .join(Scheme, Scheme.id == Revision.scheme_id)
        .where(Scheme.network_id == network_id)
        .options(joinedload(Revision.levels))
        .order_by(Revision.number)
    )
    return list(db.session.scalars(query).unique())


def scheme_of(network_id: int) -> Scheme | None:
    """A network's scheme."""
    return db.session.scalars(select(Scheme).where(Scheme.network_id == network_id)).one_or_none()


def newest_number(network_id: int) -> int:
    """Number of the newest revision that was not cancelled; 0 where there is none."""
    query = (
        select(func.max(Revision.number))
        .join(Scheme, Scheme.id == Revision.scheme_id)
        .where(Scheme.network_id == network_id, Revision.cancelled_at.is_(None))
    )
    return db.session.scalar(query) or 0


def scheme_draft(network_id: int, person_id: int) -> SchemeDraft | None:
    """What somebody has typed of a network's scheme and not saved."""
    query = select(SchemeDraft).where(SchemeDraft.network_id == network_id, SchemeDraft.person_id == person_id)
    return db.session.scalars(query).one_or_none()


def makers_of(revisions: Iterable[Revision]) -> dict[int, str]:
    """Id to name of who made them."""
    ids = {each.made_by_id for each in revisions if each.made_by_id is not None}
    if not ids:
        return {}
    return dict(db.session.execute(select(Person.id, Person.display_name).where(Person.id.in_(ids))).all())


def holders(network: Network) -> dict[int, int]:
    """Level id to the number of organizations that hold it today, the days of grace included."""
    query = (
        select(Cycle.level_id, func.count(Cycle.organization_id.distinct()))
        .where(Cycle.network_id == network.id)
        .where(phase_expression(local_day(network, now())).in_([phase.value for phase in HELD]))
        .group_by(Cycle.level_id)
    )
    return dict(db.session.execute(query).all())
