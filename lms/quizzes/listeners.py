"""What quizzes do when something else happened."""

from typing import Any

from lms.db import db
from lms.quizzes.services import store_quizzes
from lms.training.events import ModulePublished
from lms.training.models import ModuleVersion


def on_module_published(_sender: Any, event: ModulePublished) -> None:
    """Store the quizzes of the version, in the transaction that publishes it."""
    store_quizzes(db.session.get_one(ModuleVersion, event.version_id))


def listen() -> None:
    """Connect; connecting again changes nothing."""
    ModulePublished.signal.connect(on_module_published)
