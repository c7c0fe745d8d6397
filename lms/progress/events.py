"""What progress tells."""

from dataclasses import dataclass

from lms.events import Event


@dataclass(frozen=True)
class Enrolled(Event):
    """A person began a module."""

    name = "enrolled"

    person_id: int
    module_id: int
    version_id: int


@dataclass(frozen=True)
class LessonCompleted(Event):
    """A person read a lesson for the first time."""

    name = "lesson_completed"

    person_id: int
    module_id: int
    lesson_key: str
    language: str


@dataclass(frozen=True)
class ModuleCompleted(Event):
    """A person completed an edition of a module for the first time."""

    name = "module_completed"

    person_id: int
    module_id: int
    version_id: int
    edition_id: int
    language: str
    completion_id: int


@dataclass(frozen=True)
class GainNoted(Event):
    """A person answered a module's questions before its lessons and after them: what she got, in thousandths.

    `was`: what was noted of her before one of the two was marked anew.
    """

    name = "gain_noted"

    person_id: int
    module_id: int
    edition_id: int
    before: int
    after: int
    was: tuple[int, int] | None = None


@dataclass(frozen=True)
class FactsImported(Event):
    """Rows of a sheet were written together, or taken back: so many people, memberships and completions.

    It stands for all that single deeds would have told; `last` says that nothing more of the sheet follows.
    """

    name = "facts_imported"

    network_id: int
    import_id: int
    organizations: int
    people: int
    memberships: int
    completions: int
    undone: bool
    last: bool
