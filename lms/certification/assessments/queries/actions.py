"""The plan that follows from a round, and what of the kit helps with it."""

from collections.abc import Collection, Sequence

from sqlalchemy import case, select
from sqlalchemy.orm import joinedload

from lms.certification.assessments.models import Action, ActionState, InstrumentVersion, Round
from lms.db import Texts, db
from lms.training.models import Module


def actions_of(round_id: int) -> Sequence[Action]:
    """What is open first, the earliest due first; then what was done or dropped."""
    open_first = case((Action.state == ActionState.OPEN, 0), else_=1)
    query = (
        select(Action)
        .where(Action.round_id == round_id)
        .options(joinedload(Action.person))
        .order_by(open_first, Action.due_on.is_(None), Action.due_on, Action.id)
    )
    return db.session.scalars(query).all()


def action_by_public_id(action_id: str) -> Action | None:
    """A line of a plan by the id in an address."""
    whole = joinedload(Action.round).options(
        joinedload(Round.organization), joinedload(Round.version).joinedload(InstrumentVersion.instrument)
    )
    return db.session.scalars(select(Action).where(Action.public_id == action_id).options(whole)).one_or_none()


def module_links(plugin: str, keys: Collection[str]) -> dict[str, tuple[str, Texts]]:
    """Public id and titles of a plugin's modules, by key; those that are there to be taken."""
    rows = db.session.execute(
        select(Module.key, Module.public_id, Module.titles).where(
            Module.plugin == plugin,
            Module.key.in_(keys),
            Module.archived_at.is_(None),
            Module.current_version_id.is_not(None),
        )
    )
    return {key: (public_id, titles) for key, public_id, titles in rows}
