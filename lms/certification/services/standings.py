"""Keeping where organizations stand."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, delete, select

from lms.batches import batched
from lms.certification.events import CertificateAtRisk
from lms.certification.models import Cycle, KeptStanding
from lms.certification.phases import Phase
from lms.certification.queries.cases import local_day
from lms.certification.queries.kept import kept_form
from lms.certification.queries.seats import seats_of_organization
from lms.certification.queries.standing import Standing, standing, standings
from lms.checks import register_check
from lms.db import db
from lms.events import emit
from lms.organizations.models import Network, Organization

AT_ONCE = 500
"""Organizations that are recounted together."""
KEPT = (
    KeptStanding.organization_id,
    KeptStanding.level,
    KeptStanding.met,
    KeptStanding.total,
    KeptStanding.open,
    KeptStanding.at_risk,
)


def keep_standing(organization_id: int, network_id: int, now: datetime) -> None:
    """Find where the organization stands in the network and keep it, in the transaction that may have moved it; tell
    which of its certificates have come to be at risk, and which are not any more. A suspension is no reason to tell
    either: what has been told is kept through it."""
    db.session.flush()
    organization = db.session.get_one(Organization, organization_id)
    network = db.session.get_one(Network, network_id)
    before = kept_of(organization_id, network_id)
    found = standing(organization, network, local_day(network, now))
    form = kept_form(found) if found else None
    forget_standing(organization_id, network_id)
    if found is None or form is None:
        return
    db.session.add(KeptStanding(organization_id=organization_id, network_id=network_id, **form))
    db.session.flush()
    _tell_risks(found, before.at_risk if before else (), form["at_risk"], now)


def keep_standing_after(cycle: Cycle, now: datetime) -> None:
    """`keep_standing` after a verdict: nothing is kept of who has left the network and only holds its certificate."""
    seat = cycle.organization_id, cycle.network_id
    if seat in seats_of_organization(cycle.organization_id, local_day(cycle.network, now)):
        keep_standing(*seat, now)


def _tell_risks(found: Standing, before: Collection[int], after: Collection[int], now: datetime) -> None:
    held = {level.rule.level_id for level in found.levels if level.held or level.phase is Phase.SUSPENDED}
    changed = [(id_, False) for id_ in after if id_ not in before]
    changed += [(id_, True) for id_ in before if id_ not in after and id_ in held]
    for level_id, cured in changed:
        emit(CertificateAtRisk(now, None, found.organization.id, found.network.id, level_id, cured))


def kept_of(organization_id: int, network_id: int) -> KeptStanding | None:
    """What is kept of one organization in one network."""
    query = select(KeptStanding).where(
        KeptStanding.organization_id == organization_id, KeptStanding.network_id == network_id
    )
    return db.session.scalars(query).one_or_none()


def forget_standing(organization_id: int, network_id: int) -> None:
    """Keep nothing of an organization that has left the network."""
    db.session.execute(
        delete(KeptStanding).where(
            KeptStanding.organization_id == organization_id, KeptStanding.network_id == network_id
        )
    )


def says_the_same(kept: Row[Any] | None, found: Standing | None) -> bool:
    """Whether what is kept is what was found; on which day it was found does not matter."""
    form = kept_form(found) if found else None
    if kept is None or form is None:
        return kept is None and form is None
    return all(getattr(kept, name) == value for name, value in form.items() if name != "day")


@register_check("standings")
def differing_standings() -> Iterator[str]:
    """Kept standings that a recount, as of the day on which they were kept, does not find so."""
    query = select(KeptStanding.network_id, KeptStanding.day, KeptStanding.organization_id).order_by(
        KeptStanding.network_id, KeptStanding.day, KeptStanding.organization_id
    )
    rows = [(network_id, day, organization_id) for network_id, day, organization_id in db.session.execute(query)]
    for (network_id, day), group in groupby(rows, key=lambda row: row[:2]):
        network = db.session.get_one(Network, network_id)
        for some in batched((row[2] for row in group), AT_ONCE):
            for organization, kept, found in recounted(some, network, day):
                if kept is not None and not says_the_same(kept, found):
                    yield f"organization {organization.public_id} in network {network.public_id}"


def recounted(
    organization_ids: Collection[int], network: Network, day: date
) -> Iterator[tuple[Organization, Row[Any] | None, Standing | None]]:
    """Some organizations with what is kept of them (the columns of KEPT) and what a recount finds."""
    organizations = list(
        db.session.scalars(select(Organization).where(Organization.id.in_(organization_ids)).order_by(Organization.id))
    )
    # Columns, not models: a night looks at thousands, and what is made of each costs as much as to read it.
    query = select(*KEPT).where(
        KeptStanding.network_id == network.id, KeptStanding.organization_id.in_(organization_ids)
    )
    kept = {each.organization_id: each for each in db.session.execute(query)}
    found = standings(organizations, network, day)
    for each in organizations:
        yield each, kept.get(each.id), found.get(each.id)
