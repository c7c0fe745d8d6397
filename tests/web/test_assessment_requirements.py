"""What schemes can ask about self-assessments."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from lms.certification.assessments.models import Review, Round
from lms.certification.assessments.services import Verdict, confirm, send_back
from lms.certification.requirement_types import Case, Finding, State, Titles, requirement_type
from lms.clock import now, today
from lms.db import db, write_unit
from lms.errors import DomainError
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.organizations.models import Network
from tests.assessments import KEY, Team, begin_round, closed_round, handed_in, make_team, questions_of
from tests.conftest import LANGUAGES
from tests.factories import make_network
from tests.queries import counted_statements

DONE, CONFIRMED = "self_assessment_done", "self_assessment_confirmed"
NAME = f"networking_kit/{KEY}"


@pytest.fixture
def team(app: Flask) -> Team:
    return make_team()


def case_of(team: Team, network: Network | None = None, days: int = 0) -> Case:
    day = today() + timedelta(days=days)
    until = datetime.combine(day + timedelta(days=1), time(), UTC)
    return Case(team.organization.id, (network or team.network).id, day, until)


def done(team: Team, days: int = 0, **parameters: Any) -> Finding:
    return requirement_type(DONE).evaluate(case_of(team, days=days), {"instrument": NAME, **parameters})


def confirmed(team: Team, mean: str = "10", area_mean: str = "10", days: int = 0, **more: Any) -> Finding:
    parameters = {"instrument": NAME, "mean": mean, "area_mean": area_mean, **more}
    return requirement_type(CONFIRMED).evaluate(case_of(team, days=days), parameters)


def judge(team: Team, review: Review, level: int = 2, **others: int) -> None:
    said = {}
    for item in questions_of(review.round).items:
        given = others.get(item.area, level)
        said[item.key] = Verdict(given, "" if given == 2 else "چنین دیدیم")
    with write_unit():
        confirm(review, said, "", actor_id=team.admin.id, now=now())


def test_done_is_a_closed_round(team: Team) -> None:
    assert done(team).state is State.MISSING
    begun = begin_round(team)
    assert done(team).facts == {"round": None, "under_way": begun.id, "closed": None}
    other = make_team(network=team.network)
    found = closed_round(other)
    finding = done(other)
    assert (finding.met, finding.facts["round"]) == (True, found.id)
    assert done(team).state is State.MISSING


def test_a_round_grows_old_by_its_own_day(team: Team) -> None:
    found = closed_round(team)
    for days, met in ((0, True), (28, True), (32, False)):
        assert done(team, days=days, months=1).met is met, days
    assert done(team, days=4000).met
    old = done(team, days=32, months=1)
    assert old.facts == {"round": None, "under_way": None, "closed": found.id}
    assert done(team, days=-1).state is State.MISSING


def test_another_instrument_does_not_count(team: Team) -> None:
    closed_round(team)
    finding = requirement_type(DONE).evaluate(case_of(team), {"instrument": "another/one"})
    assert finding.state is State.MISSING


def test_confirming_goes_through_review(team: Team) -> None:
    assert confirmed(team).state is State.MISSING
    review = handed_in(team)
    assert confirmed(team).state is State.IN_REVIEW
    with write_unit():
        send_back(review, "مستندات؟", actor_id=team.admin.id, now=now())
    assert confirmed(team).state is State.RETURNED
    again = handed_in(team, review.round, note="ببینید.")
    assert confirmed(team).state is State.IN_REVIEW
    judge(team, again)
    finding = confirmed(team)
    assert finding.met
    assert (finding.facts["review"], finding.facts["total"], finding.facts["count"]) == (again.id, 42, 21)
    assert finding.facts["areas"]["ethics"] == [6, 3]


@pytest.mark.parametrize(
    ("mean", "area_mean", "met"),
    [("10", "10", True), ("20", "10", True), ("25", "10", False), ("20", "15", False)],
)
def test_the_confirmed_levels_have_to_be_enough(team: Team, mean: str, area_mean: str, met: bool) -> None:
    judge(team, handed_in(team), ethics=1, vision=4)
    finding = confirmed(team, mean, area_mean)
    assert finding.met is met
    assert finding.state is (State.MET if met else State.MISSING)
    assert (finding.have, finding.need) == (21, int(mean))


def test_the_last_confirmed_round_counts(team: Team) -> None:
    judge(team, handed_in(team), 4)
    assert confirmed(team, "30").met
    judge(team, handed_in(team, closed_round(team)), 1)
    assert not confirmed(team, "30").met
    assert confirmed(team, "30").have == 10


def test_a_new_round_in_review_takes_nothing_away(team: Team) -> None:
    judge(team, handed_in(team))
    handed_in(team, closed_round(team))
    assert confirmed(team).met
    assert confirmed(team, "40").state is State.IN_REVIEW


def test_each_network_counts_its_own(team: Team) -> None:
    judge(team, handed_in(team))
    other = requirement_type(CONFIRMED).evaluate(
        case_of(team, make_network()), {"instrument": NAME, "mean": "10", "area_mean": "10"}
    )
    assert other.state is State.MISSING


def test_the_age_of_what_was_confirmed_is_that_of_the_round(team: Team) -> None:
    review = handed_in(team)
    judge(team, review)
    before = now() - timedelta(days=70)
    with write_unit() as session:
        dates = {"started_at": before, "agreeing_at": before, "ended_at": before}
        session.execute(update(Round).where(Round.id == review.round_id).values(**dates))
    db.session.expire_all()
    assert confirmed(team, months=3).met
    assert confirmed(team, months=2).state is State.MISSING


def test_one_statement_for_all(team: Team) -> None:
    teams = [team, *(make_team(network=team.network) for _ in range(3))]
    for each in teams[:2]:
        judge(each, handed_in(each))
    cases = [case_of(each, team.network) for each in teams]
    for key, parameters in ((DONE, {}), (CONFIRMED, {"mean": "10", "area_mean": "10"})):
        with counted_statements() as seen:
            found = requirement_type(key).evaluate_many(cases, {"instrument": NAME, **parameters})
        assert [found[case.organization_id].met for case in cases] == [True, True, False, False]
        assert len(seen) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_are_said_in_words(team: Team, language: str) -> None:
    judge(team, handed_in(team))
    with reading_as(Formatter(language)):
        for key, parameters in (
            (DONE, {"months": 12}),
            (CONFIRMED, {"mean": "25", "area_mean": "15", "months": 12}),
        ):
            kind = requirement_type(key)
            whole = {"instrument": NAME, **parameters}
            kind.check(whole)
            assert kind.parameters[0].choices()[0][1] in kind.describe(whole, Titles())
            assert kind.progress(kind.evaluate(case_of(team), whole))
            assert kind.describe({**whole, "instrument": "gone/one"}, Titles())


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"instrument": "no/where"}, "instrument"), ({"mean": "5"}, "mean"), ({"area_mean": 20}, "area_mean")],
)
def test_what_cannot_be_judged_is_refused(team: Team, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as caught:
        requirement_type(CONFIRMED).check({"instrument": NAME, "mean": "10", "area_mean": "10", **changed})
    assert caught.value.field == field
