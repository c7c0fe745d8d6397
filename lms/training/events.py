"""What training tells the rest."""

from dataclasses import dataclass

from lms.events import Event


@dataclass(frozen=True)
class ModulePublished(Event):
    """A version of a module was published; `kind` is edition or correction. Its quizzes are not stored yet."""

    name = "module_published"

    module_id: int
    version_id: int
    kind: str
