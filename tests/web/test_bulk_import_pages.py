"""The pages of a sheet: who comes to them, what stands on them, what can be downloaded."""

import io
import re

import pytest
from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Notice, Person
from lms.db import db, write_unit
from lms.documents.tables import read_table
from lms.imports.models import Import, ImportState
from lms.jobs.worker import run_due
from lms.organizations.models import Membership, Network
from lms.security.actor import Role
from tests.certification import make_module
from tests.conftest import LANGUAGES
from tests.factories import grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.sheets import JOBS, bring_sheet, csv_of, looked_at, undone, written

HEADERS = ("سازمان", "نام و نام خانوادگی", "ماژول", "تاریخ")
TITLE = "آشنایی"


@pytest.fixture
def network(app: Flask) -> Network:
    make_module(titles={"fa": TITLE})
    return make_network(time_zone="Asia/Tehran")


@pytest.fixture
def admin(client: PageClient, network: Network) -> Person:
    """Signed in on `client`."""
    person = grant(make_person(), Role.NETWORK_ADMIN, network=network)
    client.sign_in(person)
    return person


def upload(client: PageClient, network: Network, data: bytes, language: str = "en", status: int = 303) -> str:
    fields = {"file": (io.BytesIO(data), "people.csv")}
    here = f"/{language}/networks/{network.public_id}/imports"
    client.get(here)
    answer = client.post(here, fields, status, content_type="multipart/form-data")
    return answer.headers["Location"] if status == 303 else answer.text


def matching(page: str) -> dict[str, object]:
    """What the page of columns would send as it stands."""
    chosen = re.findall(r'name="(column-\d+)".*?</select>', page, re.S)
    fields: dict[str, object] = {}
    for name in chosen:
        select_ = re.search(rf'name="{name}".*?</select>', page, re.S)
        assert select_ is not None
        found = re.search(r'value="(\w+)" selected', select_[0])
        fields[name] = found[1] if found else ""
    fields["kinds"] = re.findall(r'name="kinds" value="(\w+)" checked', page)
    return {**fields, "calendar": "auto", "source": "prior_learning", "language": "fa"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_upload_to_the_undoing(
    app: Flask, client: PageClient, network: Network, admin: Person, language: str
) -> None:
    make_member(make_organization(network, names={"fa": "کویر"}, shares_names=True), make_person(display_name="زهرا"))
    data = csv_of(
        HEADERS, ("مهر", "مریم", TITLE, "1403/1/1"), ("مهر", "علی", TITLE, "1403/13/1"), ("مهر", "زهرا", "", "")
    )
    here = upload(client, network, data, language)
    fields = matching(client.get(here).text)
    assert [fields[f"column-{n}"] for n in range(4)] == ["organization", "person", "module", "day"]
    client.post(f"{here}/columns", fields)
    page = client.get(here)
    assert page.headers["Refresh"]
    assert "<progress" in page.text
    run_due(app, JOBS)
    wrong = client.get(here).text
    assert "1403/13/1" in wrong
    doubtful = client.get(f"{here}?show=doubtful").text
    name = re.search(r'name="(who-\w+)"', doubtful)
    assert name is not None
    client.post(f"{here}/choices", {name[1]: "new"})
    run_due(app, JOBS)
    assert "مریم" in client.get(f"{here}?show=new&page=9").text
    assert f"/{language}/" in client.post(f"{here}/begin").headers["Location"]
    run_due(app, JOBS)
    page = client.get(here)
    assert "Refresh" not in page.headers
    assert len(db.session.scalars(select(Membership)).all()) == 3
    client.post(f"{here}/undo")
    run_due(app, JOBS)
    client.get(here)
    assert len(db.session.scalars(select(Membership)).all()) == 1
    assert "people.csv" in client.get(f"/{language}/networks/{network.public_id}/imports").text


def test_the_preview_shows_a_name_that_a_sheet_has_in_parts(
    app: Flask, client: PageClient, network: Network, admin: Person
) -> None:
    make_member(
        make_organization(network, names={"fa": "کویر"}, shares_names=True), make_person(display_name="زهرا نوری")
    )
    headers = ("NGO", "Full name", "First name", "Last name")
    data = csv_of(headers, ("مهر", "", "مریم", "رستمی"), ("مهر", "", "زهرا", "نوری"))
    here = upload(client, network, data)
    client.post(f"{here}/columns", matching(client.get(here).text))
    run_due(app, JOBS)
    assert ">مریم رستمی</" in re.sub(r"</?bdi>", "", client.get(f"{here}?show=new").text)
    assert "Who is زهرا نوری?" in re.sub(r"[\u2066-\u2069]", "", client.get(f"{here}?show=doubtful").text)


def test_rows_that_were_not_taken_come_back_as_the_same_sheet(
    app: Flask, client: PageClient, network: Network, admin: Person
) -> None:
    lines = [("مهر", "=cmd", TITLE, "1403/13/1"), ("مهر", "علی", TITLE, "1403/1/1"), ("مهر", "رضا", "x", "1403/1/1")]
    record = looked_at(bring_sheet(network, admin, csv_of(HEADERS, *lines)))
    for kind in ("csv", "xlsx"):
        body = client.get(f"/fa/imports/{record.public_id}/errors.{kind}").data
        table = read_table(body, f"x.{kind}")
        assert table.headers == (*HEADERS, "دلیل")
        assert [row[:4] for row in table.rows] == [lines[0], lines[2]]
        assert table.rows[0][4] == "تاریخ: چنین تاریخی نیست."
    corrected = body_with(table.headers, [(*lines[0][:3], "1403/12/1", table.rows[0][4])])
    again = looked_at(bring_sheet(network, admin, corrected))
    assert again.counts["new"] == 1
    assert again.columns == [*record.columns, ""]
    written(again)
    repeated = client.get(f"/fa/imports/{again.public_id}/errors.csv").data.decode("utf-8-sig")
    assert repeated.strip().split(",")[-1] == "دلیل"
    assert repeated.count("دلیل") == 1


def body_with(headers: tuple[str, ...], rows: list[tuple[str, ...]]) -> bytes:
    return csv_of(headers, *rows)


def test_it_is_for_admins_of_the_network_only(app: Flask, client: PageClient, network: Network) -> None:
    mine = grant(make_person(), Role.NETWORK_ADMIN, network=network)
    record = looked_at(bring_sheet(network, mine, csv_of(HEADERS[:2], ("مهر", "مریم"))))
    organization = make_organization(network)
    others = [
        (grant(make_person(), Role.NETWORK_ADMIN, network=make_network()), 404),
        (grant(make_member(organization), Role.MANAGER, organization=organization), 404),
        (grant(make_person(), Role.REVIEWER, network=network), 404),
        (make_person(), 404),
    ]
    one = f"/en/imports/{record.public_id}"
    for person, status in others:
        client.sign_in(person)
        client.get(f"/en/networks/{network.public_id}/imports", status)
        for path in ("", "/columns", "/errors.csv", "/errors.xlsx"):
            client.get(one + path, status)
        for path in ("/columns", "/choices", "/begin", "/undo", "/drop"):
            client.post(one + path, {}, status)
        client.post(f"/en/networks/{network.public_id}/imports", {}, status)
    assert db.session.get_one(Import, record.id).state == ImportState.READY


def test_a_deed_at_the_wrong_time_is_refused(app: Flask, client: PageClient, network: Network, admin: Person) -> None:
    record = bring_sheet(network, admin, csv_of(HEADERS[:2], ("مهر", "مریم")))
    here = f"/en/imports/{record.public_id}"
    for path in ("begin", "undo", "choices"):
        assert "further on" in client.follow(client.post(f"{here}/{path}")).text
    assert db.session.get_one(Import, record.id).state == ImportState.MATCHING
    written(looked_at(record))
    client.post(f"{here}/begin")
    client.post(f"{here}/drop")
    assert len(db.session.scalars(select(Membership)).all()) == 1
    assert client.get(f"{here}/columns", 303)


def test_columns_that_cannot_be_are_refused(app: Flask, client: PageClient, network: Network, admin: Person) -> None:
    here = upload(client, network, csv_of(("a", "b"), ("x", "y")))
    fields = matching(client.get(here).text)
    assert fields["column-0"] == ""
    refused = client.post(f"{here}/columns", fields, 422).text
    assert "Say which column" in refused
    both = {**fields, "column-0": "person", "column-1": "person"}
    assert "something of its own" in client.post(f"{here}/columns", both, 422).text
    none = {**fields, "column-0": "person", "kinds": []}
    assert "Choose what shall be taken" in client.post(f"{here}/columns", none, 422).text
    client.post(f"{here}/columns", {**fields, "column-0": "password_hash"}, 422)
    client.post(f"{here}/columns", {**fields, "calendar": "mayan"}, 400)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"one line only"])
def test_a_file_that_is_no_sheet_is_refused(client: PageClient, network: Network, admin: Person, data: bytes) -> None:
    assert "There is a problem" in upload(client, network, data, status=422)


def test_a_sheet_can_be_dropped(app: Flask, client: PageClient, network: Network, admin: Person) -> None:
    record = looked_at(bring_sheet(network, admin, csv_of(HEADERS[:2], ("مهر", "مریم"))))
    here = f"/en/imports/{record.public_id}"
    client.post(f"{here}/drop")
    client.get(here, 404)


def test_who_was_entered_is_told_when_she_comes_in(client: PageClient, network: Network) -> None:
    written(looked_at(bring_sheet(network, None, csv_of(HEADERS[:2], ("مهر", "مریم")))))
    person = db.session.scalars(select(Person).where(Person.display_name == "مریم")).one()
    client.sign_in(person)
    assert "entered you from a list" in client.get("/en/").text
    assert len(db.session.scalars(select(Notice)).all()) == 1


def test_a_page_costs_the_same_for_a_long_sheet(client: PageClient, network: Network, admin: Person) -> None:
    def cost(size: int) -> int:
        lines = ((f"o{size}", f"{n} {size}") for n in range(size))
        record = looked_at(bring_sheet(network, admin, csv_of(HEADERS[:2], *lines)))
        with counted_statements() as seen:
            client.get(f"/en/imports/{record.public_id}")
        return len(seen)

    assert cost(3) == cost(300)


def test_what_was_kept_is_named_as_far_as_the_network_may_know(
    client: PageClient, network: Network, admin: Person
) -> None:
    record = written(looked_at(bring_sheet(network, admin, csv_of(HEADERS[:2], ("مهر", "مریم"), ("کویر", "علی")))))
    people = db.session.scalars(select(Person).where(Person.display_name.in_(("مریم", "علی")))).all()
    with write_unit() as session:
        for person in people:
            session.get_one(Person, person.id).password_hash = "x"
        first = session.get_one(Membership, db.session.scalars(select(Membership.id).order_by(Membership.id)).first())
        first.organization.shares_names = True
    undone(record)
    page = client.get(f"/en/imports/{record.public_id}").text
    assert "مریم" in page
    assert "علی" not in page
    assert "1 more" in page
