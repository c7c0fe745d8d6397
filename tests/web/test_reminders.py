"""Reminding the people whom a requirement waits for."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lms.accounts.models import Notice, Person
from lms.accounts.privacy import exported
from lms.accounts.services.erasing import erase_person
from lms.boards.models import RequirementReminder
from lms.boards.queries.reminders import key_of
from lms.clock import now
from lms.db import db, write_unit
from lms.events.models import EventRow
from lms.security.actor import Role
from tests.certification import change_level, the_kit
from tests.conftest import LANGUAGES
from tests.factories import grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.verdicts import Case, make_case


def keys_on(page: str) -> list[str]:
    """Names of the requirements that can be reminded of on a board."""
    return re.findall(r'name="requirement" value="([0-9a-f]+)"', page)


def remind(client: PageClient, case: Case, key: str) -> str:
    """Press the button; gives the board afterwards."""
    sent = {"network": case.network.public_id, "requirement": key}
    return client.follow(client.post(f"{case.board}/reminders", sent)).text


def notices_of(person: Person) -> int:
    """How many she has not looked at."""
    query = select(Notice.id).where(Notice.person_id == person.id, Notice.read_at.is_(None))
    return len(db.session.scalars(query).all())


def test_whom_it_waits_for_is_told_once_a_day(client: PageClient) -> None:
    case = make_case(met=False)
    zahra = make_member(case.organization, make_person(display_name="Zahra"))
    client.sign_in(case.manager)
    keys = keys_on(client.get(case.board).text)
    assert len(keys) == 2
    page = remind(client, case, keys[0])
    assert "1 person was reminded." in page
    assert notices_of(zahra) == 1
    assert notices_of(case.manager) == 0, "she knows herself"
    assert re.search(r"Reminded:.*Zahra", page)
    assert keys_on(page) == keys[1:], "nobody is left to be reminded of it today"
    assert "was reminded today already" in remind(client, case, keys[0])
    remind(client, case, keys[1])
    assert notices_of(zahra) == 2
    with write_unit() as session:
        session.execute(update(RequirementReminder).values(day=now().date() - timedelta(days=1)))
    assert "1 person was reminded." in remind(client, case, keys[0])
    assert notices_of(zahra) == 2, "what she has not looked at stands once"
    told = db.session.scalars(select(EventRow).where(EventRow.name == "people_reminded")).all()
    assert [row.payload["people"] for row in told] == [1, 1, 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_says_what_it_waits_for(client: PageClient, language: str) -> None:
    case = make_case(met=False)
    zahra = make_member(case.organization)
    client.sign_in(case.manager)
    remind(client, case, keys_on(client.get(case.board).text)[0])
    modules, _kit = the_kit()
    page = client.sign_in(zahra).get(f"/{language}/notices").text
    assert case.organization.names[language] in page
    assert modules[0].titles[language] in page
    notice = db.session.scalars(select(Notice.public_id)).one()
    led = client.post(f"/{language}/notices/{notice}").headers["Location"]
    assert led == f"/{language}/organizations/{case.organization.public_id}"
    with write_unit() as session:
        session.merge(case.organization).memberships[-1].ends_on = now().date()
    assert modules[0].titles[language] not in client.get(f"/{language}/notices").text, "she has left"


def test_what_waits_for_nobody_is_refused(client: PageClient) -> None:
    case = make_case()
    client.sign_in(case.manager)
    assert not keys_on(client.get(case.board).text)
    asked = case.cycle.rule.requirements[0]
    assert "waits for nobody" in remind(client, case, key_of(asked["type"], asked["parameters"]))
    assert "waits for nobody" in remind(client, case, "nothing")
    other = make_network()
    client.post(f"{case.board}/reminders", {"network": other.public_id, "requirement": "x"}, status=404)


def test_only_a_manager_reminds(client: PageClient) -> None:
    case = make_case(met=False)
    colleague = make_member(case.organization)
    elsewhere = grant(make_person(), Role.MANAGER, organization=make_organization())
    for person in (colleague, case.admin):
        assert not keys_on(client.sign_in(person).get(case.board).text)
        client.post(f"{case.board}/reminders", {"network": case.network.public_id, "requirement": "x"}, status=404)
    client.sign_in(elsewhere).post(f"{case.board}/reminders", status=404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_know_only_herself_is_not_said_to_be_the_only_one(client: PageClient, language: str) -> None:
    case = make_case(met=False)
    zahra = make_member(case.organization, make_person(display_name="Zahra Ahmadi", language=language))
    make_member(case.organization)
    board = f"/{language}/{case.board.partition('/en/')[2]}"
    main = client.sign_in(zahra).get(board).text.partition('<ul class="reqs"')[2].partition("</ul>")[0]
    assert "Zahra Ahmadi" not in main
    said = {"fa": "سهم شما هنوز مانده است.", "ar": "دوركم لم يكتمل بعد.", "en": "Your part is still to come."}
    assert said[language] in main
    page = client.sign_in(case.manager).get(board).text
    assert "Zahra Ahmadi" in page


def test_parts_of_a_requirement_are_shown_and_reminded_of_together(client: PageClient) -> None:
    modules, _kit = the_kit()
    case = make_case(met=False)
    parts = [{"type": "members_completed", "parameters": {"people": 1, "module_id": module.id}} for module in modules]
    change_level(case.network, requirements=[{"type": "any_of", "parameters": {"of": parts}}])
    zahra = make_member(case.organization, make_person(display_name="Zahra"))
    page = client.sign_in(case.manager).get(case.board).text
    assert page.count('<li class="req">') == 3
    assert page.count("Not there yet:") == 2, "of each part, not of the whole"
    [key] = keys_on(page)
    remind(client, case, key)
    assert notices_of(zahra) == 1


def test_the_key_does_not_depend_on_the_order_of_parameters() -> None:
    assert key_of("a", {"x": 1, "y": [2]}) == key_of("a", {"y": [2], "x": 1})
    assert key_of("a", {"x": 1}) != key_of("b", {"x": 1})


def test_the_board_asks_the_same_of_many_reminders_as_of_few(client: PageClient) -> None:
    case = make_case(met=False)
    client.sign_in(case.manager)

    def statements() -> int:
        with counted_statements() as sent:
            client.get(case.board)
        return len(sent)

    costs = []
    for _ in range(4):
        make_member(case.organization)
        remind(client, case, keys_on(client.get(case.board).text)[0])
        costs.append(statements())
    assert len(set(costs)) == 1


def test_reminders_are_downloaded_and_go_with_the_account(client: PageClient) -> None:
    case = make_case(met=False)
    zahra = make_member(case.organization)
    client.sign_in(case.manager)
    remind(client, case, keys_on(client.get(case.board).text)[0])
    with client.app.test_request_context("/en/"):
        assert len(exported(db.session.get_one(Person, zahra.id))["reminders"]) == 1
    with write_unit():
        erase_person(db.session.get_one(Person, zahra.id), now())
    assert not db.session.scalars(select(RequirementReminder.id)).all()
