"""What progress does when a quiz is graded or a module published."""

from typing import Any

from lms.db import db
from lms.progress.gains import is_before_all, note_gain
from lms.progress.queries import is_open_to
from lms.progress.services import complete_if_done, enrol, follow_correction
from lms.quizzes.access import register_entry_gate, register_gate
from lms.quizzes.events import AttemptGraded
from lms.quizzes.models import Attempt
from lms.training.events import ModulePublished
from lms.training.models import Module, ModuleVersion


def on_attempt_graded(_sender: Any, event: AttemptGraded) -> None:
    """A passed quiz may have been the last thing of its module."""
    if event.passed:
        enrolment = enrol(event.person_id, db.session.get_one(Module, event.module_id), event.at)
        language = db.session.get_one(Attempt, event.attempt_id).language
        complete_if_done(enrolment, language, event.at)
    if event.compared:
        note_gain(event.person_id, event.module_id, event.version_id, actor_id=event.actor_id, now=event.at)


def on_module_published(_sender: Any, event: ModulePublished) -> None:
    """A correction reaches its readers at once."""
    version = db.session.get_one(ModuleVersion, event.version_id)
    follow_correction(version)


def listen() -> None:
    """Connect; connecting again changes nothing."""
    AttemptGraded.signal.connect(on_attempt_graded)
    ModulePublished.signal.connect(on_module_published)
    register_gate(is_open_to)
    register_entry_gate(is_before_all)
