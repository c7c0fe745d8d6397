"""A scheme as it is typed into its editor: read, changed by buttons, made a plan of."""

from lms.certification.typed.changing import change
from lms.certification.typed.planning import Planned, planned
from lms.certification.typed.reading import read_scheme
from lms.certification.typed.showing import shown_level, shown_revision
from lms.certification.typed.tree import TypedLevel, TypedRequirement, TypedScheme, new_level

__all__ = [
    "Planned",
    "TypedLevel",
    "TypedRequirement",
    "TypedScheme",
    "change",
    "new_level",
    "planned",
    "read_scheme",
    "shown_level",
    "shown_revision",
]
