"""Starting a round, scoring in it, ending its scoring."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from lms.certification.assessments.events import RoundCancelled, RoundStarted, ScoringEnded
from lms.certification.assessments.figures import spread_of
from lms.certification.assessments.instruments import LEVELS, Questions
from lms.certification.assessments.models import Agreement, Instrument, InstrumentVersion, Round, RoundState, Score
from lms.certification.assessments.models.rounds import OPEN
from lms.db import db
from lms.errors import DomainError, NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.organizations.models import Organization


def start_round(organization: Organization, instrument: Instrument, *, actor_id: int, now: datetime) -> Round:
    """Open a round for scoring, with the newest version of the instrument.

    Raises NotAllowed where one is under way, or the instrument is no longer brought.
    """
    db.session.execute(select(Organization.id).where(Organization.id == organization.id).with_for_update())
    under_way = select(Round.id).where(
        Round.organization_id == organization.id, Round.instrument_id == instrument.id, Round.state.in_(OPEN)
    )
    if db.session.scalar(under_way) is not None:
        raise NotAllowed(_("A self-assessment is under way already."))
    if instrument.archived_at is not None:
        raise NotAllowed(_("This instrument is no longer in use."))
    newest = select(InstrumentVersion).where(InstrumentVersion.instrument_id == instrument.id)
    version = db.session.scalars(newest.order_by(InstrumentVersion.number.desc()).limit(1)).one()
    started = Round(
        organization_id=organization.id,
        instrument_id=instrument.id,
        version=version,
        started_at=now,
        started_by_id=actor_id,
    )
    db.session.add(started)
    db.session.flush()
    emit(RoundStarted(now, actor_id, organization.id, started.id))
    return started


def hold(found: Round) -> None:
    """Let nobody else change the round meanwhile, and see it as it is now."""
    # Not `refresh`: it joins what the page had loaded with it, and PostgreSQL locks no outer join.
    db.session.get(Round, found.id, with_for_update=True, populate_existing=True)


def save_scores(found: Round, levels: Mapping[str, int], *, person_id: int, now: datetime) -> None:
    """Keep what a person gives to items; what she gave before is given anew.

    Raises NotAllowed where nobody scores any more, DomainError for what the instrument does not ask.
    """
    hold(found)
    found.require(RoundState.SCORING)
    known = {item.key for item in Questions(found.version.content).items}
    if not levels.keys() <= known or not all(level in LEVELS for level in levels.values()):
        raise DomainError(_("This is not among the choices."))
    given = db.session.scalars(select(Score).where(Score.round_id == found.id, Score.person_id == person_id))
    scores = {score.item: score for score in given}
    for item, level in levels.items():
        score = scores.get(item)
        if score is None:
            made = Score(round_id=found.id, person_id=person_id, item=item, level=level, scored_at=now)
            db.session.add(made)
        elif score.level != level:
            score.level, score.scored_at = level, now
    db.session.flush()


def end_scoring(found: Round, *, actor_id: int, now: datetime) -> None:
    """Take no more scores, and lay their spread before the team. Raises NotAllowed where nobody has scored."""
    hold(found)
    found.require(RoundState.SCORING)
    scorers = db.session.scalar(select(func.count(Score.person_id.distinct())).where(Score.round_id == found.id))
    if not scorers:
        raise NotAllowed(_("Nobody has scored yet."))
    counts = _counts(found.id)
    found.move_to(RoundState.AGREEING, now)
    found.scorers = scorers
    for position, item in enumerate(Questions(found.version.content).items):
        spread = spread_of(counts[item.key])
        db.session.add(Agreement(round=found, item=item.key, area=item.area, position=position, spread=spread))
    db.session.flush()
    emit(ScoringEnded(now, actor_id, found.organization_id, found.id))


def _counts(round_id: int) -> dict[str, dict[int, int]]:
    counts: dict[str, dict[int, int]] = defaultdict(dict)
    rows = db.session.execute(
        select(Score.item, Score.level, func.count())
        .where(Score.round_id == round_id)
        .group_by(Score.item, Score.level)
    )
    for item, level, number in rows:
        counts[item][level] = number
    return counts


def cancel_round(found: Round, *, actor_id: int, now: datetime) -> None:
    """End a round without a result; what was scored stays. Raises NotAllowed where it has ended."""
    hold(found)
    found.move_to(RoundState.CANCELLED, now)
    found.ended_by_id = actor_id
    db.session.flush()
    emit(RoundCancelled(now, actor_id, found.organization_id, found.id))
