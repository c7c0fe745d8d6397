"""Reports that are made regularly: for whom, when, once, and what is told where one fails."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.privacy import exported
from lms.accounts.services.erasing import erase_person
from lms.clock import now
from lms.db import db, write_unit
from lms.events.models import EventRow
from lms.jobs.models import Job, JobState
from lms.jobs.worker import run_due
from lms.organizations.models import Grant
from lms.reports import printing
from lms.reports.schedules import making
from lms.reports.schedules.keeping import forget_report_files
from lms.reports.schedules.models import Failure, ReportSchedule
from lms.reports.schedules.queries import report_files, running_schedules
from lms.reports.schedules.services import ask_for, due
from lms.settings import Settings
from tests.certification import complete, make_module
from tests.conftest import LANGUAGES
from tests.factories import make_member, make_network, make_organization
from tests.mailbox import Mailbox, parts
from tests.page import PageClient
from tests.queries import counted_statements
from tests.reporting import make_admin
from tests.schedules import JOBS, MONDAY, admin_of, make, runs_of, work


@pytest.fixture(autouse=True)
def monday() -> Iterator[time_machine.Traveller]:
    """It is a Monday, 15 Tir 1405."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def test_each_receiver_gets_a_link_to_the_report_in_her_language_and_calendar(
    client: PageClient, mailbox: Mailbox
) -> None:
    network, module = make_network(), make_module()
    complete(make_member(make_organization(network)), module)
    people = {language: admin_of(network, language) for language in LANGUAGES}
    client.sign_in(people["en"])
    make(client, network, list(people.values()))
    work(client.app)
    assert len(mailbox.mails) == len(runs_of(network)) == 3
    for language, title in {"fa": "سازمان", "ar": "المنظمة", "en": "Organization"}.items():
        (mail,) = [each for each in mailbox.mails if each["To"] == people[language].email]
        assert mail["Content-Language"] == language
        assert not list(mail.iter_attachments()), "the mail server learns no numbers"
        plain, _html = parts(mail)
        (path,) = re.findall(rf"https://learn.example.org(/{language}/networks/\S+)", plain)
        assert client.app.test_client().get(path).status_code in (302, 303), "it asks to sign in"
        assert client.sign_in(people[language]).get(path).status_code == 200
        file = client.get(f"{path}/file")
        table = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))
        assert table[0][0] == title
        (run,) = [each for each in runs_of(network) if each.person_id == people[language].id]
        assert (run.expected, run.written, run.size) == (1, 1, len(file.data))
        assert run.file_hash == hashlib.sha256(file.data).hexdigest()
        assert ("1398/10/11" in digits(file.data.decode())) == (language == "fa"), "a day of her calendar"


def digits(text: str) -> str:
    """With Persian digits as ASCII."""
    return text.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))


def test_a_slot_is_made_once_and_the_next_one_a_week_later(
    client: PageClient, mailbox: Mailbox, monday: time_machine.Traveller
) -> None:
    network = make_network(time_zone="Asia/Tehran")
    admin = admin_of(network)
    client.sign_in(admin)
    make(client, network, [admin])
    for _ in range(2):
        work(client.app)
    with write_unit():
        assert not ask_for(next(due(running_schedules()[0], now())), now())
    work(client.app)
    (run,) = runs_of(network)
    assert run.day == date(2026, 7, 6)
    # As by a worker that died after it was done, before it could say so.
    making.make_report({"run": run.id})
    run_due(client.app, JOBS)
    assert len(mailbox.mails) == 1
    # 20:00 UTC on Sunday is 23:30 in Tehran, 20:40 is Monday there.
    monday.move_to(datetime(2026, 7, 12, 20, tzinfo=UTC))
    work(client.app)
    assert len(runs_of(network)) == 1
    monday.move_to(datetime(2026, 7, 12, 20, 40, tzinfo=UTC))
    work(client.app)
    assert [run.day for run in runs_of(network)] == [date(2026, 7, 6), date(2026, 7, 13)]
    assert len(mailbox.mails) == 2
    monday.move_to(datetime(2026, 8, 12, 9, tzinfo=UTC))
    work(client.app)
    assert [run.day for run in runs_of(network)][2:] == [date(2026, 8, 10)], "of missed weeks only the last"


@pytest.mark.usefixtures("mailbox")
def test_a_month_is_the_receivers_own(client: PageClient, monday: time_machine.Traveller) -> None:
    network = make_network(time_zone="UTC")
    persian, english = admin_of(network, "fa"), admin_of(network, "en")
    client.sign_in(english)
    make(client, network, [persian, english], rhythm="monthly", month_day="1")
    for _ in range(62):
        work(client.app)
        monday.shift(timedelta(days=1))
    days = {who.id: [run.day for run in runs_of(network) if run.person_id == who.id] for who in (persian, english)}
    # 1 Mordad and 1 Shahrivar 1405.
    assert days[persian.id] == [date(2026, 7, 23), date(2026, 8, 23)]
    assert days[english.id] == [date(2026, 8, 1), date(2026, 9, 1)]


@pytest.mark.usefixtures("mailbox")
def test_the_view_of_the_address_is_what_is_made(client: PageClient) -> None:
    network = make_network()
    make_organization(network, country="IR")
    make_organization(network, country="BH")
    admin = admin_of(network, "en")
    page = client.sign_in(admin).get(f"/en/networks/{network.public_id}/reports/completion?country=BH")
    (link,) = re.findall(r'href="(\S+/schedules/new\?[^"]+)"', page.text)
    assert "Bahrain" in client.get(unescape(link)).text
    schedule = make(client, network, [admin], "?country=BH")
    assert schedule.arguments == {"country": "BH"}
    work(client.app)
    (run,) = runs_of(network)
    assert (run.expected, run.written) == (1, 1)
    assert b"Bahrain" in client.get(f"/en/networks/{network.public_id}/reports/runs/{run.public_id}/file").data


def test_the_folder_gets_a_whole_file_with_a_speaking_name(client: PageClient, settings: Settings) -> None:
    network = make_network()
    make_organization(network)
    admin = admin_of(network, "en")
    client.sign_in(admin)
    schedule = make(client, network, [], to_folder="y", file_format="xlsx")
    work(client.app)
    folder = settings.data / "reports" / network.public_id
    (file,) = folder.iterdir()
    assert file.name == f"completion-{network.public_id}-2026-07-06-{schedule.public_id}.xlsx"
    assert file.name.isascii()
    (run,) = runs_of(network)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == run.file_hash
    assert run.person_id is None


def test_a_folder_that_cannot_be_written_is_told_and_tried_again(
    client: PageClient, settings: Settings, monday: time_machine.Traveller
) -> None:
    network = make_network()
    admin = admin_of(network, "en")
    client.sign_in(admin)
    make(client, network, [], to_folder="y")
    (settings.data / "reports").mkdir(exist_ok=True)
    blocked = settings.data / "reports" / network.public_id
    blocked.write_text("in the way")
    work(client.app)
    (run,) = runs_of(network)
    assert (run.failure, run.tries, run.finished_at, run.is_kept) == (Failure.FOLDER, 1, None, False)
    assert "could not be written" in client.get(f"/en/networks/{network.public_id}/reports/schedules").text
    assert "was not put into its folder" in client.get("/en/notices").text
    blocked.unlink()
    monday.shift(timedelta(minutes=1))
    work(client.app)
    (run,) = runs_of(network)
    assert (run.failure, run.tries, run.is_kept) == ("", 2, True)
    assert len(list(blocked.iterdir())) == 1


def test_who_is_no_admin_any_more_leaves_and_the_maker_is_told(client: PageClient, mailbox: Mailbox) -> None:
    network = make_network()
    maker, other = admin_of(network, "en"), admin_of(network, "en")
    client.sign_in(maker)
    schedule = make(client, network, [maker, other])
    with write_unit() as session:
        held = session.scalars(select(Grant).where(Grant.person_id == other.id)).one()
        held.starts_on, held.ends_on = date(2020, 1, 1), date(2020, 1, 2)
    work(client.app)
    assert [mail["To"] for mail in mailbox.mails] == [maker.email]
    (run,) = [each for each in runs_of(network) if each.person_id == other.id]
    assert (run.failure, run.finished_at, run.file_hash) == (Failure.NO_ADMIN, None, "")
    assert [each.person_id for each in db.session.get_one(ReportSchedule, schedule.id).receivers] == [maker.id]
    assert "was not made for" in client.get("/en/notices").text
    job = db.session.scalars(select(Job).where(Job.kind == "report", Job.state == JobState.FAILED)).one()
    assert job.tries == 1, "trying again is of no use"


def test_without_mail_and_without_an_address_it_is_said(client: PageClient) -> None:
    network = make_network()
    admin = admin_of(network, "en")
    client.sign_in(admin)
    make(client, network, [admin])
    work(client.app)
    assert [run.failure for run in runs_of(network)] == [Failure.NO_MAIL]


@pytest.mark.usefixtures("mailbox")
def test_a_view_that_is_there_no_more_and_a_pdf_too_long_are_said(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = make_network()
    organization = make_organization(network, country="BH")
    admin = admin_of(network, "en")
    client.sign_in(admin)
    make(client, network, [admin], "?country=BH")
    make(client, network, [admin], file_format="pdf")
    with write_unit() as session:
        session.merge(organization).country = "IR"
    monkeypatch.setattr(printing, "MOST_CELLS", 0)
    work(client.app)
    assert {run.failure for run in runs_of(network)} == {Failure.OUTDATED, Failure.TOO_LONG}


@pytest.mark.usefixtures("mailbox")
def test_paused_resumed_edited_run_at_once_and_deleted(client: PageClient, monday: time_machine.Traveller) -> None:
    network = make_network()
    admin = admin_of(network, "en")
    client.sign_in(admin)
    schedule = make(client, network, [admin])
    path = f"/en/networks/{network.public_id}/reports/schedules/{schedule.public_id}"
    page = client.follow(client.post(f"{path}/pause", {"paused": "yes"}))
    assert "Paused" in page.text
    work(client.app)
    assert runs_of(network) == []
    client.post(f"{path}/run")
    run_due(client.app, JOBS)
    assert len(runs_of(network)) == 1
    monday.shift(timedelta(days=8))
    client.sign_in(admin)
    client.post(f"{path}/pause", {"paused": "no"})
    work(client.app)
    assert len(runs_of(network)) == 1, "what was due while it was paused is left out"
    assert 'value="Weekly view"' in client.get(path).text
    sent = {"name": "Renamed", "rhythm": "monthly", "weekday": "0", "month_day": "5", "file_format": "pdf"}
    assert "Choose at least one receiver" in client.post(path, sent, 422).text
    page = client.follow(client.post(path, {**sent, "receivers": [admin.public_id]}))
    assert "Renamed" in page.text
    assert "Every month on day 5" in page.text
    assert re.search(r"Next on <time[^>]*>5 August", page.text)
    assert "Delete this regular report?" in client.get(f"{path}/delete").text
    client.follow(client.post(f"{path}/delete"))
    client.get(path, 404)
    assert "Renamed" in client.get(f"/en/networks/{network.public_id}/reports/runs").text, "what was made stays"
    assert ">المستلم</th>" in client.get(f"/ar/networks/{network.public_id}/reports/runs").text
    work(client.app)
    told = [
        row.payload["change"]
        for row in db.session.scalars(select(EventRow).order_by(EventRow.id))
        if row.name == "report_schedule_changed"
    ]
    assert told == ["made", "paused", "run", "resumed", "edited", "deleted"]


@pytest.mark.usefixtures("mailbox")
def test_files_go_after_ninety_days_and_runs_stay(client: PageClient, monday: time_machine.Traveller) -> None:
    network = make_network()
    admin = admin_of(network, "en")
    client.sign_in(admin)
    schedule = make(client, network, [admin])
    work(client.app)
    with write_unit() as session:
        session.get_one(ReportSchedule, schedule.id).paused_at = now()
    monday.shift(timedelta(days=90))
    forget_report_files({})
    (run,) = runs_of(network)
    assert report_files() == [run.file_hash]
    monday.shift(timedelta(days=1))
    forget_report_files({})
    (run,) = runs_of(network)
    assert report_files() == []
    assert len(run.file_hash) == 64
    page = f"/en/networks/{network.public_id}/reports/runs"
    client.sign_in(admin)
    assert "kept no more" in client.get(page).text
    client.get(f"{page}/{run.public_id}/file", 404)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("mailbox")
def test_every_page_in_every_language(client: PageClient, language: str) -> None:
    network = make_network()
    admin = admin_of(network, language)
    client.sign_in(admin)
    assert client.get(f"/{language}/networks/{network.public_id}/reports/schedules")
    assert client.get(f"/{language}/networks/{network.public_id}/reports/runs")
    schedule = make(client, network, [admin], to_folder="y", file_format="pdf")
    work(client.app)
    base = f"/{language}/networks/{network.public_id}/reports"
    run = runs_of(network)[0]
    for end in ("schedules", "schedules/new", "runs", f"runs/{run.public_id}"):
        client.get(f"{base}/{end}")
    for end in ("", "/delete"):
        client.get(f"{base}/schedules/{schedule.public_id}{end}")
    assert client.get(f"{base}/runs/{run.public_id}/file").data.startswith(b"%PDF")


@pytest.mark.usefixtures("mailbox")
def test_only_admins_of_that_network_reach_them(client: PageClient) -> None:
    network, other = make_network(), make_network()
    admin = admin_of(network, "en")
    client.sign_in(admin)
    schedule = make(client, network, [admin])
    work(client.app)
    (run,) = runs_of(network)
    client.sign_in(make_admin(other))
    for place in (network, other):
        base = f"/en/networks/{place.public_id}/reports"
        for end in (f"schedules/{schedule.public_id}", f"runs/{run.public_id}", f"runs/{run.public_id}/file"):
            client.get(f"{base}/{end}", 404)
        client.post(f"{base}/schedules/{schedule.public_id}/run", {}, 404)
    client.get(f"/en/networks/{network.public_id}/reports/schedules", 404)
    client.get(f"/en/networks/{network.public_id}/reports/runs", 404)
    stranger = admin_of(other, "en")
    client.sign_in(admin)
    make(client, network, [stranger], status=422)


@pytest.mark.usefixtures("mailbox")
def test_what_is_kept_of_her_is_downloaded_and_erased(client: PageClient) -> None:
    network = make_network()
    maker, other = admin_of(network, "en"), admin_of(network, "en")
    client.sign_in(maker)
    schedule = make(client, network, [maker, other], to_folder="y")
    work(client.app)
    assert exported(maker)["report_schedules"] == [{"name": "Weekly view", "made_at": MONDAY}]
    assert [each["day"] for each in exported(other)["reports_sent"]] == [date(2026, 7, 6)]
    with write_unit() as session:
        erase_person(session.get_one(Person, maker.id), now())
    kept = db.session.get_one(ReportSchedule, schedule.id)
    assert (kept.name, kept.to_folder) == ("–", False)
    assert [each.person_id for each in kept.receivers] == [other.id]


@pytest.mark.usefixtures("mailbox")
def test_the_lists_cost_the_same_for_few_and_for_many(client: PageClient) -> None:
    network = make_network()
    admin = admin_of(network, "en")
    client.sign_in(admin)
    costs = []
    for number in (2, 5):
        for _ in range(number):
            make(client, network, [admin, admin_of(network, "en")], to_folder="y")
        work(client.app)
        for end in ("schedules", "runs"):
            path = f"/en/networks/{network.public_id}/reports/{end}"
            client.get(path)
            with counted_statements() as count:
                client.get(path)
            costs.append(len(count))
    assert costs[:2] == costs[2:]
