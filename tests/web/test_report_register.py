"""Every report that is offered: its files and what is made regularly of it are the same, and old views are told."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from lms.clock import now, today
from lms.cohorts.models import Cohort, CohortMember
from lms.db import db, write_unit
from lms.documents.sheets import MAX_ROWS
from lms.errors import NotAllowed
from lms.organizations.kinds import Form, Reach
from lms.organizations.models import Grant, Network, NetworkMembership, Organization
from lms.reports.offered import REPORTS, Asking, OutdatedView
from lms.reports.schedules.models import Failure, ReportSchedule
from lms.reports.sheets import Sheet, formats_for, stream
from lms.training.models import Module
from tests.certification import certified, complete, make_module, make_scheme
from tests.cohorts import make_cohort
from tests.conftest import LANGUAGES
from tests.factories import make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.reporting import begin, make_admin
from tests.schedules import MONDAY, admin_of, make, runs_of, work

Clock = time_machine.Traveller
OF_DAYS = {"over-time", "by-month"}
OF_NO_MODULE = {"networks", "expiries", "gain"}
#: What says something of its view beside the filters of its address.
SAYS_MORE = {"networks", "expiries", "over-time"}


@pytest.fixture(autouse=True)
def monday(mailbox: Any) -> Iterator[Clock]:
    """It is a Monday, 15 Tir 1405, and mail is on."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def reports(network: Network, language: str = "en") -> str:
    return f"/{language}/networks/{network.public_id}/reports"


def page_of(network: Network, name: str, language: str = "en", **arguments: str) -> str:
    """The address of a report's page, as pages link to it."""
    own = {"networks": f"/{language}/reports/networks"}
    ends = {"networks": "", "over-time": "over-time", **{each: each.replace("by-", "by/", 1) for each in REPORTS}}
    if name == "staff":
        ends[name] = f"organizations/{arguments.pop('organization')}"
    path = own.get(name) or f"{reports(network, language)}/{ends[name]}"
    given = {"network": network.public_id, **arguments} if name == "networks" else arguments
    return f"{path}?{'&'.join(f'{key}={value}' for key, value in given.items())}"


def make_things(network: Network) -> Module:
    """People of two organizations and a cohort; one that is named completed a module, one began it. A third
    organization has a certificate that ends soon."""
    module = make_module()
    make_scheme(network)
    certified(make_organization(network), network, today() + timedelta(days=9))
    people = [
        make_member(make_organization(network, country="IR", sector="health", shares_names=True), make_person()),
        make_member(make_organization(network, country="BH")),
    ]
    complete(people[0], module)
    begin(people[1], module)
    make_cohort(network, *people)
    return module


def view_of(name: str, network: Network, module: Module | None = None) -> dict[str, str]:
    """What a view of a report holds: what it cannot be without, and a module where it can be of one."""
    shared = select(Organization.public_id).join(NetworkMembership).where(Organization.shares_names)
    found = db.session.scalars(shared.where(NetworkMembership.network_id == network.id)).first()
    own = {"organization": found or ""} if name == "staff" else {}
    return own if module is None or name in OF_NO_MODULE else {**own, "module": module.public_id}


def as_query(arguments: Mapping[str, str]) -> str:
    return "".join(f"&{key}={value}" for key, value in arguments.items())


def file_of(client: PageClient, network: Network, schedule: ReportSchedule) -> bytes:
    """What the worker made of a schedule, last."""
    run = [each for each in runs_of(network) if each.schedule_id == schedule.id][-1]
    assert run.failure == ""
    data: bytes = client.get(f"{reports(network)}/runs/{run.public_id}/file").data
    assert run.written == run.expected > 0
    return data


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_what_is_made_regularly_is_the_file_of_the_page(client: PageClient, name: str, language: str) -> None:
    network = make_network(threshold=1)
    module = make_things(network)
    admin = admin_of(network, language)
    client.sign_in(admin)
    filters = view_of(name, network, module)
    page = client.get(page_of(network, name, language, **filters)).text
    links = [unescape(each) for each in re.findall(r'href="([^"]+)"', page)]
    (regularly,) = [each for each in links if "/schedules/new" in each]
    form = client.get(regularly).text
    assert form.count('class="chip"') == len(filters) + (name in SAYS_MORE)
    assert str(network.public_id) in form
    schedule = make(client, network, [admin], "?" + regularly.partition("?")[2], language=language)
    assert (schedule.report, schedule.arguments) == (name, filters)
    work(client.app)
    (file,) = [each for each in links if f"/{name}/csv" in each]
    assert file_of(client, network, schedule) == client.get(file).data
    listed = client.get(f"{reports(network, language)}/schedules").text
    with client.app.test_request_context(f"/{language}/"):
        assert str(REPORTS[name].title) in unescape(listed)


@pytest.mark.parametrize("file_format", ["xlsx", "pdf", "json"])
@pytest.mark.parametrize("name", REPORTS)
def test_every_kind_of_file(client: PageClient, name: str, file_format: str) -> None:
    network = make_network()
    make_things(network)
    client.sign_in(make_admin(network))
    start = {"xlsx": b"PK", "pdf": b"%PDF", "json": b"{"}[file_format]
    view = as_query(view_of(name, network))
    assert client.get(f"{reports(network, 'fa')}/{name}/{file_format}?{view}").data.startswith(start)


def test_networks_together_as_a_file(client: PageClient) -> None:
    one = make_network(form=Form.UNION, reach=Reach.NATIONAL, names={"en": "One"})
    two = make_network(form=Form.UNION, reach=Reach.REGIONAL, names={"en": "Two"})
    stranger = make_network(names={"en": "Stranger"})
    module = make_module()
    complete(make_member(make_organization(one)), module)
    make_member(make_organization(two))
    make_member(make_organization(stranger))
    client.sign_in(make_admin(one, two))
    told = client.get(f"{reports(one)}/networks/json").get_json(force=True)
    rows = {(row["by"], row["name"]): (row["people"], row[f"{module.public_id}_completed"]) for row in told["rows"]}
    assert rows == {
        ("Form", "Union"): (2, 1),
        ("Reach", "National"): (1, 1),
        ("Reach", "Regional"): (1, 0),
        ("Network", "One"): (1, 1),
        ("Network", "Two"): (1, 0),
    }
    assert told["totals"]["people"] == 2
    assert "Stranger" not in str(told)


def test_a_file_of_several_networks_opens_to_who_administers_all_of_them(client: PageClient) -> None:
    one, two = make_network(names={"en": "One"}), make_network(names={"en": "Two"})
    make_things(one)
    both, first = admin_of(one, "en"), admin_of(one, "en")
    with write_unit() as session:
        session.add(Grant(person_id=both.id, role="network_admin", network_id=two.id, starts_on=date(2020, 1, 1)))
    client.sign_in(both)
    make(client, one, [both, first], "?report=networks")
    work(client.app)
    hers, other = sorted(runs_of(one), key=lambda run: run.person_id != both.id)
    assert hers.network_ids == sorted([one.id, two.id])
    assert other.network_ids == [one.id], "each gets the networks that she administers"
    paths = [f"{reports(one)}/runs/{run.public_id}" for run in (hers, other)]
    assert b"Two" in client.get(f"{paths[0]}/file").data
    assert b"Two" not in client.get(f"{paths[1]}/file").data
    client.sign_in(first)
    client.get(f"{paths[0]}/file", 404)
    assert b"One" in client.get(f"{paths[1]}/file").data
    assert "networks that you do not administer" in client.get(paths[0]).text
    assert client.get(f"{reports(one)}/runs").text.count('/file"') == 1
    with write_unit() as session:
        for held in session.query(Grant).filter_by(person_id=both.id, network_id=two.id):
            held.starts_on, held.ends_on = date(2020, 1, 1), date(2020, 1, 2)
    client.sign_in(both)
    client.get(f"{paths[0]}/file", 404)


def test_a_report_of_several_networks_goes_into_no_folder(client: PageClient) -> None:
    network = make_network()
    admin = admin_of(network, "en")
    client.sign_in(admin)
    new = f"{reports(network)}/schedules/new"
    assert 'name="to_folder"' not in client.get(f"{new}?report=networks").text
    assert 'name="to_folder"' in client.get(f"{new}?report=over-time").text
    schedule = make(client, network, [admin], "?report=networks", to_folder="y")
    assert not schedule.to_folder
    sent = {"name": "x", "rhythm": "weekly", "weekday": "0", "month_day": "1", "file_format": "csv", "to_folder": "y"}
    one = f"{reports(network)}/schedules/{schedule.public_id}"
    assert "Choose at least one receiver" in client.post(one, sent, 422).text
    client.post(one, sent | {"receivers": [admin.public_id]}, 303)
    assert not db.session.get_one(ReportSchedule, schedule.id).to_folder


def test_an_old_address_leads_to_its_page_whatever_stands_in_it(client: PageClient) -> None:
    network = make_network()
    client.sign_in(admin_of(network, "en"))
    odd = "module=gone&endpoint=x&_external=1&lang=ar&network_id=y"
    answer = client.get(f"{reports(network)}/schedules/new?report=people&{odd}", 303)
    assert answer.location == f"{reports(network)}/people?{odd}"


def table(data: bytes) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    return rows[1 : rows.index([])]


@pytest.mark.parametrize("name", sorted(OF_DAYS))
def test_usual_days_move_on_and_fixed_ones_do_not(client: PageClient, monday: Clock, name: str) -> None:
    network = make_network(time_zone="UTC", threshold=1)
    make_things(network)
    admin = admin_of(network, "en")
    client.sign_in(admin)
    said = client.get(f"{reports(network)}/schedules/new?report={name}").text
    assert "the last 12, up to the day of each report" in said
    schedules = [make(client, network, [admin], f"?report={name}")]
    if name == "over-time":
        fixed = f"?report={name}&since=2026-05-01&until=2026-06-30"
        assert "Its days are fixed" in client.get(f"{reports(network)}/schedules/new{fixed}").text
        schedules.append(make(client, network, [admin], fixed))
    made = []
    for moment in (MONDAY, datetime(2026, 8, 3, 9, tzinfo=UTC)):
        monday.move_to(moment)
        work(client.app)
        client.sign_in(admin)
        made.append([table(file_of(client, network, each)) for each in schedules])
    first = "July 2026" if name == "over-time" else "Before"
    assert made[0][0][0][0] == first
    assert [len(rows[0]) for rows in made] in ([12, 12], [14, 14])
    assert {row[0] for row in made[1][0]} - {row[0] for row in made[0][0]} == {"August 2026"}
    assert "August 2025" in {row[0] for row in made[0][0]}
    assert "August 2025" not in {row[0] for row in made[1][0]}
    assert made[0][1:] == made[1][1:], "fixed days"


def test_the_form_says_which_days_are_fixed(client: PageClient) -> None:
    network = make_network()
    client.sign_in(admin_of(network, "en"))
    said = {
        "report=completion": "Each report shows how things stand on its day.",
        "report=completion&since=2026-07-01": "Its first day is fixed",
        "report=completion&until=2026-07-01": "Its last day is fixed",
        "report=completion&since=2026-06-01&until=2026-07-01": "Its days are fixed",
        "report=over-time&step=week": "Its weeks are the last 12",
    }
    for arguments, words in said.items():
        assert words in client.get(f"{reports(network)}/schedules/new?{arguments}").text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(REPORTS.keys() - OF_NO_MODULE))
def test_a_module_that_is_gone_is_told_in_the_run_and_nothing_else_is_sent(
    client: PageClient, name: str, language: str
) -> None:
    network, other = make_network(), make_module()
    module = make_things(network)
    admin = admin_of(network, language)
    client.sign_in(admin)
    gone = view_of(name, network, module)
    schedule = make(client, network, [admin], f"?report={name}{as_query(gone)}", language=language)
    with write_unit() as session:
        session.get_one(Module, module.id).archived_at = now()
    work(client.app)
    (run,) = runs_of(network)
    assert (run.failure, run.failed_filter, run.file_hash) == (Failure.OUTDATED, "module", "")
    label = {"fa": "ماژول: چیزی", "ar": "وحدة تدريبية: أحد", "en": "Module: Something"}[language]
    base = reports(network, language)
    for page in (f"runs/{run.public_id}", "runs", "schedules"):
        assert label in client.get(f"{base}/{page}").text
    assert 'class="chip"' not in client.get(f"{base}/schedules/{schedule.public_id}").text
    # The page of an organization has no field for the module: it shows all of them again.
    status = 200 if name == "staff" else 422
    client.get(page_of(network, name, language, **gone), status)
    client.get(f"{base}/{name}/csv?{as_query(gone)}", 404)
    answer = client.get(f"{base}/schedules/new?report={name}{as_query(gone)}", 303)
    client.get(answer.headers["Location"], status)
    assert other.public_id


def test_a_cohort_that_is_gone_is_told(client: PageClient) -> None:
    network = make_network()
    cohort = make_cohort(network, make_member(make_organization(network)))
    admin = admin_of(network, "en")
    client.sign_in(admin)
    make(client, network, [admin], f"?report=completion&cohort={cohort.public_id}")
    with write_unit() as session:
        session.query(CohortMember).filter_by(cohort_id=cohort.id).delete()
        session.delete(session.get_one(Cohort, cohort.id))
    work(client.app)
    (run,) = runs_of(network)
    assert (run.failure, run.failed_filter) == (Failure.OUTDATED, "cohort")
    assert "Cohort: Something" in client.get(f"{reports(network)}/runs/{run.public_id}").text


def test_a_report_that_is_offered_no_more_is_told(client: PageClient) -> None:
    network = make_network()
    admin = admin_of(network, "en")
    client.sign_in(admin)
    schedule = make(client, network, [admin])
    with write_unit() as session:
        session.get_one(ReportSchedule, schedule.id).report = "of-old"
    work(client.app)
    assert [run.failure for run in runs_of(network)] == [Failure.NO_REPORT]
    assert "no such report" in client.get(f"{reports(network)}/schedules").text
    assert "cannot be made any more" in client.get(f"{reports(network)}/schedules/{schedule.public_id}").text
    client.get(f"{reports(network)}/schedules/new?report=of-old", 404)
    client.get(f"{reports(network)}/of-old/csv", 404)


@pytest.mark.parametrize("name", ["people", "staff"])
def test_names_that_are_shared_no_more_are_not_sent(client: PageClient, monday: Clock, name: str) -> None:
    network, module = make_network(), make_module()
    organization = make_organization(network, shares_names=True)
    complete(make_member(organization, make_person(display_name="Shirin Novin")), module)
    admin = admin_of(network, "en")
    client.sign_in(admin)
    schedule = make(client, network, [admin], f"?report={name}{as_query(view_of(name, network))}")
    work(client.app)
    assert b"Shirin Novin" in file_of(client, network, schedule)
    with write_unit() as session:
        session.merge(organization).shares_names = False
    monday.move_to(datetime(2026, 7, 13, 9, tzinfo=UTC))
    work(client.app)
    client.sign_in(admin)
    assert b"Shirin Novin" not in file_of(client, network, schedule)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_people_of_who_has_left_the_network_are_not_sent(client: PageClient, language: str) -> None:
    network = make_network()
    make_things(network)
    admin = admin_of(network, language)
    client.sign_in(admin)
    view = view_of("staff", network)
    make(client, network, [admin], f"?report=staff{as_query(view)}", language=language)
    with write_unit() as session:
        for link in session.scalars(select(NetworkMembership).where(NetworkMembership.network_id == network.id)):
            link.ends_on = today()
    work(client.app)
    (run,) = runs_of(network)
    assert (run.failure, run.failed_filter, run.file_hash) == (Failure.OUTDATED, "organization", "")
    label = {"fa": "سازمان: چیزی", "ar": "منظمة: أحد", "en": "Organization: Something"}[language]
    assert label in client.get(f"{reports(network, language)}/runs/{run.public_id}").text
    client.get(f"{reports(network, language)}/staff/csv?{as_query(view)}", 404)


def test_reports_of_two_organizations_are_told_apart_by_their_usual_names(client: PageClient) -> None:
    network = make_network()
    organization = make_organization(network, names={"en": "Bridge"})
    client.sign_in(admin_of(network, "en"))
    view = f"&organization={organization.public_id}"
    form = client.get(f"{reports(network)}/schedules/new?report=staff{view}").text
    assert 'value="People of an organization: Bridge"' in form
    assert b"People of an organization" in client.get(f"{reports(network)}/staff/csv?{view}").data


@pytest.mark.parametrize("wrong", ["", "&organization=", "&organization=gone"])
def test_people_of_no_organization_are_not_offered(client: PageClient, wrong: str) -> None:
    network = make_network()
    client.sign_in(admin_of(network, "en"))
    answer = client.get(f"{reports(network)}/schedules/new?report=staff{wrong}", 303)
    client.get(answer.location, 404 if wrong.endswith("gone") else 200)
    client.get(f"{reports(network)}/staff/csv?{wrong}", 404)


def test_a_table_too_long_for_a_workbook_is_refused(app: Flask) -> None:
    sheet = Sheet("a", "A", [], [], None, MAX_ROWS, [])
    with app.test_request_context("/en/"):
        with pytest.raises(NotAllowed, match="workbook"):
            stream(sheet, "xlsx")
        assert b"".join(stream(sheet, "csv"))
    assert set(formats_for(MAX_ROWS)) == {"csv", "pdf", "json"}


ODD = ["", "none", "0", "-1", "2026-02-30", "2026-05-01", "یک", "\x00", "'", "x" * 3000, "health", "week", "fa"]


@pytest.mark.parametrize("name", REPORTS)
def test_what_a_schedule_keeps_asks_for_the_same_again(app: Flask, name: str) -> None:
    """Whatever stands in an address: it is refused, or what is kept of it is a view of the same numbers."""
    network = make_network()
    module = make_things(network)
    keys = ["module", "version", "country", "sector", "q", "fewer", "language", "cohort", "since", "until", "step"]
    own = view_of(name, network)
    with app.test_request_context("/fa/"):
        kept = 0
        for place, key in enumerate(keys * 4):
            values = {**own, key: ODD[place % len(ODD)], keys[place % 3]: [module.public_id, "1", "IR"][place % 3]}
            try:
                asked = REPORTS[name].ask(_asking(network, values))
            except OutdatedView:
                continue
            again = REPORTS[name].ask(_asking(network, asked.arguments))
            assert (again.arguments, again.filters) == (asked.arguments, asked.filters)
            assert list(again.sheet().lines) == list(asked.sheet().lines)
            kept += 1
        assert kept
    db.session.rollback()


def _asking(network: Network, arguments: dict[str, str]) -> Asking:
    return Asking(network, MultiDict(arguments), now(), frozenset({network.id}))


def test_only_admins_of_the_network_get_files(client: PageClient) -> None:
    network, other = make_network(), make_network()
    client.sign_in(make_admin(other))
    for name in REPORTS:
        client.get(f"{reports(network)}/{name}/csv", 404)
    client.get(f"{reports(other)}/completion/docx", 404)
