"""The requirement types that there are, by their keys."""

from lms.certification.requirement_types.base import RequirementType
from lms.certification.requirement_types.unknown import Unknown

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
