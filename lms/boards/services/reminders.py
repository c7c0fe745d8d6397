"""Reminding people of a requirement that waits for them."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from lms.accounts.services import notify
from lms.boards.events import PeopleReminded
from lms.boards.models import RequirementReminder
from lms.boards.queries.reminders import key_of
from lms.certification.queries import RequirementStanding, local_day, standing
from lms.db import db
from lms.errors import NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.organizations.models import Network, Organization

REMINDER = "requirement_reminder"
"""The kind of notice."""


def remind_people(organization: Organization, network: Network, key: str, *, actor_id: int, now: datetime) -> int:
    """Tell each person whom a requirement waits for, but for the actor and who was told today; gives how many.

    Raises NotAllowed where nobody is waited for.
    """
    db.session.execute(select(Organization.id).where(Organization.id == organization.id).with_for_update())
    day = local_day(network, now)
    asked = _asked(organization, network, key, day)
    if asked is None or not asked.finding.missing:
        raise NotAllowed(_("This requirement waits for nobody now."))
    known = _known(organization.id, network.id, key, asked.finding.missing)
    told = [id_ for id_ in asked.finding.missing if id_ != actor_id and (id_ not in known or known[id_].day != day)]
    for person_id in told:
        row = known.get(person_id) or RequirementReminder(
            organization_id=organization.id,
            network_id=network.id,
            person_id=person_id,
            key=key,
            type=asked.type,
            parameters=dict(asked.parameters),
        )
        row.day, row.reminded_at, row.reminded_by_id = day, now, actor_id
        db.session.add(row)
        db.session.flush()
        notify(person_id, REMINDER, row.id, now)
    if told:
        emit(PeopleReminded(now, actor_id, organization.id, network.id, key, len(told)))
    return len(told)


def _asked(organization: Organization, network: Network, key: str, day: date) -> RequirementStanding | None:
    found = standing(organization, network, day)
    levels = found.levels if found else ()
    unmet = (each for level in levels for each in (*level.requirements, *level.lost) if not each.finding.met)
    return next((each for each in unmet if key_of(each.type, each.parameters) == key), None)


def _known(
    organization_id: int, network_id: int, key: str, person_ids: Sequence[int]
) -> dict[int, RequirementReminder]:
    query = select(RequirementReminder).where(
        RequirementReminder.organization_id == organization_id,
        RequirementReminder.network_id == network_id,
        RequirementReminder.key == key,
        RequirementReminder.person_id.in_(person_ids),
    )
    return {each.person_id: each for each in db.session.scalars(query)}
