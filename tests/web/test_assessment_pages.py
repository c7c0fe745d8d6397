"""The pages of self-assessment: who opens them, what they say, what they cost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lms.certification.assessments.models import Action, ActionState, Agreement, Review, ReviewState, Round, RoundState
from lms.certification.assessments.services import Verdict, confirm, send_back
from lms.clock import now, today
from lms.db import db, write_unit
from lms.organizations.queries import membership_of
from lms.organizations.services import end_membership
from lms.security.actor import Role
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
from tests.conftest import LANGUAGES
from tests.evidence import make_reviewer
from tests.factories import grant, make_member, make_network, make_person
from tests.page import PageClient
from tests.queries import counted_statements

Sign = Callable[[Any], PageClient]


@pytest.fixture
def team(app: Flask) -> Team:
    return make_team()


@pytest.fixture
def sign(app: Flask) -> Sign:
    return lambda person: PageClient(app).sign_in(person)


def base(found: Round, language: str = "en") -> str:
    return f"/{language}/self-assessments/{found.public_id}"


def text_of(client: PageClient, path: str, status: int = 200) -> str:
    return client.get(path, status).get_data(as_text=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_round_in_each_language(team: Team, sign: Sign, language: str) -> None:
    manager, member, admin = sign(team.manager), sign(team.members[0]), sign(team.admin)
    rounds = f"/{language}/organizations/{team.organization.public_id}/self-assessments"
    member.get(rounds)
    scoring = begin_round(team)
    at = base(scoring, language)
    for path in ("/", "/scores/vision", "/scores/ethics"):
        member.get(at + path)
    for path in ("/", "/end-scoring", "/cancel"):
        manager.get(at + path)
    for person in team.everybody:
        give(scoring, person, 2)
    manager.follow(manager.post(f"{at}/end-scoring"))
    for client in (manager, member):
        client.get(f"{at}/")
        client.get(f"{at}/agreement/vision")
    settle(scoring, team, 2, ethics=4)
    manager.get(f"{at}/")
    manager.follow(manager.post(f"{at}/close"))
    for path in ("/", "/hand-in", "/plan/new", "/plan/new?area=vision&module=what-networking-is"):
        manager.get(at + path)
    member.get(f"{at}/")
    review = handed_in(team, scoring)
    network = f"/{language}/networks/{team.network.public_id}"
    for path in (network, f"{network}/self-assessments", f"{network}/self-assessments?show=decided"):
        admin.get(path)
    admin.get(f"/{language}/self-assessments/reviews/{review.public_id}")
    manager.get(rounds)
    member.get(f"/{language}/notices")


def test_scoring_is_saved_page_by_page_and_goes_on_where_it_was_left(team: Team, sign: Sign) -> None:
    found, client = begin_round(team), sign(team.members[0])
    answer = client.post(f"{base(found)}/scores/vision", {"level-why-we-network": "3", "action": "next"})
    assert answer.headers["Location"].endswith("/scores/governance")
    page = text_of(client, f"{base(found)}/scores/vision")
    assert re.findall(r'name="level-([a-z-]+)" value="(\d)"[^>]* checked', page) == [("why-we-network", "3")]
    assert "1 of 21" in text_of(client, f"{base(found)}/")
    assert f'href="{base(found)}/scores/vision"' in text_of(client, f"{base(found)}/")
    client.post(f"{base(found)}/scores/ethics", {"level-code": "9", "level-kept": "2", "action": "save"})
    assert "1 of 21" in text_of(client, f"{base(found)}/"), "an item of another page, and a level that is none"


ENDING = {
    "fa": (
        "۱ نفر امتیازدهی را آغاز کرده است. هنوز کسی به همهٔ موردها امتیاز نداده است.",
        "۲ نفر امتیازدهی را آغاز کرده‌اند. ۱ نفر به همهٔ موردها امتیاز داده است.",
    ),
    "ar": ("بدأ شخص واحد. لم يُتمّ أحد جميع البنود بعد.", "بدأ شخصان. أتمّ شخص واحد جميع البنود."),
    "en": (
        "1 person has begun to score. Nobody has scored everything yet.",
        "2 people have begun to score. 1 person has scored everything.",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_ends_scoring_reads_how_many_scored(team: Team, sign: Sign, language: str) -> None:
    found = begin_round(team)
    told: list[str] = []
    for person in team.members[:2]:
        if told:
            give(found, person, 3)
        else:
            sign(person).post(f"{base(found)}/scores/vision", {"level-why-we-network": "3", "action": "save"})
        told.append(text_of(sign(team.manager), f"{base(found, language)}/end-scoring"))
    assert [words in page for words, page in zip(ENDING[language], told, strict=True)] == [True, True]


def test_what_one_gave_nobody_else_sees(team: Team, sign: Sign) -> None:
    found = begin_round(team)
    give(found, team.members[0], 4)
    for person in (team.manager, team.members[1]):
        page = text_of(sign(person), f"{base(found)}/scores/vision")
        assert " checked" not in page
        assert team.members[0].display_name not in page
    assert team.members[0].display_name not in text_of(sign(team.members[1]), f"{base(found)}/")


@pytest.mark.parametrize(("levels", "shown"), [((1, 2), False), ((1, 2, 2), True)])
def test_the_spread_of_few_is_hidden(team: Team, sign: Sign, levels: tuple[int, ...], shown: bool) -> None:
    found = scored_round(team, levels)
    page = text_of(sign(team.members[0]), f"{base(found)}/agreement/vision")
    assert ("How the scores are spread" in page) is shown
    assert ("Fewer than three people" in page) is not shown
    assert not any(person.display_name in page for person in team.members[1:])
    settle(found, team)
    sign(team.manager).post(f"{base(found)}/close")
    assert ("How the scores are spread" in text_of(sign(team.manager), f"{base(found)}/")) is shown


def test_what_was_typed_comes_back(team: Team, sign: Sign) -> None:
    found, client = scored_round(team), sign(team.manager)
    typed = {"level-why-we-network": "3", "reason-goals-that-fit": "<نوشته>"}
    page = client.post(f"{base(found)}/agreement/vision", typed, status=422).get_data(as_text=True)
    assert 'value="3" checked' in page
    assert "&lt;نوشته&gt;" in page
    assert "Say in a sentence why" in page
    assert db.session.scalars(select(Agreement).where(Agreement.level.is_not(None))).all() == []


def test_who_is_named_enters_it_while_she_belongs(team: Team, sign: Sign) -> None:
    found, who = scored_round(team), team.members[0]
    client = sign(who)
    said = {"level-why-we-network": "3", "reason-why-we-network": WHY}
    client.post(f"{base(found)}/agreement/vision", said, status=404)
    sign(team.manager).post(f"{base(found)}/recorder", {"person": who.public_id})
    assert "<textarea" in text_of(client, f"{base(found)}/agreement/vision")
    client.post(f"{base(found)}/agreement/vision", said)
    client.post(f"{base(found)}/close", status=404)
    membership = membership_of(team.organization.id, who.id, today())
    assert membership is not None
    with write_unit():
        end_membership(membership, actor_id=team.manager.id, now=now())
    client.post(f"{base(found)}/agreement/vision", said, status=404)


def test_somebody_not_on_the_list_is_not_named(team: Team, sign: Sign) -> None:
    found = begin_round(team)
    sign(team.manager).post(f"{base(found)}/recorder", {"person": team.admin.public_id})
    assert db.session.get_one(Round, found.id).recorder_id is None


def strangers(team: Team) -> dict[str, Any]:
    """People whom a round does not concern, by what they are."""
    other = make_team(network=team.network)
    elsewhere = make_team()
    return {
        "the network's admin": team.admin,
        "a manager of another member": other.manager,
        "another network's admin": elsewhere.admin,
        "nobody in particular": make_person(),
        "who waits to be confirmed": make_member(team.organization, confirmed_at=None),
    }


PATHS = ("/", "/scores/vision", "/agreement/vision", "/end-scoring", "/cancel", "/hand-in", "/plan/new")


def test_a_round_is_there_for_its_organization_alone(team: Team, sign: Sign) -> None:
    found = closed_round(team)
    for who, person in strangers(team).items():
        for path in PATHS:
            assert sign(person).get(base(found) + path, 404), who
        sign(person).get(f"/en/organizations/{team.organization.public_id}/self-assessments", 404)
        sign(person).post(f"/en/organizations/{team.organization.public_id}/self-assessments", {}, 404)


def test_a_member_leads_no_round(team: Team, sign: Sign) -> None:
    found, client = begin_round(team), sign(team.members[0])
    for path in ("/end-scoring", "/cancel", "/hand-in", "/plan/new"):
        client.get(base(found) + path, 404)
    for path in ("/end-scoring", "/cancel", "/close", "/recorder", "/hand-in", "/plan/new"):
        client.post(base(found) + path, {}, 404)
    page = text_of(client, f"{base(found)}/")
    assert "Leading the round" not in page
    assert "Begin a round" not in text_of(client, f"/en/organizations/{team.organization.public_id}/self-assessments")


def test_a_review_is_there_for_its_network_alone(team: Team, sign: Sign) -> None:
    review = handed_in(team)
    path = f"/en/self-assessments/reviews/{review.public_id}"
    elsewhere = make_team()
    for person in (team.manager, elsewhere.admin, team.members[0], make_person()):
        sign(person).get(path, 404)
        sign(person).post(path, {"action": "return", "comment": "x"}, 404)
        sign(person).get(f"/en/networks/{team.network.public_id}/self-assessments", 404)
    page = text_of(sign(team.admin), path)
    assert WHY in page
    assert "How the scores are spread" not in page
    queue = text_of(sign(elsewhere.admin), f"/en/networks/{elsewhere.network.public_id}/self-assessments")
    assert review.public_id not in queue


def test_a_network_confirms_on_its_page(team: Team, sign: Sign) -> None:
    review, client = handed_in(team), sign(team.admin)
    path = f"/en/self-assessments/reviews/{review.public_id}"
    said = {f"level-{item.key}": "2" for item in questions_of(review.round).items} | {"action": "confirm"}
    wrong = client.post(path, {**said, "level-kept": "1", "comment": "گزارش"}, status=422).get_data(as_text=True)
    assert "Say why the level is another one." in wrong
    assert "گزارش" in wrong
    client.post(path, {"action": "return", "comment": " "}, status=422)
    client.post(path, {**said, "level-kept": "1", "reason-kept": "مهلت گذشت"})
    assert db.session.get_one(Review, review.id).state == ReviewState.CONFIRMED
    client.follow(client.post(path, {"action": "return", "comment": "replayed"}))
    assert db.session.get_one(Review, review.id).state == ReviewState.CONFIRMED
    shown = text_of(sign(team.manager), f"{base(review.round)}/")
    assert "مهلت گذشت" in shown
    assert "Level 2 became level 1." in shown


def test_who_is_of_the_organization_is_told_that_she_cannot_decide(team: Team, sign: Sign) -> None:
    review = handed_in(team)
    make_member(team.organization, team.admin)
    path = f"/en/self-assessments/reviews/{review.public_id}"
    page = text_of(sign(team.admin), path)
    assert "somebody else has to decide" in page
    assert 'value="confirm"' not in page
    sign(team.admin).post(path, {"action": "return", "comment": "x"})
    assert db.session.get_one(Review, review.id).state == ReviewState.SUBMITTED


def test_handing_in_and_again(team: Team, sign: Sign) -> None:
    found, client = closed_round(team), sign(team.manager)
    client.post(f"{base(found)}/hand-in", {"network": make_network().public_id}, status=422)
    client.post(f"{base(found)}/hand-in", {"network": team.network.public_id})
    client.post(f"{base(found)}/hand-in", {"network": team.network.public_id}, status=422)
    review = db.session.scalars(select(Review)).one()
    with write_unit():
        send_back(review, "صورت‌جلسه؟", actor_id=team.admin.id, now=now())
    page = client.post(f"{base(found)}/hand-in", {"network": team.network.public_id, "note": ""}, status=422)
    assert "صورت‌جلسه؟" in page.get_data(as_text=True)
    client.post(f"{base(found)}/hand-in", {"network": team.network.public_id, "note": "پیوست شد"})
    assert "پیوست شد" in text_of(sign(team.admin), f"/en/self-assessments/reviews/{_last(found).public_id}")


def _last(found: Round) -> Review:
    return list(db.session.scalars(select(Review).where(Review.round_id == found.id).order_by(Review.id)))[-1]


def test_a_plan_on_its_pages(team: Team, sign: Sign) -> None:
    found, client = closed_round(team), sign(team.manager)
    new = text_of(client, f"{base(found)}/plan/new?area=ethics&module=what-networking-is")
    assert "Take the module “What networking is” together" in new
    assert re.search(r'<option selected value="ethics"', new)
    line = {"area": "ethics", "text": "منشور", "person": team.members[0].public_id}
    client.post(f"{base(found)}/plan/new", {**line, "text": ""}, status=422)
    client.post(f"{base(found)}/plan/new", {**line, "area": "nowhere"}, status=422)
    client.post(f"{base(found)}/plan/new", {**line, "person": team.admin.public_id}, status=422)
    day = {"due_on-day": "31", "due_on-month": "2", "due_on-year": "2027"}
    client.post(f"{base(found)}/plan/new", {**line, **day}, status=422)
    client.post(f"{base(found)}/plan/new", {**line, **day, "due_on-day": "28"})
    action = db.session.scalars(select(Action)).one()
    shown = text_of(client, f"{base(found)}/")
    assert "28 February 2027" in shown or "Feb 2027" in shown
    assert team.members[0].display_name in shown
    edit = f"/fa/self-assessments/plan/{action.public_id}"
    assert "اسفند" in text_of(client, edit)
    client.post(edit, {**line, "text": "منشور مشترک", "person": ""})
    client.post(f"{edit}/state", {"state": "done"})
    assert db.session.get_one(Action, action.id).state == ActionState.DONE
    client.post(f"{edit}/state", {"state": "elsewhere"}, status=400)
    client.get(f"{edit}/delete")
    for person in (team.members[0], make_team().manager):
        sign(person).get(edit, 404)
        sign(person).post(f"{edit}/delete", {}, 404)
    client.post(f"{edit}/delete")
    assert db.session.scalars(select(Action)).all() == []


def test_two_rounds_stand_beside_each_other(team: Team, sign: Sign) -> None:
    closed_round(team, 2)
    page = text_of(sign(team.manager), f"{base(closed_round(team, 2, ethics=3))}/")
    assert page.count('stroke-dasharray="6 4"') == 2, "the earlier polygon, and its key"
    assert "+1.0" in page
    row = re.search(r"Ethics and independence</bdi></th>(.*?)</tr>", page, re.S)
    assert row is not None
    assert re.findall(r">([+\d.]+)<", row[1]) == ["3.0", "2.0", "+1.0"]


def test_beginning_from_the_board(team: Team, sign: Sign) -> None:
    client = sign(team.manager)
    board = f"/en/organizations/{team.organization.public_id}"
    assert "Self-assessment" in text_of(client, board)
    started = client.post(f"{board}/self-assessments", {"instrument": the_instrument().public_id})
    assert "/self-assessments/" in started.headers["Location"]
    client.post(f"{board}/self-assessments", {"instrument": "nothing"}, status=400)
    client.follow(client.post(f"{board}/self-assessments", {"instrument": the_instrument().public_id}))
    assert "everybody scores on their own" in text_of(client, board)
    assert "Self-assessment<" not in text_of(sign(team.admin), board)
    notices = text_of(sign(team.members[0]), "/en/notices")
    assert "assesses itself" in notices


def test_a_closed_round_takes_no_late_scores(team: Team, sign: Sign) -> None:
    found, client = scored_round(team), sign(team.members[0])
    client.post(f"{base(found)}/scores/vision", {"level-why-we-network": "1"})
    client.get(f"{base(found)}/scores/vision", 303)
    settle(found, team)
    sign(team.manager).post(f"{base(found)}/close")
    client.get(f"{base(found)}/agreement/vision", 303)
    assert db.session.scalars(select(Round.state)).one() == RoundState.CLOSED


def cost(client: PageClient, path: str) -> int:
    client.get(path)
    with counted_statements() as seen:
        client.get(path)
    return len(seen)


def test_what_pages_cost_does_not_grow_with_people(sign: Sign, app: Flask) -> None:
    costs = []
    for members in (3, 12):
        team = make_team(members)
        manager, admin = sign(team.manager), sign(team.admin)
        found = begin_round(team)
        for person in team.everybody:
            give(found, person, 2)
        seen = [cost(manager, f"{base(found)}{path}") for path in ("/", "/scores/vision", "/end-scoring")]
        manager.post(f"{base(found)}/end-scoring")
        seen += [cost(manager, f"{base(found)}{path}") for path in ("/", "/agreement/vision")]
        settle(found, team)
        manager.post(f"{base(found)}/close")
        review = handed_in(team, found)
        seen += [cost(manager, f"{base(found)}/"), cost(admin, f"/en/self-assessments/reviews/{review.public_id}")]
        costs.append(seen)
    assert costs[0] == costs[1]
    assert max(costs[0]) < 20, costs


def test_what_lists_cost_does_not_grow_with_rounds(team: Team, sign: Sign) -> None:
    manager, admin = sign(team.manager), sign(team.admin)
    paths = (
        (manager, f"/en/organizations/{team.organization.public_id}/self-assessments"),
        (admin, f"/en/networks/{team.network.public_id}/self-assessments"),
    )
    handed_in(team)
    before = [cost(client, path) for client, path in paths]
    for _ in range(3):
        handed_in(team, closed_round(team))
        handed_in(make_team(network=team.network))
    assert [cost(client, path) for client, path in paths] == before


def test_a_network_that_confirmed_can_be_read_again(team: Team, sign: Sign) -> None:
    review = handed_in(team)
    said = {item.key: Verdict(2) for item in questions_of(review.round).items}
    with write_unit():
        confirm(review, said, "دیده شد.", actor_id=team.admin.id, now=now())
    page = text_of(sign(team.admin), f"/en/self-assessments/reviews/{review.public_id}")
    assert "Confirmed: level 2" in page
    assert "دیده شد." in page
    assert "What the network answered" in page


def test_a_reviewer_of_the_network_confirms(team: Team, sign: Sign) -> None:
    found = handed_in(team)
    reviewer = make_reviewer(team.network)
    client = sign(reviewer)
    assert "/self-assessment-reviews" in client.get("/en/").text, "it stands in the navigation"
    queue = f"/en/networks/{team.network.public_id}/self-assessments"
    assert client.get("/en/self-assessment-reviews", 303).headers["Location"] == queue
    assert found.public_id in client.get(queue).text
    here = f"/en/self-assessments/reviews/{found.public_id}"
    assert f'/networks/{team.network.public_id}"' not in client.get(here).text, "the network's board is not hers"
    client.post(here, {"action": "return", "comment": "Say more of the agreements."}, 303)
    assert db.session.get_one(Review, found.id, populate_existing=True).state == "returned"
    grant(reviewer, Role.REVIEWER, network=make_team().network)
    assert client.get("/en/self-assessment-reviews").text.count("nothing waits") == 2
    for other in (make_team().admin, make_reviewer(make_team().network), team.members[0]):
        sign(other).get(here, 404)
