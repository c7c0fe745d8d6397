"""Which certificates are bound together, and bundles that were asked for."""

from datetime import date

from sqlalchemy import Select, exists, func, or_, select

from lms.certification.models import Award, Bundle, BundleState, Credential, Cycle, CycleState, Visibility
from lms.certification.queries.credentials import WHOLE
from lms.db import db
from lms.organizations.models import Membership
from lms.organizations.queries import in_force
from lms.storage import needs_files

NEWEST = 5


def bound(network_id: int | None, organization_id: int | None, day: date) -> Select[int]:
    """Ids of the certificates that stand on a day: those of a network's organizations, or those that an organization's
    people chose to show on its page. What was revoked or taken back, is suspended, or has ended, is left out."""
    suspended = exists().where(
        Award.id == Credential.award_id, Cycle.id == Award.cycle_id, Cycle.state == CycleState.SUSPENDED
    )
    stands = (
        Credential.revoked_at.is_(None),
        Credential.withdrawn_at.is_(None),
        ~suspended,
        or_(Credential.expires_on.is_(None), Credential.expires_on >= day),
    )
    query = select(Credential.id).where(*stands).order_by(Credential.id)
    if network_id is not None:
        return query.where(Credential.network_id == network_id, Credential.organization_id.is_not(None))
    members = select(Membership.person_id).where(
        Membership.organization_id == organization_id, Membership.confirmed_at.is_not(None), in_force(Membership, day)
    )
    return query.where(Credential.visibility == Visibility.LISTED, Credential.person_id.in_(members))


def bound_count(network_id: int | None, organization_id: int | None, day: date) -> int:
    """How many those are."""
    return db.session.scalar(select(func.count()).select_from(bound(network_id, organization_id, day).subquery())) or 0


def whole_credentials(ids: list[int]) -> list[Credential]:
    """Certificates with everything that they say, in one statement."""
    return list(
        db.session.scalars(select(Credential).where(Credential.id.in_(ids)).options(*WHOLE).order_by(Credential.id))
    )


def bundle_by_public_id(public_id: str) -> Bundle | None:
    """A bundle by the id in an address."""
    return db.session.scalars(select(Bundle).where(Bundle.public_id == public_id)).one_or_none()


def newest_bundles(network_id: int | None, organization_id: int | None) -> list[Bundle]:
    """Those that were asked for last, of a network or of an organization."""
    of = Bundle.network_id == network_id if network_id else Bundle.organization_id == organization_id
    query = select(Bundle).where(of, Bundle.state != BundleState.GONE)
    return list(db.session.scalars(query.order_by(Bundle.id.desc()).limit(NEWEST)))


@needs_files("bundles")
def bundle_files() -> list[str]:
    """The files of those that are ready."""
    return [key for key in db.session.scalars(select(Bundle.file_key)) if key is not None]
