"""What the studio tells the rest."""

from dataclasses import dataclass
from typing import ClassVar

from lms.events import Event


@dataclass(frozen=True)
class ModuleCreated(Event):
    """A trainer began a module; `derived_from_id` is the module that it was copied from."""

    name: ClassVar[str] = "module_created"

    module_id: int
    network_id: int | None
    derived_from_id: int | None
