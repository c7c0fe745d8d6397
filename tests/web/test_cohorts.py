"""A trainer's cohorts: who is in them, what they learn, who is where, reminders."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from lms.clock import today
from lms.cohorts.models import Cohort, CohortMember
from lms.db import db
from lms.jobs.models import Job
from lms.organizations.models import Network
from lms.training.models import Module
from tests.cohorts import make_cohort
from tests.factories import add, make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.quizzes import RIGHT, begin, finish, make_version, quiz_file
from tests.studio import make_trainer


@pytest.fixture
def network() -> Network:
    return make_network()


@pytest.fixture
def trainer(client: PageClient, network: Network) -> PageClient:
    return client.sign_in(make_trainer(network))


@pytest.fixture
def mail_on(app: Flask) -> Iterator[None]:
    """A mail server is set; nothing is delivered here."""
    before = app.extensions["lms_settings"]
    app.extensions["lms_settings"] = replace(
        before, smtp_url="smtp://127.0.0.1:9", mail_from="a@b.org", base_url="http://localhost:8443"
    )
    yield
    app.extensions["lms_settings"] = before


def own_module(network: Network, key: str = "own") -> Module:
    module = add(Module(key=f"{key}-{network.id}", titles={"fa": "ماژول", "en": "Own module"}, network_id=network.id))
    make_version(quiz_file(), module)
    return db.session.get_one(Module, module.id)


def the_cohort() -> Cohort:
    db.session.rollback()
    return db.session.scalars(select(Cohort).order_by(Cohort.id.desc())).first() or Cohort()


def inside(cohort: Cohort) -> set[int]:
    db.session.rollback()
    there = select(CohortMember.person_id).where(CohortMember.cohort_id == cohort.id, CohortMember.left_at.is_(None))
    return set(db.session.scalars(there))


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_a_trainer_makes_a_cohort_and_follows_it(trainer: PageClient, network: Network, language: str) -> None:
    organization = make_organization(network, shares_names=True)
    person = make_member(organization, make_person(display_name="سارا"))
    module = own_module(network)
    days = {"starts_on": "2026-03-21", "ends_on": "2026-06-21"}
    made = trainer.post(f"/{language}/cohorts/new", {"name_fa": "گروه بهار", "owner": str(network.id), **days})
    cohort = the_cohort()
    assert (cohort.names, cohort.network_id, cohort.ends_on) == ({"fa": "گروه بهار"}, network.id, date(2026, 6, 21))
    trainer.get(made.headers["Location"])
    trainer.post(made.headers["Location"], {"module": module.public_id, "closes_on": "2026-05-01"})
    people = f"/{language}/cohorts/{cohort.public_id}/people"
    assert "سارا" in trainer.get(f"{people}?organization={organization.public_id}").text
    trainer.post(people, {"organization": organization.public_id, "person": [person.public_id]})
    assert inside(cohort) == {person.id}
    page = trainer.get(f"/{language}/cohorts/{cohort.public_id}/").text
    assert "سارا" in page
    assert "گروه بهار" in trainer.get(f"/{language}/cohorts/").text
    trainer.get(f"/{language}/cohorts/{cohort.public_id}/edit")
    trainer.post(people, {"remove": person.public_id})
    assert inside(cohort) == set()


def test_a_cohort_needs_a_name_and_days_in_order(trainer: PageClient, network: Network) -> None:
    right = {"name_en": "Spring", "owner": str(network.id), "starts_on": "2026-03-21", "ends_on": ""}
    for wrong in ({"name_en": ""}, {"starts_on": ""}, {"ends_on": "2026-03-20"}, {"owner": "site"}):
        trainer.post("/en/cohorts/new", {**right, **wrong}, 422)
    trainer.post("/en/cohorts/new", right)
    edit = f"/en/cohorts/{the_cohort().public_id}/edit"
    trainer.post(edit, {**right, "ends_on": "2026-01-01"}, 422)
    trainer.post(edit, {**right, "name_en": "Summer"})
    assert the_cohort().names == {"en": "Summer"}


def test_modules_have_days_and_can_be_taken_away(trainer: PageClient, network: Network) -> None:
    module, foreign = own_module(network), own_module(make_network(), "foreign")
    cohort = make_cohort(network)
    address = f"/en/cohorts/{cohort.public_id}/modules"
    trainer.post(address, {"module": foreign.public_id}, 422)
    trainer.post(address, {"module": module.public_id, "opens_on": "2026-03-22", "closes_on": "2026-03-21"}, 422)
    trainer.post(address, {"module": module.public_id, "opens_on": "2026-03-20"})
    trainer.post(address, {"module": module.public_id, "opens_on": "2026-03-21"})
    assert [str(one.opens_on) for one in the_cohort().modules] == ["2026-03-21"]
    trainer.post(address, {"remove": module.public_id})
    assert the_cohort().modules == []


def test_people_come_from_the_organizations_of_the_network_only(trainer: PageClient, network: Network) -> None:
    stranger = make_member(make_organization(make_network()))
    organization = make_organization(network)
    unconfirmed = make_member(organization, confirmed_at=None)
    cohort = make_cohort(network)
    people = f"/en/cohorts/{cohort.public_id}/people"
    sent = {"organization": organization.public_id, "person": [stranger.public_id, unconfirmed.public_id]}
    trainer.post(people, sent)
    trainer.post(people, {"person": [stranger.public_id]}, 400)
    assert inside(cohort) == set()


def test_who_left_the_network_is_not_shown_any_more(trainer: PageClient, network: Network) -> None:
    organization = make_organization(network, shares_names=True)
    gone = make_member(organization, make_person(display_name="Departed"), ends_on=today() - timedelta(days=1))
    cohort = make_cohort(network, gone, modules=(own_module(network),))
    assert "Departed" not in trainer.get(f"/en/cohorts/{cohort.public_id}/").text


def test_names_that_are_not_shared_are_numbers_and_nothing_else_is_told(trainer: PageClient, network: Network) -> None:
    person = make_member(make_organization(network), make_person(display_name="Secret"))
    module = own_module(network)
    finish(begin(make_version(quiz_file(), module), person), RIGHT)
    page = trainer.get(f"/en/cohorts/{make_cohort(network, person, modules=(module,)).public_id}/").text
    assert "Secret" not in page
    assert "Learner 1" in page
    assert "Completed" in page
    assert "1 of 1" in page
    assert '<td class="h4">Completed</td>' in page, "no day"


def test_statements_do_not_grow_with_people(trainer: PageClient, network: Network) -> None:
    module, counts = own_module(network), []
    for size in (1, 4):
        people = [make_member(make_organization(network, shares_names=True)) for _ in range(size)]
        cohort = make_cohort(network, *people, modules=(module,))
        with counted_statements() as statements:
            trainer.get(f"/en/cohorts/{cohort.public_id}/")
        counts.append(len(statements))
    assert counts[0] == counts[1]


@pytest.mark.usefixtures("mail_on")
def test_a_reminder_goes_to_those_who_have_something_left_and_not_again_soon(
    trainer: PageClient, network: Network
) -> None:
    organization, module = make_organization(network), own_module(network)
    mails = ("late@example.org", "done@example.org")
    late, done = (make_member(organization, make_person(email=mail, email_key=mail, language="ar")) for mail in mails)
    without = make_member(organization)
    finish(begin(make_version(quiz_file(), module), done), RIGHT)
    cohort = make_cohort(network, late, done, without, modules=(module,))
    address = f"/en/cohorts/{cohort.public_id}/"
    assert "1 reminder is on its way" in trainer.follow(trainer.post(f"{address}remind", {})).text
    job = db.session.scalars(select(Job).where(Job.kind == "mail")).one()
    assert (job.arguments["to"], job.arguments["language"]) == ("late@example.org", "ar")
    assert job.arguments["values"] == {"cohort": "فوج الخريف", "link": "http://localhost:8443/ar/"}
    assert "within the last three days" in trainer.follow(trainer.post(f"{address}remind", {})).text
    assert len(db.session.scalars(select(Job).where(Job.kind == "mail")).all()) == 1
