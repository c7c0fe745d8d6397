"""What certification does when a module is completed."""

from typing import Any

from lms.certification.queries import seats_of_person
from lms.certification.services import follow, issue_for_completion
from lms.db import db
from lms.progress.events import ModuleCompleted
from lms.progress.models import ModuleCompletion


def on_module_completed(_sender: Any, event: ModuleCompleted) -> None:
    """Give her the certificate, and see whether it was the last thing that her organizations needed."""
    issue_for_completion(db.session.get_one(ModuleCompletion, event.completion_id), event.at)
    for organization_id, network_id in seats_of_person(event.person_id, event.at.date()):
        follow(organization_id, network_id, event.at)


def listen() -> None:
    """Connect; connecting again changes nothing."""
    ModuleCompleted.signal.connect(on_module_completed)
