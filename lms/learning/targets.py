"""What the addresses of the learner's pages point at."""

from dataclasses import dataclass

from lms.db import db
from lms.progress.queries import module_state
from lms.progress.states import ModuleState
from lms.security.actor import Scope
from lms.security.guards import the_actor
from lms.training.media import Sent, sent_file
from lms.training.models import Module


@dataclass(frozen=True)
class Learning:
    """A module as the signed-in person sees it, with the lesson that the address names."""

    person_id: int
    state: ModuleState
    lesson_key: str = ""

    def scope(self) -> Scope:
        """Her own learning."""
        return Scope(person_id=self.person_id)

    def module(self) -> Module:
        """The row, for services."""
        return db.session.get_one(Module, self.state.id)


def learning(module_id: str, lesson_key: str = "") -> Learning | None:
    """Load a module that she may read, by the public id in the address."""
    person_id = the_actor().person_id
    state = module_state(person_id, module_id)
    return Learning(person_id, state, lesson_key) if state else None


@dataclass(frozen=True)
class ShownFile:
    """A file of a module that she may read."""

    learning: Learning
    file: Sent

    def scope(self) -> Scope:
        """Her own learning."""
        return self.learning.scope()


def shown_file(module_id: str, key: str, variant: str = "") -> ShownFile | None:
    """Load a file of a module that is open to her."""
    found = learning(module_id)
    if found is None or found.state.state == "locked":
        return None
    file = sent_file(found.state.id, key, variant)
    return ShownFile(found, file) if file else None
