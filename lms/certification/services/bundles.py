"""Asking for many certificates at once, and letting them go."""

from datetime import datetime, timedelta

from sqlalchemy import select

from lms.certification.models import Bundle, BundleState
from lms.certification.queries.bundles import bound_count
from lms.db import db
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.jobs import enqueue
from lms.organizations.models import Network, Organization
from lms.storage.sweeping import forget_soon

KEPT = timedelta(days=7)


def ask_for_bundle(of: Network | Organization, language: str, *, actor_id: int, now: datetime) -> Bundle:
    """Have the certificates of a network's organizations, or of an organization's people, bound together in a language.

    Raises DomainError where there is none.
    """
    network_id = of.id if isinstance(of, Network) else None
    organization_id = of.id if isinstance(of, Organization) else None
    total = bound_count(network_id, organization_id, now.date())
    if not total:
        raise DomainError(_("There is no certificate yet that could be bound."))
    made = Bundle(
        network_id=network_id,
        organization_id=organization_id,
        asked_by_id=actor_id,
        asked_at=now,
        language=language,
        total=total,
    )
    db.session.add(made)
    db.session.flush()
    enqueue("bind_certificates", {"bundle": made.id})
    return made


def let_bundles_go(now: datetime) -> int:
    """Delete the files of bundles that were asked for a week ago; gives how many."""
    query = select(Bundle).where(Bundle.state == BundleState.READY, Bundle.asked_at < now - KEPT)
    gone = list(db.session.scalars(query))
    for bundle in gone:
        assert bundle.file_key is not None
        forget_soon(bundle.file_key, now)
        bundle.file_key, bundle.state = None, BundleState.GONE
    return len(gone)
