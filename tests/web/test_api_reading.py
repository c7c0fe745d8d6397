"""What the API gives: the numbers and names of the pages, no more, at the same cost however long lists are."""

import csv
from io import StringIO
from random import Random
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings, strategies
from sqlalchemy import select

from lms.accounts.models import Person
from lms.api.cursors import read_cursor
from lms.certification.queries import local_day
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.models import Network, Organization
from lms.progress.models import ModuleCompletion
from lms.reports.queries.modules import modules_of
from lms.reports.queries.persons import members_of
from lms.training.models import Module
from tests.api import Program, give_token
from tests.certification import make_module
from tests.factories import make_member, make_network, make_organization
from tests.histories import History
from tests.page import PageClient
from tests.queries import counted_statements
from tests.reporting import ask, completed_in, make_admin, naive_people
from tests.verdicts import awarded, make_case


def program_for(app: Flask, network: Network) -> tuple[Program, str]:
    """A program with a token that may read everything, and the network's address."""
    _token, secret = give_token(network, make_admin(network))
    return Program(app, secret), f"/api/v1/networks/{network.public_id}"


def expected_people(network: Network) -> list[tuple[str, str, str | None, int | None]]:
    """Organization, membership, name and number of everybody, as the report's own pages have them."""
    day = local_day(network, now())
    found = []
    for organization in db.session.scalars(select(Organization).order_by(Organization.id)):
        if organization.id in naive_people(network.id, day):
            for each in members_of(organization, day):
                number = None if organization.shares_names else each.number
                found.append((organization.public_id, each.membership_id, each.name, number))
    return sorted(found)


def expected_completions(network: Network) -> list[tuple[Any, ...]]:
    """Every row of the feed, worked out row by row from the pages' own queries."""
    day, modules = local_day(network, now()), modules_of(network.id)
    found: list[tuple[Any, ...]] = []
    for organization in db.session.scalars(select(Organization).order_by(Organization.id)):
        if organization.id not in naive_people(network.id, day):
            continue
        for each in members_of(organization, day):
            for module in modules:
                facts = db.session.scalars(
                    select(ModuleCompletion).where(
                        ModuleCompletion.person_id == each.person_id, ModuleCompletion.module_id == module.id
                    )
                ).all()
                where = (organization.public_id, each.membership_id, module.public_id)
                if organization.shares_names:
                    found += [(*where, fact.language, fact.occurred_at.isoformat()) for fact in facts]
                elif facts:
                    found.append((*where, None, None))
    return sorted(found, key=repr)


@pytest.mark.parametrize("seed", range(4))
def test_people_and_completions_are_those_of_the_pages(app: Flask, seed: int) -> None:
    """Whatever has happened: several editions, people in two organizations, who left, who was erased."""
    chance = Random(seed)
    history = History(chance).happen(150)
    with write_unit() as session:
        for organization in session.scalars(select(Organization)):
            organization.shares_names = chance.random() < 0.5
    for network in history.networks:
        program, at = program_for(app, network)
        rows = program.all(f"{at}/people", chance.randint(1, 7))
        got = [(row["organization"]["id"], row["id"], row["name"], row["number"]) for row in rows]
        assert sorted(got) == expected_people(network)
        states = {(row["id"], each["module"]): each["state"] for row in rows for each in row["modules"]}
        feed = program.all(f"{at}/completions", chance.randint(1, 7))
        told = [
            (
                *(row["organization"]["id"], row["person"]["id"], row["module"]["id"], row["language"]),
                row["completed_at"],
            )
            for row in feed
        ]
        assert sorted(told, key=repr) == expected_completions(network)
        completed = {key for key, state in states.items() if state == "completed"}
        assert completed == {(row["person"]["id"], row["module"]["id"]) for row in feed}


def test_the_report_says_what_the_page_says(app: Flask) -> None:
    history = History(Random(7)).happen(150)
    network = history.networks[0]
    program, at = program_for(app, network)
    module = modules_of(network.id)[0]
    for address, query in (
        ("", {}),
        ("?language=fa", {"language": "fa"}),
        (f"?sort=-{module.public_id}", {"sort_module_id": module.id, "descending": True}),
        (f"?module={module.public_id}&q=1", {"module_id": module.id, "name": "1"}),
    ):
        found = program.get(f"{at}/reports/completion{address}").get_json()
        page = ask(network, **query)
        cells = [[cell["completed"] for cell in row["cells"]] for row in found["rows"]]
        shown = [
            ["hidden" if cell.completed is None else cell.completed for cell in row.cells] for row in page.page.items
        ]
        assert sorted(cells, key=repr) == sorted(shown, key=repr) if not query.get("sort_module_id") else cells == shown
        assert {row["organization"]["id"]: row["people"] for row in found["rows"]} == {
            row.public_id: row.people for row in page.page.items
        }
        assert [cell["completed"] for cell in found["totals"]] == [
            "hidden" if cell.completed is None else cell.completed for cell in page.totals
        ]
        assert (found["people"], found["total_people"]) == (page.people, page.total_people)


def test_a_cut_hides_here_what_it_hides_there(app: Flask) -> None:
    network = make_network(threshold=5)
    module = make_module()
    organization = make_organization(network)
    for language in ("fa", "fa", "ar"):
        completed_in(make_member(organization), module, language)
    program, at = program_for(app, network)
    found = program.get(f"{at}/reports/completion?language=ar&module={module.public_id}").get_json()
    assert found["is_cut"]
    assert found["rows"][0]["cells"][0] == {"module": module.public_id, "completed": "hidden", "share": "hidden"}
    whole = program.get(f"{at}/reports/completion?module={module.public_id}").get_json()
    assert whole["rows"][0]["cells"][0]["completed"] == 3


def two_organizations() -> tuple[Network, Organization, Organization, list[Module], Person]:
    """One that shares names and one that does not; a person in both, who completed both of two modules."""
    network = make_network()
    open_, closed = make_organization(network, shares_names=True), make_organization(network)
    modules = [make_module(), make_module()]
    person = make_member(closed, make_member(open_))
    for module in modules:
        completed_in(person, module, "fa")
    return network, open_, closed, modules, person


def test_without_a_name_only_the_state_is_told(app: Flask) -> None:
    network, open_, closed, _modules, person = two_organizations()
    program, at = program_for(app, network)
    rows = program.get(f"{at}/completions").get_json()["items"]
    named = [row for row in rows if row["organization"]["id"] == open_.public_id]
    unnamed = [row for row in rows if row["organization"]["id"] == closed.public_id]
    assert [row["person"]["name"] for row in named] == [person.display_name] * 2
    assert all(row["completed_at"] and row["edition"] == 1 for row in named)
    assert [row["person"]["number"] for row in unnamed] == [1, 1]
    told = {"state": "completed", "edition": None, "language": None, "score": None, "completed_at": None}
    for row in unnamed:
        assert {name: row[name] for name in told} == told
        assert row["person"]["name"] is None
    ids = {row["person"]["id"] for row in rows}
    assert len(ids) == 2, "one id an organization: the two cannot be put together"
    text = program.get(f"{at}/completions?organization={closed.public_id}").text
    assert person.display_name not in text
    assert person.public_id not in text


def test_cursors_say_nothing_of_a_person(app: Flask) -> None:
    """Neither who she is (her id in another organization would tell) nor which edition of hers it was."""
    network, _open, closed, _modules, person = two_organizations()
    for _ in range(5):
        make_member(closed)
    program, at = program_for(app, network)
    after = program.get(f"{at}/completions?organization={closed.public_id}&limit=1").get_json()["next"]
    keys = read_cursor(after.partition("after=")[2], 4)
    assert keys
    editions = set(db.session.scalars(select(ModuleCompletion.edition_id)))
    assert keys[3] not in editions
    with write_unit() as session:
        session.get_one(Person, person.id).id  # noqa: B018 (it is there)
    after = program.get(f"{at}/people?organization={closed.public_id}&limit=2").get_json()["next"]
    assert len(read_cursor(after.partition("after=")[2], 2) or ()) == 2


def test_one_organization_is_as_in_the_list(app: Flask) -> None:
    case = make_case()
    awarded(case)
    make_member(case.organization)
    other = make_organization(case.network)
    program, at = program_for(app, case.network)
    listed = program.all(f"{at}/organizations", 1)
    assert [each["id"] for each in listed] == [case.organization.public_id, other.public_id]
    assert program.get(f"{at}/organizations/{case.organization.public_id}").get_json() == listed[0]
    assert listed[0]["certificate"]["state"] == "valid"
    assert listed[1]["certificate"] is None
    assert listed[1]["people"] == 0
    elsewhere = make_organization(make_network())
    program.get(f"{at}/organizations/{elsewhere.public_id}", 404)


def test_certificates_have_their_dates_and_codes(app: Flask) -> None:
    case = make_case()
    awarded(case)
    program, at = program_for(app, case.network)
    [found] = program.all(f"{at}/awards", 5)
    assert found["id"] == case.cycle.public_id
    assert found["state"] == "valid"
    assert found["awarded_on"] == case.cycle.awarded_on.isoformat() if case.cycle.awarded_on else False
    assert found["expires_on"] == str(case.cycle.expires_on)
    assert found["code"].startswith("TSH-")
    assert program.get(f"{at}/awards?organization=none").get_json()["items"] == []


def test_the_table_has_the_rows_of_the_feed(app: Flask) -> None:
    network, _open, _closed, modules, person = two_organizations()
    with write_unit() as session:
        session.get_one(Person, person.id).display_name = "=1+1"
    program, at = program_for(app, network)
    answer = program.get(f"{at}/completions.csv?lang=ar")
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.get_data().decode("utf-8-sig")
    assert answer.get_data().startswith(b"\xef\xbb\xbf"), "Excel needs the mark"
    rows = list(csv.DictReader(StringIO(text)))
    feed = program.all(f"{at}/completions", 50)
    assert [(row["organization_id"], row["person_id"], row["module_id"]) for row in rows] == [
        (row["organization"]["id"], row["person"]["id"], row["module"]["id"]) for row in feed
    ]
    assert [row["module"] for row in rows[:2]] == [each.titles["ar"] for each in modules]
    assert rows[0]["person"] == "'=1+1", "no name runs as a formula"
    assert rows[0]["completed_at"].endswith("Z")
    assert (rows[2]["person"], rows[2]["person_number"], rows[2]["completed_at"]) == ("", "1", "")
    program.get(f"{at}/completions.csv?lang=de", 422)


def test_reading_costs_the_same_however_much_there_is(app: Flask) -> None:
    network, open_, closed, modules, _person = two_organizations()
    program, at = program_for(app, network)
    one = f"/organizations/{open_.public_id}"
    paths = ("", "/organizations", one, "/people", "/completions", "/completions.csv", "/awards", "/reports/completion")
    program.get(at)  # From now on the day of its last use is known.

    def statements() -> dict[str, int]:
        found = {}
        for path in paths:
            with counted_statements() as sent:
                program.get(at + path)
            found[path] = len(sent)
        return found

    few = statements()
    for _ in range(6):
        organization = make_organization(network, shares_names=True)
        for place in (open_, closed, organization):
            completed_in(make_member(place), modules[0], "ar")
    assert statements() == few
    assert max(few.values()) < 18, few


def test_tags_tell_that_nothing_changed(app: Flask) -> None:
    network, open_, _closed, modules, _person = two_organizations()
    program, at = program_for(app, network)
    for path in ("/people", "/completions", "/organizations", "/reports/completion", ""):
        tag = program.get(at + path).headers["ETag"]
        assert tag.startswith('"'), "a strong one"
        answer = program.get(at + path, 304, If_None_Match=tag)
        assert answer.get_data() == b""
        assert answer.headers["ETag"] == tag
    tag = program.get(f"{at}/completions").headers["ETag"]
    completed_in(make_member(open_), modules[0], "ar")
    assert program.get(f"{at}/completions", If_None_Match=tag).headers["ETag"] != tag


@pytest.mark.parametrize(("language", "title"), [("fa", "بخشی"), ("ar", "بعض"), ("en", "Some")])
def test_errors_are_problems_in_the_callers_language(app: Flask, language: str, title: str) -> None:
    network = make_network()
    program, at = program_for(app, network)
    program.language = f"{language};q=0.9, de;q=0.1"
    answer = program.get(f"{at}/people?limit=0&after=x&colour=red", 422)
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Content-Language"] == language
    found = answer.get_json()
    assert found["title"].startswith(title)
    assert found["status"] == 422
    assert {each["parameter"] for each in found["errors"]} == {"limit", "colour"}
    if language != "en":
        assert not any(word in str(found["errors"]) for word in ("There", "Write"))
    [wrong] = program.get(f"{at}/people?after=MQ", 422).get_json()["errors"]
    assert wrong["parameter"] == "after"
    found = program.get(f"{at}/reports/completion?since=yesterday&colour=red&module=none", 422).get_json()
    assert {each["parameter"] for each in found["errors"]} == {"since", "colour", "module"}


def test_what_is_not_there_is_a_problem_too(app: Flask) -> None:
    network = make_network()
    program, at = program_for(app, network)
    assert program.get("/api/v1/nothing", 404, checked=False).mimetype == "application/problem+json"
    assert program.get(f"{at}/people", 406, Accept="text/html").mimetype == "application/problem+json"
    program.get(f"{at}/completions.csv", 406, Accept="application/json")
    program.get(f"{at}/completions.csv", Accept="text/*")
    with app.app_context():
        answer = program.http.post(f"{at}/people", headers=program.headers, json={})
    assert answer.status_code in (400, 405)
    assert answer.mimetype == "application/problem+json"


def test_no_question_breaks_it(app: Flask) -> None:
    """Whatever stands behind the question mark, the answer is a page or a problem."""
    program, at = program_for(app, make_network())

    @settings(max_examples=40)
    @given(after=strategies.text(max_size=20), limit=strategies.text(max_size=6), name=strategies.text(max_size=6))
    def ask_for(after: str, limit: str, name: str) -> None:
        app.extensions["lms_counts"].here.storage.reset()
        question = {"after": after, "limit": limit, name: "x"}
        for path in ("people", "completions", "organizations", "awards", "reports/completion", "completions.csv"):
            with app.app_context():
                answer = program.http.get(f"{at}/{path}", query_string=question, headers=program.headers)
            assert answer.status_code == 422, answer.text

    ask_for()


def test_pages_answer_as_before(client: PageClient) -> None:
    """An error of a page is a page, whatever the API does."""
    assert client.get("/en/nothing", 404).mimetype == "text/html"
