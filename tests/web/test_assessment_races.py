"""Several at one self-assessment at once: one verdict, one round, and a spread of exactly what was given."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.certification.assessments.models import Agreement, Instrument, Review, ReviewState, Round, Score
from lms.certification.assessments.services import Verdict, confirm, end_scoring, save_scores, send_back, start_round
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import DomainError
from lms.organizations.models import Organization
from lms.security.actor import Role
from tests.assessments import Team, begin_round, give, handed_in, make_team, questions_of, the_instrument
from tests.factories import grant, make_person

Deed = Callable[[], object]


@pytest.fixture
def team(app: Flask) -> Team:
    return make_team()


def together(app: Flask, *deeds: Deed) -> list[bool]:
    """Each in a thread and a write unit of its own; tells which were done."""

    def do(deed: Deed) -> bool:
        with app.app_context():
            try:
                with write_unit():
                    deed()
            except DomainError:
                return False
            finally:
                db.session.remove()
        return True

    db.session.rollback()
    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def test_of_two_judges_one_decides(app: Flask, team: Team) -> None:
    review = handed_in(team)
    other = grant(make_person(), Role.NETWORK_ADMIN, network=team.network)
    said = {item.key: Verdict(2) for item in questions_of(review.round).items}
    ids = review.id, team.admin.id, other.id

    def confirming() -> None:
        confirm(db.session.get_one(Review, ids[0]), said, "", actor_id=ids[1], now=now())

    def returning() -> None:
        send_back(db.session.get_one(Review, ids[0]), "x", actor_id=ids[2], now=now())

    assert sum(together(app, confirming, returning, confirming, returning)) == 1
    db.session.expire_all()
    assert db.session.get_one(Review, ids[0]).state in (ReviewState.CONFIRMED, ReviewState.RETURNED)


def test_two_managers_begin_one_round(app: Flask, team: Team) -> None:
    ids = team.organization.id, the_instrument().id, team.manager.id

    def beginning() -> None:
        organization, instrument = db.session.get_one(Organization, ids[0]), db.session.get_one(Instrument, ids[1])
        start_round(organization, instrument, actor_id=ids[2], now=now())

    assert sum(together(app, beginning, beginning, beginning)) == 1
    assert db.session.scalar(select(func.count(Round.id))) == 1


def test_two_devices_of_one_person(app: Flask, team: Team) -> None:
    round_id, person_id = begin_round(team).id, team.manager.id

    def scoring() -> None:
        save_scores(db.session.get_one(Round, round_id), {"kept": 2, "code": 3}, person_id=person_id, now=now())

    assert all(together(app, scoring, scoring, scoring))
    assert db.session.scalar(select(func.count(Score.id))) == 2


def test_the_spread_is_of_all_that_was_saved(app: Flask, team: Team) -> None:
    found = begin_round(team)
    give(found, team.manager, 1)
    round_id, manager_id, members = found.id, team.manager.id, [person.id for person in team.members]

    def scoring(person_id: int, level: int) -> Deed:
        return lambda: save_scores(db.session.get_one(Round, round_id), {"kept": level}, person_id=person_id, now=now())

    def ending() -> None:
        end_scoring(db.session.get_one(Round, round_id), actor_id=manager_id, now=now())

    deeds = [scoring(person_id, level) for level in (2, 3) for person_id in members]
    done = together(app, *deeds[:3], ending, *deeds[3:])
    assert done[3]
    given = Counter(db.session.scalars(select(Score.level).where(Score.item == "kept")))
    spread = db.session.scalars(select(Agreement.spread).where(Agreement.item == "kept")).one()
    assert spread == [given[level] for level in (1, 2, 3, 4)]
