"""Where organizations are on their ways."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased

from lms.certification.models import OPEN, Award, Credential, Cycle, CycleState
from lms.certification.phases import HELD, Phase, phase_expression, phase_of
from lms.db import db

_STANDS = (CycleState.CERTIFIED, CycleState.SUSPENDED)
_RENEWABLE = frozenset({Phase.DUE, Phase.GRACE, Phase.EXPIRED, Phase.WITHDRAWN})


def latest_cycles(organization_id: int, network_id: int) -> dict[int, Cycle]:
    """Level id to the organization's newest cycle in the network."""
    newest = (
        select(func.max(Cycle.id))
        .where(Cycle.organization_id == organization_id, Cycle.network_id == network_id)
        .group_by(Cycle.level_id)
    )
    return {cycle.level_id: cycle for cycle in db.session.scalars(select(Cycle).where(Cycle.id.in_(newest)))}


def held_levels(organization_id: int, network_id: int, day: date) -> set[int]:
    """Ids of the levels that the organization has in the network on a day, the days of grace included."""
    return levels_held_by([organization_id], network_id, day)[organization_id]


def levels_held_by(organization_ids: Collection[int], network_id: int, day: date) -> dict[int, set[int]]:
    """Organization id to `held_levels`; one statement."""
    query = select(Cycle.organization_id, Cycle.level_id).where(
        Cycle.organization_id.in_(organization_ids),
        Cycle.network_id == network_id,
        phase_expression(day).in_([phase.value for phase in HELD]),
    )
    found: dict[int, set[int]] = {id_: set() for id_ in organization_ids}
    for organization_id, level_id in db.session.execute(query):
        found[organization_id].add(level_id)
    return found


def renewable(cycle: Cycle, day: date) -> Cycle | None:
    """The certified cycle of the same level that an award on a day renews; its days of grace are included."""
    return db.session.scalars(
        select(Cycle)
        .where(Cycle.organization_id == cycle.organization_id, Cycle.network_id == cycle.network_id)
        .where(Cycle.level_id == cycle.level_id, Cycle.id != cycle.id)
        .where(Cycle.state == CycleState.CERTIFIED, Cycle.grace_ends_on >= day)
        .order_by(Cycle.due_on.desc(), Cycle.id.desc())
        .limit(1)
    ).one_or_none()


def is_renewed() -> ColumnElement[bool]:
    """SQL, for the cycles of a query: whether a later certificate of the same level was awarded and not revoked.

    A suspended one counts: it says where the organization stands (`LevelCycles`).
    """
    later = aliased(Cycle)
    return exists().where(
        later.organization_id == Cycle.organization_id,
        later.network_id == Cycle.network_id,
        later.level_id == Cycle.level_id,
        later.state.in_(_STANDS),
        later.id > Cycle.id,
    )


class LevelCycles:
    """The cycles of one organization in one level that matter today."""

    def __init__(self) -> None:
        #: The newest that was awarded and stands or is suspended, else the newest of all. One that was revoked as the
        #: newest of all counts before those that have ended: then people decide.
        self.counting: Cycle | None = None
        #: Of the counting one's certificate.
        self.code: str | None = None
        #: The one under way.
        self.open: Cycle | None = None

    def take(self, cycle: Cycle, code: str | None, day: date) -> None:
        """Take the next one; they come from the oldest to the newest."""
        if cycle.state in OPEN:
            self.open = cycle
        if self.counting is None or cycle.state in _STANDS or not self._stands(cycle, day):
            self.counting, self.code = cycle, code

    def _stands(self, later: Cycle, day: date) -> bool:
        """Whether the counting one goes on to count beside a later one that does not stand."""
        if self.counting is None or self.counting.state not in _STANDS:
            return False
        return later.state != CycleState.REVOKED or phase_of(self.counting, day) is not Phase.EXPIRED

    def may_begin(self, day: date) -> bool:
        """Whether a cycle can begin of itself: after a suspension or revocation, people decide."""
        if self.open is not None:
            return False
        return self.counting is None or phase_of(self.counting, day) in _RENEWABLE


def level_cycles(organization_ids: Collection[int], network_id: int, day: date) -> dict[int, dict[int, LevelCycles]]:
    """Organization id and level id to the cycles that matter on a day; one statement."""
    mine = (Cycle.organization_id.in_(organization_ids), Cycle.network_id == network_id)
    group = (Cycle.organization_id, Cycle.level_id)
    newest = select(func.max(Cycle.id)).where(*mine).group_by(*group)
    standing = select(func.max(Cycle.id)).where(*mine, Cycle.state.in_(_STANDS)).group_by(*group)
    rows = db.session.execute(
        select(Cycle, Credential.code)
        .outerjoin(Award, Award.cycle_id == Cycle.id)
        .outerjoin(Credential, Credential.award_id == Award.id)
        .where(Cycle.id.in_(newest) | Cycle.id.in_(standing))
        .order_by(Cycle.id)
    )
    return _sorted_in(((cycle, code) for cycle, code in rows), day)


def _sorted_in(rows: Iterable[tuple[Cycle, str | None]], day: date) -> dict[int, dict[int, LevelCycles]]:
    found: dict[int, dict[int, LevelCycles]] = {}
    for cycle, code in rows:
        found.setdefault(cycle.organization_id, {}).setdefault(cycle.level_id, LevelCycles()).take(cycle, code, day)
    return found


def cycle_by_public_id(public_id: str) -> Cycle | None:
    """A cycle by the id in an address."""
    return db.session.scalars(select(Cycle).where(Cycle.public_id == public_id)).one_or_none()
