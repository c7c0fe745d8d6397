"""Keeping where organizations stand."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete, select

from lms.certification.models import KeptStanding
from lms.certification.queries.cases import local_day
from lms.certification.queries.kept import kept_form
from lms.certification.queries.standing import standing
from lms.checks import register_check
from lms.db import db
from lms.organizations.models import Network, Organization


def keep_standing(organization_id: int, network_id: int, now: datetime) -> None:
    """Find where the organization stands in the network and keep it, in the transaction that may have moved it."""
    db.session.flush()
    organization = db.session.get_one(Organization, organization_id)
    network = db.session.get_one(Network, network_id)
    found = standing(organization, network, local_day(network, now))
    form = kept_form(found) if found else None
    forget_standing(organization_id, network_id)
    if form is not None:
        db.session.add(KeptStanding(organization_id=organization_id, network_id=network_id, **form))
        db.session.flush()


def forget_standing(organization_id: int, network_id: int) -> None:
    """Keep nothing of an organization that has left the network."""
    db.session.execute(
        delete(KeptStanding).where(
            KeptStanding.organization_id == organization_id, KeptStanding.network_id == network_id
        )
    )


@register_check("standings")
def standings() -> Iterator[str]:
    """Kept standings that a recount, as of the day on which they were kept, does not find so."""
    for kept in db.session.scalars(select(KeptStanding).execution_options(yield_per=200)):
        organization = db.session.get_one(Organization, kept.organization_id)
        network = db.session.get_one(Network, kept.network_id)
        found = standing(organization, network, kept.day)
        form = (kept_form(found) if found else None) or {}
        counted = (form.get("met"), form.get("total"), [each["missing"] for each in form.get("open", [])])
        if counted != (kept.met, kept.total, [each["missing"] for each in kept.open]):
            yield f"organization {organization.public_id} in network {network.public_id}"
