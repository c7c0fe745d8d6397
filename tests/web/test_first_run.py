"""The first account of an installation."""

from datetime import timedelta

import pytest
import time_machine

from lms.accounts.models import Person
from lms.accounts.services import first_run_code
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.queries import actor_of
from lms.security.actor import Role
from tests.conftest import LANGUAGES
from tests.events import events_by
from tests.factories import grant, make_person
from tests.page import PageClient

FORM = {"display_name": "نرگس", "sign_in_name": "narges", "password": "سه واژهٔ تازه"}


def console_code() -> str:
    with write_unit():
        code = first_run_code(now())
    assert code
    return code


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_makes_the_operator(client: PageClient, language: str) -> None:
    client.get(f"/{language}/first-run")
    code = console_code()
    done = client.post(f"/{language}/first-run", {**FORM, "code": code.lower()})
    assert "narges" in client.follow(done).text
    person = db.session.query(Person).filter_by(sign_in_key="narges").one()
    assert person.language == language
    assert actor_of(person.id).has_role(Role.OPERATOR)
    assert events_by(person) == ["account_created", "first_operator_made"]
    client.get(f"/{language}/first-run", status=404)
    client.post(f"/{language}/first-run", {**FORM, "code": code}, status=404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_signing_in_points_to_the_first_account(client: PageClient, language: str) -> None:
    link = f'href="/{language}/first-run"'
    assert link in client.get(f"/{language}/sign-in").text
    grant(make_person(), Role.OPERATOR)
    assert link not in client.get(f"/{language}/sign-in").text


def test_where_there_is_an_operator_there_is_no_first_run(client: PageClient) -> None:
    grant(make_person(), Role.OPERATOR)
    client.get("/fa/first-run", status=404)
    with write_unit():
        assert first_run_code(now()) is None


def test_a_wrong_or_old_code_makes_nothing(client: PageClient) -> None:
    first, second = console_code(), console_code()
    client.post("/fa/first-run", {**FORM, "code": "AAAA-BBBB-CCCC"}, status=422)
    client.post("/fa/first-run", {**FORM, "code": first}, status=422)
    with time_machine.travel(now() + timedelta(minutes=61)):
        page = client.post("/en/first-run", {**FORM, "code": second}, status=422)
    assert "an hour" in page.text
    assert not db.session.query(Person).filter_by(sign_in_key="narges").count()


def test_what_was_typed_is_kept_and_the_code_stays_good(client: PageClient) -> None:
    code = console_code()
    page = client.post("/fa/first-run", {**FORM, "code": code, "sign_in_name": "ن"}, status=422).text
    assert "نرگس" in page
    assert code in page
    client.post("/fa/first-run", {**FORM, "code": code})
