"""Importing by program: what is sent twice is taken once, and becomes what the page would have made of it."""

import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from werkzeug.exceptions import UnprocessableEntity
from werkzeug.test import TestResponse

from lms.accounts.models import Person
from lms.api import idempotency
from lms.api.models import IdempotencyKey
from lms.api.scopes import TokenScope
from lms.api.v1.bodies import MAX_BYTES, MOST_ROWS, sheet_sent
from lms.clock import now
from lms.db import db, write_unit
from lms.imports.models import Import, ImportBatch, ImportMatching, ImportState
from lms.organizations.models import Membership, Network, Organization
from lms.progress.models import ModuleCompletion
from tests.api import Program, give_token
from tests.certification import make_module
from tests.conftest import LANGUAGES
from tests.factories import make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.reporting import make_admin
from tests.sheets import bring_sheet, csv_of, fresh, looked_at, work, written

ROWS = [
    {"organization": "انجمن مهر", "person": "مریم رستمی", "title": "مدیر"},
    {"organization": "انجمن مهر", "person": "علی کاظمی", "score": 101, "module": "?", "day": "1403/7/12"},
    {"organization": "کویر", "person": None},
]


@pytest.fixture
def network(app: Flask) -> Network:
    return make_network(time_zone="Asia/Tehran")


@pytest.fixture
def admin(network: Network) -> Person:
    return make_admin(network)


@pytest.fixture
def program(app: Flask, network: Network, admin: Person) -> Program:
    return Program(app, give_token(network, admin, (TokenScope.IMPORT,))[1])


def path_of(network: Network, rest: str = "") -> str:
    return f"/api/v1/networks/{network.public_id}/imports{rest}"


def send(
    program: Program, network: Network, rows: Any = ROWS, status: int = 202, key: str = "k1", **asked: str
) -> TestResponse:
    """Send rows, with parameters of the address."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return program.post(f"{path_of(network)}?{query}", status, {"rows": rows}, Idempotency_Key=key)


def records() -> list[Import]:
    db.session.expire_all()
    return list(db.session.scalars(select(Import).order_by(Import.id)))


def ran(number: int) -> Import:
    """One of the imports, after the worker has done what was asked of it."""
    record = work(records()[number])
    db.session.rollback()
    return record


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def state_of(program: Program, taken: TestResponse) -> dict[str, Any]:
    found: dict[str, Any] = program.get(taken.headers["Location"]).get_json()
    return found


def test_rows_become_what_the_page_makes_of_them(program: Program, network: Network, admin: Person) -> None:
    module = make_module(titles={"fa": "آشنایی"})
    rows = [*ROWS, {"organization": "کویر", "person": "سارا", "module": module.public_id, "day": "2024-10-03"}]
    taken = send(program, network, rows)
    [record] = records()
    assert taken.headers["Location"] == path_of(network, f"/{record.public_id}")
    address = f"http://localhost{taken.headers['Location']}"
    assert taken.get_json() == {"id": record.public_id, "address": address}
    assert "Idempotency-Replayed" not in taken.headers
    assert (record.made_by_id, record.by_program, record.file_name) == (admin.id, True, "Power BI")
    assert count(ImportMatching) == 0, "what a program sends teaches the page nothing"
    assert (state_of(program, taken)["state"], count(Membership)) == ("looking", 0)
    ran(0)
    told = state_of(program, taken)
    assert (told["state"], told["total"], told["done"]) == ("done", 4, 4)
    assert told["rows"]["wrong"] >= 1
    assert sum(told["rows"].values()) == 4
    assert (told["made"]["organizations"], told["made"]["people"]) == (2, told["rows"]["new"] - 1)
    assert count(Organization) == 2
    assert count(ModuleCompletion) == told["made"]["completions"]
    [confirmed] = set(db.session.scalars(select(Membership.confirmed_by_id)))
    assert confirmed == admin.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_is_told_row_by_row(app: Flask, network: Network, admin: Person, language: str) -> None:
    program = Program(app, give_token(network, admin)[1], language)
    rows = [{"organization": "A", "person": f"P{n}", **({"language": "klingon"} if n % 2 else {})} for n in range(120)]
    taken = send(program, network, [{}, *rows])
    ran(0)
    found = program.all(f"{taken.headers['Location']}/rows", 7)
    # The empty row is the first; it is left out, and counted.
    assert [each["row"] for each in found] == [n + 2 for n in range(120) if n % 2]
    assert {each["fate"] for each in found} == {"wrong"}
    [reason] = {json.dumps(each["reasons"], ensure_ascii=False) for each in found}
    [said] = json.loads(reason)
    assert (said["field"], said["code"]) == ("language", "no_language")
    said_in = {"en": "Write Persian", "fa": "فارسی", "ar": "الفارسية"}[language]
    assert said_in in said["detail"]
    program.get(f"{taken.headers['Location']}/rows?after=AAAA", 422)


def test_every_page_of_rows_holds_what_it_should(app: Flask, program: Program, network: Network) -> None:
    """Pages of any size over rows of two fates, across the places of the file."""
    place = make_organization(network, shares_names=True)
    for number in range(30):
        make_member(place, make_person(display_name=f"Namesake {number}"))
    wrong = [{"organization": "A", "person": f"W{n}", "language": "x"} for n in range(27)]
    doubtful = [{"organization": "B", "person": f"Namesake {n}"} for n in range(30)]
    taken = send(
        program, network, [row for pair in zip(wrong, doubtful[:27], strict=True) for row in pair] + doubtful[27:]
    )
    ran(0)
    told = state_of(program, taken)
    assert (told["rows"]["wrong"], told["rows"]["doubtful"]) == (27, 30)
    whole = program.all(f"{taken.headers['Location']}/rows", 100)
    assert [each["fate"] for each in whole] == ["wrong"] * 27 + ["doubtful"] * 30
    assert [each["row"] for each in whole[:3]] == [1, 3, 5]
    assert whole[-1]["reasons"] == [
        {
            "field": None,
            "code": "doubtful",
            "detail": "Somebody of this name is known. Say whether it is the same person.",
        }
    ]
    for limit in (1, 13, 25, 27, 56):
        app.extensions["lms_counts"].here.storage.reset()
        assert program.all(f"{taken.headers['Location']}/rows", limit) == whole


def test_the_doubtful_are_left_out_unless_they_are_new(program: Program, network: Network) -> None:
    make_member(make_organization(network, shares_names=True), make_person(display_name="Maryam"))
    rows = [{"organization": "New place", "person": "Maryam"}]
    skipped = send(program, network, rows)
    ran(0)
    told = state_of(program, skipped)
    assert (told["doubtful"], told["rows"]["doubtful"], told["made"]["people"]) == ("skip", 1, 0)
    taken = send(program, network, rows, key="k2", doubtful="new")
    ran(1)
    told = state_of(program, taken)
    assert (told["doubtful"], told["rows"]["doubtful"], told["made"]["people"]) == ("new", 0, 1)


def test_the_same_key_twice_is_once(app: Flask, program: Program, network: Network, admin: Person) -> None:
    first = send(program, network)
    again = send(program, network, key='"k1"')
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (again.data, again.headers["Location"]) == (first.data, first.headers["Location"])
    ran(0)
    people = count(Person)
    assert send(program, network).data == first.data
    assert (len(records()), count(Person)) == (1, people)
    # Another token of the network, as after the first one's last day.
    other = Program(app, give_token(network, admin)[1])
    assert send(other, network).headers["Idempotency-Replayed"] == "true"
    assert send(program, network, key="k2").get_json()["id"] != first.get_json()["id"]


def test_a_key_is_its_networks(app: Flask, program: Program, network: Network) -> None:
    send(program, network)
    elsewhere = make_network()
    other = Program(app, give_token(elsewhere, make_admin(elsewhere))[1])
    assert "Idempotency-Replayed" not in send(other, elsewhere).headers
    assert [record.network_id for record in records()] == [network.id, elsewhere.id]


def test_the_same_key_with_something_else_is_refused(program: Program, network: Network) -> None:
    send(program, network)
    send(program, network, ROWS[:2], 422)
    send(program, network, ROWS, 422, doubtful="new")
    program.post(path_of(network), 422, b"name,organization\nA,B", Idempotency_Key="k1", Content_Type="text/csv")
    assert len(records()) == 1


def test_what_is_being_taken_waits_and_what_was_given_up_is_taken_over(program: Program, network: Network) -> None:
    """A process that was killed between its two write units leaves a claim."""
    send(program, network)
    [record] = records()
    with write_unit() as session:
        key = session.scalars(select(IdempotencyKey)).one()
        key.import_id, key.claimed_at = None, now()
    answer = send(program, network, status=409)
    assert answer.headers["Retry-After"] == "5"
    with write_unit() as session:
        session.scalars(select(IdempotencyKey)).one().claimed_at = now() - idempotency.TAKING - timedelta(seconds=1)
    taken = send(program, network)
    assert taken.get_json()["id"] != record.public_id
    assert "Idempotency-Replayed" not in taken.headers


def test_who_was_overtaken_makes_nothing(app: Flask, network: Network) -> None:
    at, later = now() - timedelta(minutes=2), now()
    with write_unit():
        assert idempotency.claim(network.id, "k", "f", at) is None
    with write_unit():
        assert idempotency.claim(network.id, "k", "f", later) is None
    with pytest.raises(idempotency.StillTaken), write_unit():
        idempotency.settle(network.id, "k", at, 1)


def test_two_at_once_make_one(app: Flask, network: Network, admin: Person) -> None:
    secret = give_token(network, admin)[1]
    programs = [Program(app, secret) for _ in range(6)]
    db.session.rollback()

    def ask(program: Program) -> tuple[int, str | None, str]:
        headers = {**program.headers, "Idempotency-Key": "k1"}
        with app.app_context():
            answer = program.http.post(path_of_network, json={"rows": ROWS}, headers=headers)
            answer.close()
            db.session.remove()
        return answer.status_code, answer.headers.get("Idempotency-Replayed"), answer.headers.get("Location", "")

    path_of_network = path_of(network)
    db.session.rollback()
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(ask, programs))
    made = [each for each in answers if each[:2] == (202, None)]
    assert len(made) == 1, answers
    assert {each[0] for each in answers} <= {202, 409}
    assert {each[2] for each in answers if each[0] == 202} == {made[0][2]}
    assert (len(records()), count(IdempotencyKey)) == (1, 1)


def test_old_keys_go(program: Program, network: Network) -> None:
    send(program, network)
    send(program, network, key="k2")
    with write_unit() as session:
        old = session.scalars(select(IdempotencyKey).where(IdempotencyKey.key == "k1")).one()
        old.claimed_at = now() - idempotency.KEPT - timedelta(seconds=1)
    idempotency.let_keys_go({})
    assert list(db.session.scalars(select(IdempotencyKey.key))) == ["k2"]
    assert timedelta(hours=24) <= idempotency.KEPT


@pytest.mark.parametrize("key", ["", " ", '""', '"a', "a b", "ü", "x" * 256, 'a"b', '"a\\b"'])
def test_what_is_no_key_is_refused(program: Program, network: Network, key: str) -> None:
    assert idempotency.read_key(key) is None
    if key.isascii():
        send(program, network, status=400, key=key)
    assert records() == []


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=100))
def test_a_quoted_key_is_read_as_it_was_meant(text: str) -> None:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    assert idempotency.read_key(f'"{quoted}"') == text


def test_csv_is_taken_with_headers_of_three_languages(program: Program, network: Network) -> None:
    data = csv_of(("سازمان", "Name", "الصفة"), ("Hope", "مریم", "x"), ("Hope", "Ali", ""))
    taken = program.post(path_of(network), 202, data, Idempotency_Key="1", Content_Type="text/csv; charset=utf-8")
    ran(0)
    assert state_of(program, taken)["rows"]["new"] == 2
    by_field = b"organization,person,organization_en\n\xd9\x85\xd9\x87\xd8\xb1,Sara,Mehr"
    program.post(path_of(network), 202, by_field, Idempotency_Key="2", Content_Type="text/csv")
    ran(1)
    assert {"fa": "مهر", "en": "Mehr"} in list(db.session.scalars(select(Organization.names)))


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        (b"{", 400, None),
        (b"[" * 100_000, 400, None),
        (b'{"rows": [{"score": NaN}]}', 400, None),
        (b"[]", 422, "#"),
        (b"{}", 422, "#"),
        (b'{"rows": 1}', 422, "#"),
        (b'{"rows": [], "x": 1}', 422, "#"),
        (b'{"rows": []}', 422, "#"),
        (b'{"rows": [{}]}', 422, "#"),
        (b'{"rows": [{"title": "x"}]}', 422, "#"),
        (b'{"rows": [1]}', 422, "#/rows/0"),
        (b'{"rows": [{"person": "A"}, {"nmae": "A"}]}', 422, "#/rows/1/nmae"),
        (b'{"rows": [{"person": ["A"]}]}', 422, "#/rows/0/person"),
        (b'{"rows": [{"person": true}]}', 422, "#/rows/0/person"),
        (b'{"rows": [{"person": "A\\u0000"}]}', 422, "#/rows/0/person"),
        (b'{"rows": [{"person": "\\ud800"}]}', 422, "#/rows/0/person"),
        (b'{"rows": [{"score": 1e400}]}', 422, "#/rows/0/score"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    program: Program, network: Network, body: bytes, status: int, pointer: str | None
) -> None:
    headers = {"Idempotency_Key": "1", "Content_Type": "application/json"}
    answer = program.post(path_of(network), status, body, **headers).get_json()
    assert [each["pointer"] for each in answer.get("errors", [])] == ([pointer] if pointer else [])
    assert records() == []
    # Nothing was taken: the key is free for what was meant.
    program.post(path_of(network), 202, b'{"rows": [{"organization": "A"}]}', **headers)


@pytest.mark.parametrize("data", [b"", b"name\n", b"name,nmae\nA,B", b"name,full name\nA,B", b"person,person\nA,B"])
def test_a_csv_that_is_not_understood_is_refused(program: Program, network: Network, data: bytes) -> None:
    program.post(path_of(network), 422, data, Idempotency_Key="1", Content_Type="text/csv")
    assert records() == []


@pytest.mark.parametrize("kind", ["", "text/plain", "multipart/form-data", "application/x-www-form-urlencoded"])
def test_other_kinds_of_bodies_are_refused(program: Program, network: Network, kind: str) -> None:
    program.post(path_of(network), 415, b"name\nA", Idempotency_Key="1", Content_Type=kind)


def test_parameters_that_are_none_are_refused(program: Program, network: Network) -> None:
    for asked in ({"doubtful": "maybe"}, {"calendar": "mayan"}, {"source": "online"}, {"language": "de"}, {"x": "1"}):
        [wrong] = send(program, network, ROWS, 422, **asked).get_json()["errors"]
        assert [wrong["parameter"]] == list(asked)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["person", "city", "score"]), st.one_of(st.text(), st.integers()))))
def test_whatever_json_holds_is_answered(app: Flask, rows: list[dict[str, Any]]) -> None:
    """Nothing that can be written as JSON makes the reader fail."""
    body = {"rows": [{"organization": "A", **row} for row in rows]}
    with app.test_request_context("/api/v1/x", method="POST", json=body):
        try:
            found = len(sheet_sent().table.rows)
        except UnprocessableEntity:
            found = None
        assert found in (len(rows), None)


def test_undoing_twice_is_once(program: Program, network: Network) -> None:
    taken = send(program, network)
    undo = f"{taken.headers['Location']}/undo"
    program.post(undo, 409)
    record = ran(0)
    assert count(Membership) > 0
    assert program.post(undo, 202).get_json()["state"] == "undoing"
    assert program.post(undo, 202).get_json()["state"] == "undoing"
    ran(0)
    told = program.post(undo, 202).get_json()
    assert (told["state"], told["kept"], count(Membership)) == ("undone", {"organizations": 0, "people": 0}, 0)
    assert fresh(record).state == ImportState.UNDONE


def test_what_a_page_brought_is_not_the_programs(program: Program, network: Network, admin: Person) -> None:
    record = written(looked_at(bring_sheet(network, admin, csv_of(("name", "organization"), ("A", "B")))))
    for path in ("", "/rows"):
        program.get(path_of(network, f"/{record.public_id}{path}"), 404)
    program.post(path_of(network, f"/{record.public_id}/undo"), 404)
    assert fresh(record).state == ImportState.DONE


def test_another_networks_import_is_not_there(app: Flask, program: Program, network: Network) -> None:
    taken = send(program, network)
    ran(0)
    elsewhere = make_network()
    other = Program(app, give_token(elsewhere, make_admin(elsewhere))[1])
    other.get(taken.headers["Location"], 404)
    own = path_of(elsewhere, f"/{taken.get_json()['id']}")
    other.get(own, 404)
    other.get(f"{own}/rows", 404)
    other.post(f"{own}/undo", 404)
    # Nor under another network's address for who may see it under its own.
    program.get(own, 404)
    send(other, network, status=404)


def test_the_page_names_what_a_program_brought(client: PageClient, program: Program, network: Network) -> None:
    send(program, network)
    client.sign_in(make_admin(network))
    page = client.get(f"/en/networks/{network.public_id}/imports").text
    assert "by the API" in page
    assert "Power BI" in page


def test_five_thousand_rows_cost_the_statements_of_ten(program: Program, network: Network) -> None:
    def taking(rows: int) -> int:
        sent = [{"organization": f"O{n % 50}", "person": f"P{n}", "title": "x"} for n in range(rows)]
        with counted_statements() as statements:
            send(program, network, sent, key=str(rows))
        return len(statements)

    taking(5)
    few = taking(10)
    began = time.monotonic()
    assert taking(MOST_ROWS) == few
    assert time.monotonic() - began < 10
    send(program, network, [{"organization": "A"}] * (MOST_ROWS + 1), 422, key="more")
    record = ran(-1)
    assert (record.total, record.done, record.counts["new"] + record.counts["known"]) == (
        MOST_ROWS,
        MOST_ROWS,
        MOST_ROWS,
    )
    assert count(ImportBatch) == 5 + 1 + 1
    taken = path_of(network, f"/{record.public_id}")
    with counted_statements() as statements:
        program.get(taken)
    assert len(statements) <= 6, Counter(statements)


def test_more_than_is_taken_at_once_is_refused(program: Program, network: Network) -> None:
    body = b'{"rows": [{"organization": "' + b"a" * MAX_BYTES + b'"}]}'
    program.post(path_of(network), 413, body, Idempotency_Key="1", Content_Type="application/json")
