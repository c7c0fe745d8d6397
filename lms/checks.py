"""What can be checked about the kept data: each feature may register checks; `lms check` runs them all."""

from collections.abc import Callable, Iterable

Check = Callable[[], Iterable[str]]
"""Called in the app's context; names every difference, without names of people."""

_checks: dict[str, Check] = {}


def register_check(title: str) -> Callable[[Check], Check]:
    """Register the decorated function as the check of that title."""

    def register(check: Check) -> Check:
        _checks[title] = check
        return check

    return register


Repair = Callable[[], int]
"""Called in a write unit; makes what a check names right where it can be derived, and says how many it mended."""

_repairs: dict[str, Repair] = {}


def register_repair(title: str) -> Callable[[Repair], Repair]:
    """Register the decorated function as the repair of what the check of that title names."""

    def register(repair: Repair) -> Repair:
        _repairs[title] = repair
        return repair

    return register


def repairs() -> dict[str, Repair]:
    """Every repair by the title of its check."""
    return dict(_repairs)


_remarks: dict[str, Check] = {}


def register_remark(title: str) -> Callable[[Check], Check]:
    """Register the decorated function as what `lms check` says beside the check of that title: no difference."""

    def register(remark: Check) -> Check:
        _remarks[title] = remark
        return remark

    return register


def remarks_on(title: str) -> Iterable[str]:
    """What is to be said beside the check of that title."""
    return _remarks[title]() if title in _remarks else ()


def checks() -> dict[str, Check]:
    """Every check by its title, in the order in which they were registered."""
    return dict(_checks)
