"""Certificates that a network gave to organizations which are its members today."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from lms.api.cursors import Asked, Part, part_of
from lms.api.queries.members import Place
from lms.certification.models import Award, Credential, Cycle, CycleState, LevelRule
from lms.certification.phases import CLOCK, Phase, phase_of
from lms.db import Texts, db
from lms.organizations.models import Network, Organization
from lms.reports.queries.people import organizations_of

AWARDED = (CycleState.CERTIFIED, CycleState.SUSPENDED, CycleState.REVOKED)


@dataclass(frozen=True)
class Certificate:
    """What an organization was awarded, how it stands on the day, and its dates."""

    id: str
    organization: Place
    level: Texts
    state: Phase
    awarded_on: date
    window_opens_on: date | None
    expires_on: date | None
    grace_ends_on: date | None
    #: What stands on the certificate; None where it has none.
    code: str | None


def awards_of(network: Network, day: date, asked: Asked, organization: str = "") -> Part[Certificate]:
    """A part of them, in the order in which their cycles began: one statement."""
    query = (
        select(
            Cycle.id,
            Cycle.public_id,
            Cycle.awarded_on,
            *CLOCK,
            LevelRule.names.label("level"),
            Organization.public_id.label("organization"),
            Organization.names,
            Credential.code,
        )
        .join(LevelRule, LevelRule.id == Cycle.rule_id)
        .join(Organization, Organization.id == Cycle.organization_id)
        .outerjoin(Award, Award.cycle_id == Cycle.id)
        .outerjoin(Credential, Credential.award_id == Award.id)
        .where(Cycle.network_id == network.id, Cycle.state.in_(AWARDED))
        .where(Cycle.organization_id.in_(organizations_of(network.id, day)))
        .where(Cycle.id > (asked.after[0] if asked.after else 0))
        .order_by(Cycle.id)
        .limit(asked.limit + 1)
    )
    if organization:
        query = query.where(Organization.public_id == organization)
    part = part_of(db.session.execute(query).all(), asked, lambda row: (row.id,))
    found = [
        Certificate(
            *(row.public_id, Place(row.organization, row.names), row.level, phase_of(row, day)),
            *(row.awarded_on, row.window_opens_on, row.expires_on, row.grace_ends_on, row.code),
        )
        for row in part.items
    ]
    return Part(found, part.after)
