"""Several who decide on one cycle at once: the second sees what the first did."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import select

from lms.certification.models import Credential, Cycle, CycleState
from lms.certification.services import differing_cycles, extend, resume, revoke, start_again, suspend, withdraw
from lms.certification.services.awarding import award, return_to, submit
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import NotAllowed
from tests.verdicts import Case, awarded, make_case

Deed = Callable[[Cycle], object]


def one_after_the_other(app: Flask, cycle_id: int, first: Deed, second: Deed) -> bool:
    """The second comes while the first has not been committed; tells whether it was done."""
    decided = Event()

    def begin() -> None:
        with app.app_context(), write_unit() as session:
            first(session.get_one(Cycle, cycle_id))
            decided.set()
            Event().wait(0.5)  # the second waits for the lock meanwhile

    def follow() -> bool:
        decided.wait(10)
        with app.app_context():
            try:
                with write_unit() as session:
                    second(session.get_one(Cycle, cycle_id))
            except NotAllowed:
                return False
            finally:
                db.session.remove()
        return True

    db.session.rollback()
    with ThreadPoolExecutor(2) as pool:
        others = pool.submit(begin), pool.submit(follow)
        others[0].result()
        return others[1].result()


def _revoke(actor_id: int) -> Deed:
    def deed(cycle: Cycle) -> None:
        query = select(Credential).where(Credential.organization_id == cycle.organization_id)
        revoke(db.session.scalars(query).one(), "Not true.", actor_id=actor_id, now=now())

    return deed


@pytest.fixture
def case(app: Flask) -> Case:
    return make_case()


@pytest.mark.parametrize("name", ["suspend", "extend", "revoke"])
def test_what_is_revoked_stays_revoked(app: Flask, case: Case, name: str) -> None:
    cycle = awarded(case)
    until, admin_id = cycle.expires_on, case.admin.id
    assert until is not None
    later = until.replace(year=until.year + 1)
    deeds: dict[str, Deed] = {
        "suspend": lambda cycle: suspend(cycle, "x", actor_id=admin_id, now=now()),
        "extend": lambda cycle: extend(cycle, later, "x", actor_id=admin_id, now=now()),
        "revoke": _revoke(admin_id),
    }
    assert not one_after_the_other(app, cycle.id, _revoke(admin_id), deeds[name])
    assert case.cycle.state == CycleState.REVOKED
    assert not list(differing_cycles())


def test_a_suspension_is_ended_once(app: Flask, case: Case) -> None:
    cycle, admin_id = awarded(case), case.admin.id
    with write_unit():
        suspend(cycle, "x", actor_id=admin_id, now=now())

    def end(cycle: Cycle) -> None:
        resume(cycle, "x", actor_id=admin_id, now=now())

    assert not one_after_the_other(app, cycle.id, end, end)
    assert not list(differing_cycles())


def test_a_level_begins_anew_once(app: Flask, case: Case) -> None:
    cycle, admin_id = awarded(case), case.admin.id
    with write_unit():
        _revoke(admin_id)(cycle)

    def again(cycle: Cycle) -> None:
        start_again(cycle, actor_id=admin_id, now=now())

    assert not one_after_the_other(app, cycle.id, again, again)


@pytest.mark.parametrize("name", ["award", "return", "leave"])
def test_what_waits_is_decided_once(app: Flask, case: Case, name: str) -> None:
    with write_unit():
        submit(case.cycle, actor_id=case.manager.id, now=now())
    cycle_id, admin_id, ids = case.cycle.id, case.admin.id, (case.organization.id, case.network.id)
    deeds: dict[str, Deed] = {
        "award": lambda cycle: award(cycle, actor_id=admin_id, now=now()),
        "return": lambda cycle: return_to(cycle, "x", actor_id=admin_id, now=now()),
        "leave": lambda _cycle: withdraw(*ids, actor_id=admin_id, now=now()),
    }
    assert not one_after_the_other(app, cycle_id, deeds[name], deeds["return"])
    assert not list(differing_cycles())
