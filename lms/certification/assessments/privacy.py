"""What a person gave in self-assessments: how it is exported and erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from lms.accounts.models import Person
from lms.accounts.privacy import register_eraser, register_exporter
from lms.certification.assessments.instruments import Questions
from lms.certification.assessments.models import Action, InstrumentVersion, Round, Score
from lms.db import Texts, db, text_of
from lms.i18n import language
from lms.i18n import lazy_gettext as _
from lms.organizations.models import Organization

LABELS = {
    "organization": _("Organization"),
    "item": _("Item"),
    "level": _("Level"),
    "scored_at": _("Scored at"),
}


def scores_of(person: Person) -> list[dict[str, Any]]:
    """What she gave each item, the first one first."""
    rows = db.session.execute(
        select(Score, Organization.names, Round.version_id)
        .join(Round, Round.id == Score.round_id)
        .join(Organization, Organization.id == Round.organization_id)
        .where(Score.person_id == person.id)
        .order_by(Score.id)
    ).all()
    texts = _texts({version_id for _score, _names, version_id in rows})
    return [
        {
            "organization": text_of(names, language()),
            "item": text_of(texts[version_id].get(score.item), language()),
            "level": score.level,
            "scored_at": score.scored_at,
        }
        for score, names, version_id in rows
    ]


def _texts(version_ids: set[int]) -> dict[int, dict[str, Texts]]:
    """Version id to the text of each of its items."""
    versions = db.session.scalars(select(InstrumentVersion).where(InstrumentVersion.id.in_(version_ids)))
    return {each.id: {item.key: item.text for item in Questions(each.content).items} for each in versions}


def forget_scores(person: Person, _now: datetime) -> None:
    """Take what she gave. The counts that a team agreed by hold no persons and stay; plans go on without her."""
    in_place = {"synchronize_session": False}
    db.session.execute(delete(Score).where(Score.person_id == person.id), execution_options=in_place)
    hers = update(Action).where(Action.person_id == person.id).values(person_id=None)
    db.session.execute(hers, execution_options=in_place)


def register_privacy() -> None:
    """Add scores to every download and every erasing."""
    register_exporter("self_assessments", scores_of, title=_("Your scores in self-assessments"), labels=LABELS)
    register_eraser(forget_scores)
