"""Organizations of which few completed a module, as far as a cut lets that be seen."""

from collections.abc import Callable

from sqlalchemy import Select

from lms.db import db
from lms.organizations.models import Organization


def with_fewer(
    wanted: Select[int] | None, shown: Callable[[int], int | None] | None, fewer: int | None
) -> tuple[Select[int] | None, int]:
    """Those of the wanted organizations whose shown number is below `fewer`, and how many have a number not shown.

    One statement; none, and all of them, where there is no cut (`shown` is None) or nothing is asked for.
    """
    if wanted is None or shown is None or fewer is None:
        return wanted, 0
    numbers = {id_: shown(id_) for id_ in db.session.scalars(wanted)}
    few = [id_ for id_, number in numbers.items() if number is not None and number < fewer]
    hidden = sum(number is None for number in numbers.values())
    return wanted.where(Organization.id.in_(few)), hidden
