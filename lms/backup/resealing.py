"""What was sealed with the secret of one installation, restored at another: sealed anew with the secret there."""

from collections.abc import Callable
from typing import Any

from lms.jobs import job_kind

Resealer = Callable[[], None]
_resealers: list[Resealer] = []


def resealer(function: Resealer) -> Resealer:
    """Register what seals a feature's secrets anew: a no-op where they are sealed rightly; commits itself."""
    if function not in _resealers:
        _resealers.append(function)
    return function


@job_kind("seal_again")
def seal_again(_arguments: dict[str, Any]) -> None:
    """Asked for by a restore, in the restored database itself."""
    for reseal in _resealers:
        reseal()
