"""Asking for many certificates at once, and letting them go."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select

from lms.accounts.locking import lock_person
from lms.certification.models import Bundle, BundleState
from lms.certification.queries.bundles import bound_count
from lms.certification.queries.cases import issuers_day
from lms.db import db
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.jobs import enqueue
from lms.organizations.models import Membership, Network, Organization
from lms.storage.sweeping import forget_soon

KEPT = timedelta(days=7)


def ask_for_bundle(of: Network | Organization, language: str, *, actor_id: int, now: datetime) -> Bundle:
    """Have the certificates of a network's organizations, or of an organization's people, bound together in a language.

    While the same is being bound for her already, that is what she gets. Raises DomainError where there is none.
    """
    network = of if isinstance(of, Network) else None
    network_id = network.id if network else None
    organization_id = of.id if isinstance(of, Organization) else None
    lock_person(actor_id)
    waiting = select(Bundle).where(
        Bundle.state == BundleState.WAITING,
        Bundle.asked_by_id == actor_id,
        Bundle.language == language,
        Bundle.network_id.is_not_distinct_from(network_id),
        Bundle.organization_id.is_not_distinct_from(organization_id),
    )
    if (known := db.session.scalars(waiting.limit(1)).first()) is not None:
        return known
    total = bound_count(network_id, organization_id, issuers_day(network, now))
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
    """Delete the files of bundles that were asked for a week ago, and wait no more for those that came to nothing;
    gives how many."""
    return _let_go(Bundle.asked_at < now - KEPT, now)


def let_bundles_of_person_go(person_id: int, now: datetime) -> int:
    """Delete the files that may hold a person's certificate: those of the organizations that she was ever in; gives
    how many."""
    hers = select(Membership.organization_id).where(Membership.person_id == person_id)
    return _let_go(Bundle.organization_id.in_(hers), now)


def _let_go(which: ColumnElement[bool], now: datetime) -> int:
    query = select(Bundle).where(Bundle.state != BundleState.GONE, which).with_for_update(of=Bundle)
    gone = list(db.session.scalars(query))
    for bundle in gone:
        if bundle.file_key is not None:
            forget_soon(bundle.file_key, now)
        bundle.file_key, bundle.state = None, BundleState.GONE
    db.session.flush()
    return len(gone)
