"""What the team agrees on, and the end of a round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lms.certification.assessments.events import RoundClosed
from lms.certification.assessments.instruments import LEVELS
from lms.certification.assessments.models import Round, RoundState
from lms.certification.assessments.models.rounds import OPEN
from lms.certification.assessments.queries import agreements_of
from lms.certification.assessments.services.rounds import hold
from lms.db import db
from lms.errors import DomainError, NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.organizations.queries import membership_of


@dataclass(frozen=True)
class Agreed:
    """A level for an item, and why."""

    level: int
    justification: str


def agree(found: Round, agreed: Mapping[str, Agreed], *, actor_id: int, now: datetime) -> None:
    """Enter what the team agreed on.

    Raises NotAllowed in another state, DomainError (field: the item) for a level without a justification.
    """
    hold(found)
    found.require(RoundState.AGREEING)
    rows = {row.item: row for row in agreements_of(found.id)}
    for item, said in agreed.items():
        if item not in rows or said.level not in LEVELS:
            raise DomainError(_("This is not among the choices."), item)
        why = said.justification.strip()
        if not why:
            raise DomainError(_("Say in a sentence why the team agreed on this level."), item)
        row = rows[item]
        if (row.level, row.justification) != (said.level, why):
            row.level, row.justification = said.level, why
            row.agreed_at, row.agreed_by_id = now, actor_id
    db.session.flush()


def close_round(found: Round, *, actor_id: int, now: datetime) -> None:
    """End a round with its result. Raises NotAllowed where an item has no level yet."""
    hold(found)
    found.require(RoundState.AGREEING)
    levels = [row.level for row in agreements_of(found.id)]
    if not levels or None in levels:
        raise NotAllowed(_("The team has not agreed on every item yet."))
    found.move_to(RoundState.CLOSED, now)
    found.ended_by_id = actor_id
    found.total = sum(level or 0 for level in levels)
    db.session.flush()
    emit(RoundClosed(now, actor_id, found.organization_id, found.id))


def name_recorder(found: Round, person_id: int | None, now: datetime) -> None:
    """Say who, beside the managers, enters what the team agrees on; nobody else where None.

    Raises NotAllowed where the round has ended, DomainError where the person is no confirmed member.
    """
    hold(found)
    if found.state not in OPEN:
        found.require(RoundState.AGREEING)
    if person_id is not None:
        membership = membership_of(found.organization_id, person_id, now.date())
        if membership is None or membership.confirmed_at is None:
            raise DomainError(_("This person is not a member of the organization."), "person")
    found.recorder_id = person_id
    db.session.flush()
