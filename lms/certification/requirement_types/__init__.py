"""The requirement types: two of our own, and those that plugins bring."""

from lms.certification.requirement_types.base import Case, Finding, Kind, Parameter, RequirementType, State, Titles
from lms.certification.requirement_types.members_completed import MembersCompleted
from lms.certification.requirement_types.share_completed_kit import ShareCompletedKit
from lms.certification.requirement_types.unknown import Unknown

__all__ = [
    "Case",
    "Finding",
    "Kind",
    "Parameter",
    "RequirementType",
    "State",
    "Titles",
    "register_requirement_type",
    "requirement_type",
    "requirement_types",
]

_types: dict[str, RequirementType] = {}
_UNKNOWN = Unknown()


def register_requirement_type(new: RequirementType) -> None:
    """Make a type known. Raises ValueError where another type has its key."""
    known = _types.setdefault(new.key, new)
    if type(known) is not type(new):
        raise ValueError(f"two requirement types are called {new.key!r}")


def requirement_type(key: str) -> RequirementType:
    """The type with a key; where no enabled plugin brings it any more, one that is never met."""
    return _types.get(key, _UNKNOWN)


def requirement_types() -> list[RequirementType]:
    """Every type, in the order of registration."""
    return list(_types.values())


for _own in (MembersCompleted(), ShareCompletedKit()):
    register_requirement_type(_own)
