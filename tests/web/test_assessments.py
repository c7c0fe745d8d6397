"""Rounds, agreements, reviews and plans, on both databases."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from lms.accounts.models import Notice, Person
from lms.accounts.privacy import erase_parts, exported
from lms.certification.assessments.events import RoundClosed
from lms.certification.assessments.models import (
    Action,
    ActionState,
    Agreement,
    InstrumentVersion,
    Review,
    ReviewedScore,
    ReviewState,
    Round,
    RoundState,
    Score,
)
from lms.certification.assessments.queries import (
    Participation,
    earlier_round,
    is_involved,
    participation_of,
    queue_of,
    result_of,
    review_by_public_id,
    waiting_count,
)
from lms.certification.assessments.services import (
    Agreed,
    Verdict,
    add_action,
    agree,
    cancel_round,
    change_action,
    close_round,
    confirm,
    delete_action,
    end_scoring,
    hand_in,
    mark_action,
    name_recorder,
    save_scores,
    send_back,
    start_round,
)
from lms.certification.assessments.services.actions import Intention
from lms.certification.models import KeptStanding
from lms.clock import now, today
from lms.db import db, write_unit
from lms.errors import DomainError, NotAllowed
from lms.events.models import EventRow
from lms.organizations.models import NetworkMembership
from lms.organizations.queries import membership_of
from lms.organizations.services import end_membership, end_network_membership
from lms.security.actor import Role
from lms.training.sync import sync_plugins
from tests.assessments import (
    WHY,
    Team,
    begin_round,
    closed_round,
    give,
    handed_in,
    make_team,
    questions_of,
    scored_round,
    settle,
    the_instrument,
)
from tests.factories import add, grant, make_member, make_network, make_organization


@pytest.fixture
def team(app: Flask) -> Team:
    return make_team()


def write(deed: Callable[..., Any], *arguments: Any, **values: Any) -> Any:
    with write_unit():
        return deed(*arguments, **values)


def refused(deed: Callable[..., Any], *arguments: Any, **values: Any) -> DomainError:
    """Run a deed that must not be done; gives why."""
    with pytest.raises(DomainError) as caught:
        write(deed, *arguments, **values)
    return caught.value


def by(team: Team) -> dict[str, Any]:
    return {"actor_id": team.manager.id, "now": now()}


def verdicts(found: Round, level: int = 2, reason: str = "") -> dict[str, Verdict]:
    return {item.key: Verdict(level, reason) for item in questions_of(found).items}


def names_of_events(organization_id: int) -> list[str]:
    rows = select(EventRow.name).where(EventRow.organization_id == organization_id, EventRow.name.like("assessment%"))
    return list(db.session.scalars(rows.order_by(EventRow.id)))


# Instruments


def test_a_changed_file_is_a_new_version_and_a_round_keeps_its_own(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    found, instrument = begin_round(team), the_instrument()
    with write_unit() as session:
        newest = session.get_one(InstrumentVersion, instrument.versions[-1].id)
        newest.content_hash = "0" * 64
    assert sync_plugins(now()) == ["networking_kit: networking-capacity, version 2 (instrument)"]
    assert sync_plugins(now()) == []
    db.session.expire_all()
    assert db.session.get_one(Round, found.id).version.number == 1
    other = make_team()
    assert begin_round(other).version.number == 2


def test_what_is_no_longer_brought_begins_no_round(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    from lms.plugins.contract import Plugin

    found = begin_round(team)
    monkeypatch.setattr(Plugin, "instruments", lambda _self: ())
    assert sync_plugins(now()) == ["networking_kit: networking-capacity is archived"]
    assert "no longer" in refused(start_round, make_team().organization, the_instrument(), **by(team)).message
    give(found, team.manager, 2)
    monkeypatch.undo()
    assert sync_plugins(now()) == ["networking_kit: networking-capacity, version 1 (instrument)"]


# Scoring


def test_one_round_at_a_time(team: Team) -> None:
    begin_round(team)
    assert "under way" in refused(start_round, team.organization, the_instrument(), **by(team)).message
    version = the_instrument().versions[-1]
    about = {"instrument_id": version.instrument_id, "version_id": version.id, "started_at": now()}
    with pytest.raises(IntegrityError):
        add(Round(organization_id=team.organization.id, **about))
    begin_round(make_team())


def test_scores_are_given_anew_and_counted_without_names(team: Team) -> None:
    found = begin_round(team)
    give(found, team.manager, 1)
    give(found, team.manager, 3)
    write(save_scores, found, {"kept": 4}, person_id=team.members[0].id, now=now())
    assert db.session.scalar(select(func.count()).select_from(Score)) == 22
    assert participation_of(found.id, 21) == Participation(begun=2, finished=1)


@pytest.mark.parametrize("levels", [{"kept": 0}, {"kept": 5}, {"nothing-of-the-kind": 2}])
def test_what_is_not_asked_is_not_kept(team: Team, levels: dict[str, int]) -> None:
    found = begin_round(team)
    refused(save_scores, found, levels, person_id=team.manager.id, now=now())
    assert db.session.scalar(select(func.count()).select_from(Score)) == 0


def test_the_spread_is_laid_down_when_scoring_ends(team: Team) -> None:
    found = scored_round(team, (1, 1, 4))
    rows = list(db.session.scalars(select(Agreement).order_by(Agreement.position)))
    assert [row.item for row in rows] == [item.key for item in questions_of(found).items]
    assert {tuple(row.spread) for row in rows} == {(2, 0, 0, 1)}
    assert (found.state, found.scorers) == (RoundState.AGREEING, 3)
    assert isinstance(refused(save_scores, found, {"kept": 1}, person_id=team.manager.id, now=now()), NotAllowed)


def test_nothing_is_agreed_on_before_somebody_scored(team: Team) -> None:
    found = begin_round(team)
    assert "Nobody" in refused(end_scoring, found, **by(team)).message
    assert db.session.get_one(Round, found.id).state == RoundState.SCORING


# Agreeing


def test_a_level_needs_its_reason(team: Team) -> None:
    found = scored_round(team)
    assert refused(agree, found, {"kept": Agreed(2, "")}, **by(team)).field == "kept"
    assert refused(agree, found, {"kept": Agreed(7, "x")}, **by(team)).field == "kept"
    with pytest.raises(IntegrityError), write_unit() as session:
        session.execute(update(Agreement).values(level=2, agreed_at=now()))


def test_a_round_closes_when_every_item_is_agreed_on(team: Team) -> None:
    found = scored_round(team)
    write(agree, found, {"kept": Agreed(2, WHY)}, **by(team))
    assert "every item" in refused(close_round, found, **by(team)).message
    settle(found, team, 2, ethics=4)
    write(close_round, found, **by(team))
    assert (found.state, found.total) == (RoundState.CLOSED, 18 * 2 + 3 * 4)
    result = result_of(found)
    assert {area.key: result.mean(area) for area in result.questions.areas}["ethics"] == 4
    assert [area.key for area in result.lowest] == ["vision", "governance", "coordination"]
    assert names_of_events(team.organization.id) == [
        "assessment_started",
        "assessment_scoring_ended",
        "assessment_closed",
    ]


DEEDS: dict[str, Callable[[Round, Team], object]] = {
    "score": lambda found, team: save_scores(found, {"kept": 1}, person_id=team.manager.id, now=now()),
    "end": lambda found, team: end_scoring(found, **by(team)),
    "agree": lambda found, team: agree(found, {"kept": Agreed(1, "x")}, **by(team)),
    "close": lambda found, team: close_round(found, **by(team)),
    "cancel": lambda found, team: cancel_round(found, **by(team)),
    "recorder": lambda found, team: name_recorder(found, None, now()),
    "hand_in": lambda found, team: hand_in(found, team.network, "", **by(team)),
    "plan": lambda found, team: add_action(found, Intention("vision", "x", None, None), **by(team)),
}
ALLOWED = {
    RoundState.SCORING: {"score", "cancel", "recorder"},
    RoundState.AGREEING: {"agree", "cancel", "recorder"},
    RoundState.CLOSED: {"hand_in", "plan"},
    RoundState.CANCELLED: set(),
}


def round_in(state: RoundState, team: Team) -> Round:
    """A round in a state."""
    if state is RoundState.SCORING:
        return begin_round(team)
    if state is RoundState.AGREEING:
        return scored_round(team)
    if state is RoundState.CLOSED:
        return closed_round(team)
    found = begin_round(team)
    write(cancel_round, found, **by(team))
    return found


@pytest.mark.parametrize("state", list(RoundState))
@pytest.mark.parametrize("name", DEEDS)
def test_what_can_be_done_depends_on_the_state(team: Team, state: RoundState, name: str) -> None:
    found = round_in(state, team)
    if name in ALLOWED[state]:
        write(DEEDS[name], found, team)
    else:
        assert isinstance(refused(DEEDS[name], found, team), NotAllowed)


ILLEGAL: list[dict[str, Any]] = [
    {"state": "elsewhere"},
    {"state": "agreeing"},
    {"state": "closed"},
    {"state": "cancelled"},
    {"agreeing_at": now()},
    {"ended_at": now()},
    {"total": 3},
    {"state": "agreeing", "agreeing_at": now() - timedelta(days=900)},
    {"state": "closed", "agreeing_at": now(), "ended_at": now() - timedelta(days=900), "total": 3},
    {"state": "closed", "ended_at": now() + timedelta(days=1), "total": 3},
    {"state": "cancelled", "ended_at": now() + timedelta(days=1), "total": 3},
]


@pytest.mark.parametrize("values", ILLEGAL, ids="-".join)
def test_an_impossible_round_is_not_stored(team: Team, values: dict[str, Any]) -> None:
    begin_round(team)
    with pytest.raises(IntegrityError), write_unit() as session:
        session.execute(update(Round).values(**values))


def test_only_a_member_is_named_to_enter_it(team: Team) -> None:
    found = begin_round(team)
    write(name_recorder, found, team.members[0].id, now())
    assert found.recorder_id == team.members[0].id
    assert refused(name_recorder, found, team.admin.id, now()).field == "person"
    waiting = make_member(team.organization, confirmed_at=None)
    assert refused(name_recorder, found, waiting.id, now()).field == "person"


def test_rounds_are_compared_with_the_one_before(team: Team) -> None:
    first = closed_round(team)
    second = begin_round(team)
    write(cancel_round, second, **by(team))
    closed_round(make_team())
    third = closed_round(team, 3)
    assert earlier_round(first) is None
    before = earlier_round(third)
    assert before is not None
    assert before.id == first.id


# Before a network


def test_a_review_confirms_or_corrects_and_keeps_both(team: Team) -> None:
    review = handed_in(team)
    found = review.round
    said = {**verdicts(found), "kept": Verdict(1, "توافق‌نامه‌ای نیست.")}
    write(confirm, review, said, "خوب بود.", actor_id=team.admin.id, now=now())
    assert (review.state, review.total, review.comment) == (ReviewState.CONFIRMED, 41, "خوب بود.")
    corrected = db.session.scalars(select(ReviewedScore).where(ReviewedScore.reason != "")).one()
    assert (corrected.item, corrected.own, corrected.level) == ("kept", 2, 1)
    assert found.total == 42
    assert names_of_events(team.organization.id)[-2:] == ["assessment_handed_in", "assessment_confirmed"]


def test_another_level_needs_its_reason(team: Team) -> None:
    review = handed_in(team)
    said = {**verdicts(review.round), "kept": Verdict(1)}
    judge = {"actor_id": team.admin.id, "now": now()}
    assert refused(confirm, review, said, "", **judge).field == "kept"
    del said["kept"]
    assert refused(confirm, review, said, "", **judge).field == "kept"
    assert refused(send_back, review, "", **judge).field == "comment"
    assert db.session.get_one(Review, review.id).state == ReviewState.SUBMITTED
    with pytest.raises(IntegrityError):
        add(ReviewedScore(review_id=review.id, item="kept", area="agreements", own=2, level=1))


def test_what_was_decided_is_not_decided_again(team: Team) -> None:
    review, judge = handed_in(team), {"actor_id": team.admin.id, "now": now()}
    write(send_back, review, "مستندات؟", **judge)
    assert isinstance(refused(confirm, review, verdicts(review.round), "", **judge), NotAllowed)
    assert isinstance(refused(send_back, review, "again", **judge), NotAllowed)
    assert "Answer the comments" in refused(hand_in, review.round, team.network, "", **by(team)).message
    again = handed_in(team, review.round, note="صورت‌جلسه‌ها را ببینید.")
    write(confirm, again, verdicts(again.round), "", **judge)
    assert "already" in refused(hand_in, review.round, team.network, "x", **by(team)).message
    states = list(db.session.scalars(select(Review.state).order_by(Review.id)))
    assert states == [ReviewState.RETURNED, ReviewState.CONFIRMED]


def test_a_round_lies_before_a_network_once(team: Team) -> None:
    review = handed_in(team)
    assert "already" in refused(hand_in, review.round, team.network, "", **by(team)).message
    with pytest.raises(IntegrityError):
        add(Review(round_id=review.round_id, network_id=review.network_id, submitted_at=now()))


def test_it_is_handed_in_to_no_other_network(team: Team) -> None:
    found = closed_round(team)
    assert isinstance(refused(hand_in, found, make_network(), "", **by(team)), NotAllowed)


@pytest.mark.parametrize("how", ["member", "waiting", "manager", "left"])
def test_nobody_judges_her_own_organization(team: Team, how: str) -> None:
    review = handed_in(team)
    if how == "manager":
        grant(team.admin, Role.MANAGER, organization=team.organization)
    else:
        kinds: dict[str, dict[str, Any]] = {
            "waiting": {"confirmed_at": None},
            "left": {"ends_on": today() + timedelta(days=1)},
        }
        values = kinds.get(how, {})
        make_member(team.organization, team.admin, **values)
    judge = {"actor_id": team.admin.id, "now": now()}
    assert "belong" in refused(confirm, review, verdicts(review.round), "", **judge).message
    assert "belong" in refused(send_back, review, "x", **judge).message


def test_who_left_long_before_may_judge(team: Team) -> None:
    make_member(team.organization, team.admin, starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    assert not is_involved(team.admin.id, team.organization.id, today())
    assert is_involved(team.admin.id, team.organization.id, date(2020, 6, 1))


def test_a_network_sees_nothing_of_who_has_left(team: Team) -> None:
    review = handed_in(team)
    day = today()
    assert waiting_count(team.network.id, day) == 1
    link = db.session.scalars(
        select(NetworkMembership).where(NetworkMembership.organization_id == team.organization.id)
    ).one()
    write(end_network_membership, link, actor_id=team.admin.id, now=now())
    assert waiting_count(team.network.id, day) == 0
    assert review_by_public_id(review.public_id, day) is None
    assert queue_of(team.network.id, day, decided=True, page=1).total == 0
    assert db.session.get_one(Review, review.id).state == ReviewState.WITHDRAWN
    assert isinstance(
        refused(confirm, review, verdicts(review.round), "", actor_id=team.admin.id, now=now()), NotAllowed
    )


def test_of_two_networks_each_decides_for_itself(team: Team) -> None:
    other = make_network()
    with write_unit() as session:
        session.add(NetworkMembership(network_id=other.id, organization_id=team.organization.id))
    db.session.expire_all()
    review = handed_in(team)
    second = write(hand_in, review.round, other, "", **by(team))
    write(send_back, review, "x", actor_id=team.admin.id, now=now())
    assert db.session.get_one(Review, second.id).state == ReviewState.SUBMITTED
    assert (waiting_count(team.network.id, today()), waiting_count(other.id, today())) == (0, 1)


IMPOSSIBLE: list[dict[str, Any]] = [
    {"state": "lost"},
    {"state": "confirmed"},
    {"state": "returned"},
    {"state": "returned", "decided_at": now() + timedelta(days=1)},
    {"decided_at": now() + timedelta(days=1)},
    {"total": 3},
    {"state": "returned", "comment": "x", "decided_at": now() - timedelta(days=900)},
]


@pytest.mark.parametrize("values", IMPOSSIBLE, ids="-".join)
def test_an_impossible_review_is_not_stored(team: Team, values: dict[str, Any]) -> None:
    handed_in(team)
    with pytest.raises(IntegrityError), write_unit() as session:
        session.execute(update(Review).values(**values))


# Told, counted


def told(person: Person) -> list[str]:
    return list(db.session.scalars(select(Notice.kind).where(Notice.person_id == person.id).order_by(Notice.id)))


def test_people_are_told(team: Team) -> None:
    waiting = make_member(team.organization, confirmed_at=None)
    other = make_member(make_organization(team.network))
    review = handed_in(team)
    assert [told(person) for person in team.members] == [["assessment_started"]] * 3
    assert told(team.manager) == told(waiting) == told(other) == []
    write(send_back, review, "x", actor_id=team.admin.id, now=now())
    assert told(team.manager) == ["assessment_returned"]
    again = handed_in(team, review.round, note="y")
    write(confirm, again, verdicts(again.round), "", actor_id=team.admin.id, now=now())
    assert told(team.manager) == ["assessment_returned", "assessment_confirmed"]


def test_standings_follow(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    from lms.certification.assessments import listeners

    seen: list[tuple[int, int]] = []
    monkeypatch.setattr(listeners, "follow", lambda organization, network, _at: seen.append((organization, network)))
    seat = (team.organization.id, team.network.id)
    review = handed_in(team)
    assert seen == [seat, seat]
    write(confirm, review, verdicts(review.round), "", actor_id=team.admin.id, now=now())
    assert seen == [seat] * 3
    monkeypatch.undo()
    closed_round(team)
    assert db.session.scalars(select(KeptStanding.organization_id)).all() == [team.organization.id]
    assert RoundClosed.name in names_of_events(team.organization.id)


# The plan


def test_a_plan_is_written_marked_and_taken_back(team: Team) -> None:
    found = closed_round(team)
    meant = Intention("vision", "نشست مشترک", team.members[0].id, today())
    action = write(add_action, found, meant, **by(team))
    write(change_action, action, Intention("ethics", "منشور", None, None), now())
    assert (action.area, action.text, action.person_id, action.due_on) == ("ethics", "منشور", None, None)
    for state in (ActionState.DONE, ActionState.DROPPED, ActionState.OPEN):
        write(mark_action, action, state, now())
        assert db.session.get_one(Action, action.id).state == state
    assert refused(change_action, action, Intention("nowhere", "x", None, None), now()).field == "area"
    assert refused(change_action, action, Intention("vision", "x", team.admin.id, None), now()).field == "person"
    write(delete_action, action)
    assert db.session.scalar(select(func.count()).select_from(Action)) == 0


def test_who_left_stays_in_the_line_that_she_saw_to(team: Team) -> None:
    found, who = closed_round(team), team.members[0]
    action = write(add_action, found, Intention("vision", "x", who.id, None), **by(team))
    membership = membership_of(team.organization.id, who.id, today())
    assert membership is not None
    write(end_membership, membership, actor_id=team.manager.id, now=now())
    write(change_action, action, Intention("vision", "y", who.id, None), now())
    assert refused(add_action, found, Intention("vision", "z", who.id, None), **by(team)).field == "person"


# What is kept of a person


def test_her_scores_are_hers_to_take_and_to_erase(team: Team) -> None:
    found, who = closed_round(team), team.members[0]
    write(add_action, found, Intention("vision", "x", who.id, None), **by(team))
    mine = exported(who)["self_assessments"]
    assert len(mine) == 21
    assert mine[0]["level"] == 2
    assert mine[0]["item"].startswith("We know why")
    spreads = list(db.session.scalars(select(Agreement.spread).order_by(Agreement.position)))
    write(erase_parts, who, now())
    db.session.expire_all()
    assert exported(who)["self_assessments"] == []
    assert db.session.scalar(select(func.count()).select_from(Score)) == 63
    assert list(db.session.scalars(select(Agreement.spread).order_by(Agreement.position))) == spreads
    assert db.session.scalars(select(Action.person_id)).all() == [None]
