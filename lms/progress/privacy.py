"""What is kept of a person's learning, for her to download; its facts are ids and numbers, and stay."""

from typing import Any

from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.privacy import register_exporter
from lms.db import db, text_of
from lms.i18n import language
from lms.i18n import lazy_gettext as _
from lms.progress.gains import THOUSAND
from lms.progress.models import Enrolment, Gain, LessonCompletion, ModuleCompletion
from lms.training.models import Module

LABELS = {
    "module": _("Module"),
    "started_at": _("Started at"),
    "lessons_read": _("Lessons read"),
    "completed_at": _("Completed"),
    "score": _("Score"),
    "before": _("Right before the lessons"),
    "after": _("Right in the module's quiz"),
}


def learning_of(person: Person) -> list[dict[str, Any]]:
    """The modules that she began: when, which lessons she read, when and how well she completed them, her gains."""
    lessons = _by_module(select(LessonCompletion).where(LessonCompletion.person_id == person.id))
    completions = _by_module(select(ModuleCompletion).where(ModuleCompletion.person_id == person.id))
    gains = _by_module(select(Gain).where(Gain.person_id == person.id))
    begun = db.session.execute(
        select(Enrolment, Module).join(Module).where(Enrolment.person_id == person.id).order_by(Enrolment.id)
    )
    return [
        {
            "module": text_of(module.titles, language()),
            "started_at": enrolment.occurred_at,
            "lessons_read": [row.lesson_key for row in lessons.get(module.id, ())],
            "completed_at": next((row.occurred_at for row in completions.get(module.id, ())), None),
            "score": next((row.score for row in completions.get(module.id, ())), None),
            "before": next((row.before / THOUSAND for row in gains.get(module.id, ())), None),
            "after": next((row.after / THOUSAND for row in gains.get(module.id, ())), None),
        }
        for enrolment, module in begun
    ]


def _by_module(query: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in db.session.scalars(query):
        found.setdefault(row.module_id, []).append(row)
    return found


def register_privacy() -> None:
    """Add learning to every download."""
    register_exporter("learning", learning_of, title=_("Learning"), labels=LABELS)
