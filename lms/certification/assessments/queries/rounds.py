"""Instruments, rounds, and what was scored in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from lms.certification.assessments.models import Agreement, Instrument, InstrumentVersion, Round, Score
from lms.certification.assessments.models.rounds import OPEN
from lms.db import db


def open_instruments() -> Sequence[Instrument]:
    """What a round can begin with."""
    return db.session.scalars(select(Instrument).where(Instrument.archived_at.is_(None)).order_by(Instrument.id)).all()


def instrument_by_public_id(public_id: str) -> Instrument | None:
    """An instrument that a round can begin with, by the id in a form."""
    query = select(Instrument).where(Instrument.public_id == public_id, Instrument.archived_at.is_(None))
    return db.session.scalars(query).one_or_none()


def round_by_public_id(round_id: str) -> Round | None:
    """The round with that public id, with its organization and what it asks."""
    query = select(Round).where(Round.public_id == round_id)
    whole = (joinedload(Round.organization), joinedload(Round.version).joinedload(InstrumentVersion.instrument))
    return db.session.scalars(query.options(*whole)).one_or_none()


def rounds_of(organization_id: int) -> Sequence[Round]:
    """Every round of an organization, the newest first."""
    return db.session.scalars(_of_organization(organization_id)).all()


def _of_organization(organization_id: int) -> Select[Any]:
    # A version is large, and many rounds have the same one: it is read once, not beside each.
    whole = selectinload(Round.version).joinedload(InstrumentVersion.instrument)
    return select(Round).where(Round.organization_id == organization_id).options(whole).order_by(Round.id.desc())


def open_rounds(organization_id: int) -> Sequence[Round]:
    """The rounds that are under way in an organization."""
    return db.session.scalars(_of_organization(organization_id).where(Round.state.in_(OPEN))).all()


def own_scores(round_id: int, person_id: int) -> dict[str, int]:
    """Item to the level that a person gave it."""
    rows = db.session.execute(
        select(Score.item, Score.level).where(Score.round_id == round_id, Score.person_id == person_id)
    )
    return dict(rows.all())


def agreements_of(round_id: int) -> Sequence[Agreement]:
    """What is agreed on each item, in the order of the instrument; nothing while people score."""
    return db.session.scalars(
        select(Agreement).where(Agreement.round_id == round_id).order_by(Agreement.position)
    ).all()


@dataclass(frozen=True)
class Participation:
    """How many have scored at least one item, and how many all."""

    begun: int
    finished: int


def participation_of(round_id: int, items: int) -> Participation:
    """Numbers, no names."""
    each = select(func.count().label("scored")).where(Score.round_id == round_id).group_by(Score.person_id).subquery()
    begun, finished = db.session.execute(
        select(func.count(), func.count().filter(each.c.scored >= items)).select_from(each)
    ).one()
    return Participation(begun, finished)
