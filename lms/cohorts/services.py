"""Writes of cohorts: who learns what together, and when."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select

from lms.cohorts.models import Cohort, CohortMember, CohortModule
from lms.db import db
from lms.errors import DomainError, NotAllowed
from lms.i18n import gettext as _
from lms.training.models import Module

MOST_MODULES = 50
REMINDED_AGAIN = timedelta(days=3)
"""From one reminder of a cohort to the next."""


def new_cohort(
    names: Mapping[str, str],
    *,
    network_id: int | None,
    starts_on: date,
    ends_on: date | None,
    actor_id: int,
    now: datetime,
) -> Cohort:
    """Begin a cohort. Raises DomainError where it ends before it starts."""
    _check_days(starts_on, ends_on, "ends_on")
    cohort = Cohort(
        names=dict(names),
        network_id=network_id,
        starts_on=starts_on,
        ends_on=ends_on,
        created_by_id=actor_id,
        created_at=now,
    )
    db.session.add(cohort)
    db.session.flush()
    return cohort


def change_cohort(cohort: Cohort, names: Mapping[str, str], starts_on: date, ends_on: date | None) -> None:
    """Change its names and days. Raises DomainError where it ends before it starts."""
    _check_days(starts_on, ends_on, "ends_on")
    cohort.names, cohort.starts_on, cohort.ends_on = dict(names), starts_on, ends_on


def _check_days(first: date | None, last: date | None, field: str) -> None:
    if first is not None and last is not None and last < first:
        raise DomainError(_("The last day is before the first."), field)


def give_module(cohort: Cohort, module: Module, opens_on: date | None, closes_on: date | None) -> CohortModule:
    """Have the cohort learn a module, its quizzes open on these days; once more changes the days.

    Raises DomainError for days in the wrong order, NotAllowed where there are too many modules.
    """
    _check_days(opens_on, closes_on, "closes_on")
    found = next((one for one in cohort.modules if one.module_id == module.id), None)
    if found is None:
        if len(cohort.modules) >= MOST_MODULES:
            raise NotAllowed(_("A cohort can have no more modules than this."))
        found = CohortModule(cohort_id=cohort.id, module_id=module.id, position=len(cohort.modules))
        cohort.modules.append(found)
    found.opens_on, found.closes_on = opens_on, closes_on
    db.session.flush()
    return found


def take_module(cohort: Cohort, module_id: int) -> None:
    """Have the cohort learn a module no more; what its people learned of it stays."""
    for found in [one for one in cohort.modules if one.module_id == module_id]:
        cohort.modules.remove(found)
        db.session.delete(found)
    db.session.flush()


def add_people(cohort: Cohort, person_ids: Iterable[int], *, actor_id: int, now: datetime) -> int:
    """Take people in; who left comes back. Gives how many are new. The caller says who may be taken in."""
    wanted = set(person_ids)
    known = {
        member.person_id: member
        for member in db.session.scalars(
            select(CohortMember).where(CohortMember.cohort_id == cohort.id, CohortMember.person_id.in_(wanted))
        )
    }
    added = 0
    for person_id in sorted(wanted):
        member = known.get(person_id)
        if member is None:
            db.session.add(CohortMember(cohort_id=cohort.id, person_id=person_id, added_at=now, added_by_id=actor_id))
            added += 1
        elif member.left_at is not None:
            member.left_at = None
            added += 1
    db.session.flush()
    return added


def remove_person(cohort: Cohort, person_id: int, now: datetime) -> None:
    """Take somebody out; she can be taken in again."""
    query = select(CohortMember).where(CohortMember.cohort_id == cohort.id, CohortMember.person_id == person_id)
    member = db.session.scalars(query).one_or_none()
    if member is not None and member.left_at is None:
        member.left_at = now


def note_reminder(cohort: Cohort, now: datetime) -> None:
    """Say that the cohort is reminded. Raises NotAllowed where it was not long ago."""
    db.session.execute(select(Cohort.id).where(Cohort.id == cohort.id).with_for_update())
    db.session.refresh(cohort)
    if cohort.reminded_at is not None and now < cohort.reminded_at + REMINDED_AGAIN:
        raise NotAllowed(_("This cohort was reminded within the last three days."))
    cohort.reminded_at = now
