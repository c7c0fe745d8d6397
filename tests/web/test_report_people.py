"""From an organization down to its people: names by consent, rows by membership."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.clock import now, today
from lms.db import db, write_unit
from lms.organizations.models import Membership, Network, NetworkMembership, Organization
from lms.quizzes.models import Attempt, AttemptState, QuizVersion
from lms.reports.queries.persons import members_of
from lms.training.models import Module
from tests.certification import complete, make_module
from tests.conftest import LANGUAGES
from tests.factories import LONG_AGO, add, make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.reporting import begin, make_admin

NAME = "شهرزاد پیشرو"
THEN = datetime(2026, 3, 21, 12, tzinfo=UTC)


def address(network: Network, organization: Organization, end: str = "", language: str = "fa") -> str:
    return f"/{language}/networks/{network.public_id}/reports/organizations/{organization.public_id}{end}"


def file_of(network: Network, organization: Organization, kind: str, more: str = "", language: str = "fa") -> str:
    return f"/{language}/networks/{network.public_id}/reports/staff/{kind}?organization={organization.public_id}{more}"


def membership_of(person: Person) -> Membership:
    return db.session.scalars(select(Membership).where(Membership.person_id == person.id)).one()


def try_quiz(person: Person, module: Module, **values: Any) -> Attempt:
    """A graded attempt at a quiz of the module's current version."""
    quiz = add(
        QuizVersion(
            module_version_id=module.current_version_id, key="final", position=2, titles={"fa": "آزمون"}, pass_mark=60
        )
    )
    attempt: Attempt = add(
        Attempt(
            person_id=person.id,
            quiz_version_id=quiz.id,
            number=1,
            state=AttemptState.GRADED,
            seed=1,
            pass_mark=60,
            max_mark=10.0,
            language="fa",
            occurred_at=THEN,
            **{"mark": 7.5, "passed": True, "submitted_at": THEN, "graded_at": THEN, **values},
        )
    )
    return attempt


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_names_are_shared_people_are_named_with_days(client: PageClient, language: str) -> None:
    network, module = make_network(), make_module()
    organization = make_organization(network, shares_names=True)
    person = make_member(organization, make_person(display_name=NAME))
    begin(person, module)
    complete(person, module, THEN)
    try_quiz(person, module)
    client.sign_in(make_admin(network))
    day = {"fa": "۱ فروردین ۱۴۰۵", "ar": "21 مارس 2026", "en": "21 March 2026"}[language]
    page = client.get(address(network, organization, language=language))
    assert NAME in page.text
    assert day in page.text
    her = client.get(address(network, organization, f"/people/{membership_of(person).public_id}", language))
    assert NAME in her.text
    assert day in her.text
    assert {"fa": "۷٫۵ از ۱۰", "ar": "7.5 من 10", "en": "7.5 of 10"}[language] in her.text


def test_without_consent_nothing_tells_who_or_when(client: PageClient) -> None:
    network, module = make_network(), make_module()
    organization = make_organization(network)
    person = make_member(organization, make_person(display_name=NAME))
    complete(person, module, THEN)
    try_quiz(person, module)
    client.sign_in(make_admin(network))
    membership = membership_of(person).public_id
    pages = [
        address(network, organization, end) for end in ("", f"/people/{membership}", f"?module={module.public_id}")
    ]
    for path in (*pages, *(file_of(network, organization, each) for each in ("csv", "json"))):
        text = client.get(path).get_data(as_text=True)
        assert "فراگیر ۱" in text
        assert "تکمیل‌شده" in text
        for secret in (NAME, person.sign_in_name, "فروردین", "2026-03", "۱۴۰۵/۰۱", "۷٫۵", "0.9"):
            assert secret not in text


def test_numbers_stay_when_others_leave(app: Flask) -> None:
    organization = make_organization(make_network())
    first, second, third = (make_member(organization) for _ in range(3))
    with write_unit():
        membership_of(first).ends_on = today()
    add(Membership(person_id=first.id, organization_id=organization.id, starts_on=today()))
    assert [(each.person_id, each.number) for each in members_of(organization, today())] == [
        (second.id, 2),
        (third.id, 3),
    ]


def test_only_who_belongs_today_is_listed(client: PageClient) -> None:
    network = make_network()
    organization = make_organization(network, shares_names=True)
    gone = make_member(organization, ends_on=today())
    waiting = make_member(organization, confirmed_at=None)
    erased = make_member(organization, make_person(erased_at=now()))
    here = make_member(organization)
    client.sign_in(make_admin(network))
    page = client.get(address(network, organization))
    assert page.text.count('<tr><th scope="row"><a') == 1
    for person, status in ((gone, 404), (waiting, 404), (erased, 404), (here, 200)):
        client.get(address(network, organization, f"/people/{membership_of(person).public_id}"), status)


def test_the_people_come_as_pdf_too(client: PageClient) -> None:
    network = make_network()
    organization = make_organization(network)
    make_member(organization)
    client.sign_in(make_admin(network))
    assert client.get(file_of(network, organization, "pdf")).data.startswith(b"%PDF")


def test_another_networks_organization_is_not_found(client: PageClient) -> None:
    network, other = make_network(), make_network()
    organization = make_organization(other)
    person = make_member(organization)
    left = make_organization()
    add(NetworkMembership(network_id=network.id, organization_id=left.id, starts_on=LONG_AGO, ends_on=today()))
    client.sign_in(make_admin(network))
    for wrong in (
        address(network, organization),
        file_of(network, organization, "csv"),
        address(network, organization, f"/people/{membership_of(person).public_id}"),
        address(other, organization),
        address(network, left),
    ):
        client.get(wrong, 404)
    client.sign_in(make_admin(other)).get(address(other, organization))
    client.get(file_of(other, organization, "docx"), 404)


def test_modules_of_another_network_are_not_told(client: PageClient) -> None:
    one, other = make_network(), make_network()
    secret = make_module(network_id=other.id, titles={"fa": "ماژول شبکهٔ دیگر"})
    organization = make_organization(one, shares_names=True)
    add(NetworkMembership(network_id=other.id, organization_id=organization.id, starts_on=LONG_AGO))
    person = make_member(organization)
    complete(person, secret)
    try_quiz(person, secret)
    client.sign_in(make_admin(one))
    pages = [address(one, organization, end) for end in ("", f"/people/{membership_of(person).public_id}")]
    for path in (*pages, file_of(one, organization, "csv")):
        assert "شبکهٔ دیگر" not in client.get(path).get_data(as_text=True)


def test_the_file_has_a_line_a_person_and_module(client: PageClient) -> None:
    network, module = make_network(), make_module(titles={"fa": "ذی‌نفعان"})
    organization = make_organization(network, shares_names=True)
    person = make_member(organization, make_person(display_name="=HYPERLINK()"))
    complete(person, module, THEN)
    client.sign_in(make_admin(network))
    response = client.get(file_of(network, organization, "csv", f"&module={module.public_id}"))
    table = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert table[1] == ["'=HYPERLINK()", "ذی‌نفعان", "تکمیل‌شده", "", "", "2026-03-21", "۱۴۰۵/۰۱/۰۱", "فارسی", "0.9"]
    assert table[2] == []


def test_the_file_tells_the_networks_days_and_says_so(client: PageClient) -> None:
    network, module = make_network(time_zone="Asia/Tehran"), make_module()
    organization = make_organization(network, shares_names=True)
    complete(make_member(organization), module, datetime(2026, 3, 20, 22, tzinfo=UTC))
    make_module()
    client.sign_in(make_admin(network))
    response = client.get(file_of(network, organization, "csv", language="en"))
    table = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))
    begun = 3
    lines = {line[2]: line for line in table[1:] if len(line) > 3}
    assert lines["Completed"][begun:][:2] == ["", "2026-03-21"]
    assert lines["Not started"][begun:][:2] == ["", ""]
    assert ["Time zone of days", "Asia/Tehran"] in table


def test_people_stand_50_a_page_with_a_fixed_number_of_statements(client: PageClient) -> None:
    network, module = make_network(), make_module()
    organization = make_organization(network)
    client.sign_in(make_admin(network))
    counts = []
    for number in (2, 49):
        for _ in range(number):
            complete(make_member(organization), module)
        path = address(network, organization)
        db.session.rollback()
        with counted_statements() as seen:
            page = client.get(path)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert "فراگیر ۵۰" in page.text
    assert "فراگیر ۵۱" not in page.text
    assert "فراگیر ۵۱" in client.get(address(network, organization, "?page=2")).text


def test_a_person_is_found_by_name_in_any_spelling_where_names_are_shared(client: PageClient) -> None:
    network = make_network()
    organization = make_organization(network, shares_names=True)
    make_module()
    for name in ("يوسف المرزوق", "نرگس کریمی"):
        make_member(organization, make_person(display_name=name))
    client.sign_in(make_admin(network))
    page = client.get(address(network, organization, "?q=یوسف")).text
    assert "يوسف المرزوق" in page
    assert "نرگس" not in page
    assert "Show all" in client.get(address(network, organization, "?q=zzz").replace("/fa/", "/en/")).text
    hidden = make_organization(network)
    make_member(hidden, make_person(display_name="يوسف"))
    assert 'name="q"' not in client.get(address(network, hidden, "?q=zzz")).text
    assert "فراگیر ۱" in client.get(address(network, hidden, "?q=zzz")).text, "a name cannot be probed for"
