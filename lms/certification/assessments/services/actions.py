"""The plan that follows from a round."""

from dataclasses import dataclass
from datetime import date, datetime

from lms.certification.assessments.instruments import Questions
from lms.certification.assessments.models import Action, ActionState, Round, RoundState
from lms.db import db
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.organizations.queries import membership_of


@dataclass(frozen=True)
class Intention:
    """What shall be done about an area, who sees to it, until when."""

    area: str
    text: str
    person_id: int | None
    due_on: date | None


def add_action(found: Round, meant: Intention, *, actor_id: int, now: datetime) -> Action:
    """Put a line into the plan of a closed round. Raises NotAllowed where it is not closed, else as `change_action`."""
    found.require(RoundState.CLOSED)
    _check(found, meant, None, now)
    action = Action(round_id=found.id, created_at=now, created_by_id=actor_id, changed_at=now, **vars(meant))
    db.session.add(action)
    db.session.flush()
    return action


def change_action(action: Action, meant: Intention, now: datetime) -> None:
    """Write a line anew. Raises DomainError for an area that is none, or a person who is no member."""
    _check(action.round, meant, action.person_id, now)
    for name, value in vars(meant).items():
        setattr(action, name, value)
    action.changed_at = now
    db.session.flush()


def _check(found: Round, meant: Intention, before: int | None, now: datetime) -> None:
    if not meant.text.strip():
        raise DomainError(_("Say what will be done."), "text")
    if Questions(found.version.content).area(meant.area) is None:
        raise DomainError(_("This is not among the choices."), "area")
    if meant.person_id in (None, before):
        return
    membership = membership_of(found.organization_id, meant.person_id or 0, now.date())
    if membership is None or membership.confirmed_at is None:
        raise DomainError(_("This person is not a member of the organization."), "person")


def mark_action(action: Action, state: ActionState, now: datetime) -> None:
    """Say what became of it; that can be said anew."""
    action.state, action.changed_at = state, now
    db.session.flush()


def delete_action(action: Action) -> None:
    """Take a line out of the plan."""
    db.session.delete(action)
    db.session.flush()
