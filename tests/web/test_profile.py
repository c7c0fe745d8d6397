"""One's own account: names, mail, preferences."""

import re
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from lms.accounts.models import Person
from lms.db import db
from lms.jobs.models import Job
from lms.organizations.models import Membership
from lms.security.actor import Role
from tests.conftest import LANGUAGES
from tests.events import events_by
from tests.factories import grant, make_member, make_organization, make_person
from tests.page import PageClient

SITE = "https://learn.example.org"
PREFERENCES = {
    "language": "ar",
    "country": "LB",
    "digits": "arab",
    "calendar": "gregorian",
    "hijri": "y",
    "time_zone": "Asia/Beirut",
    "theme": "dark",
}


@pytest.fixture
def mail(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation that sends mail (nothing is sent: no worker runs)."""
    settings = replace(
        app.extensions["lms_settings"], smtp_url="smtp://127.0.0.1:1", mail_from="learn@example.org", base_url=SITE
    )
    monkeypatch.setitem(app.extensions, "lms_settings", settings)


def mails() -> list[tuple[str, str]]:
    """Address and link of the mails that were asked for."""
    jobs = db.session.query(Job).filter_by(kind="mail").order_by(Job.id)
    return [(job.arguments["to"], job.arguments["values"]["link"].removeprefix(SITE)) for job in jobs]


def fresh(person: Person) -> Person:
    db.session.refresh(person)
    return person


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["account", "account/preferences"])
def test_pages_stand_in_three_languages(client: PageClient, language: str, page: str) -> None:
    client.sign_in(make_person()).get(f"/{language}/{page}")


def test_names_are_kept_clean(client: PageClient) -> None:
    person = make_person()
    form = {"display_name": "\u202eزهرا\u202c  کریمی\u200f", "name_latin": "Zahra Karimī", "phone": "+۹۸ ۹۱۲ 000"}
    client.sign_in(person).post("/fa/account", form)
    fresh(person)
    assert (person.display_name, person.name_latin, person.phone) == ("زهرا کریمی", "Zahra Karimī", "+98912000")
    assert "زهرا کریمی" in client.get("/fa/account").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"display_name": ""},
        {"display_name": "\u200e\u200f"},
        {"display_name": "ز" * 10_000},
        {"name_latin": "زهرا"},
        {"name_latin": "Захра"},
        {"phone": "call me"},
        {"phone": "1" * 500},
    ],
)
def test_names_that_cannot_be_are_refused(client: PageClient, wrong: dict[str, str]) -> None:
    person = make_person(display_name="زهرا")
    form = {"display_name": "مریم", "name_latin": "", "phone": "", **wrong}
    client.sign_in(person).post("/fa/account", form, status=422)
    assert fresh(person).display_name == "زهرا"


def test_preferences_are_kept_and_lead_to_their_language(client: PageClient) -> None:
    person = make_person()
    done = client.sign_in(person).post("/fa/account/preferences", PREFERENCES)
    assert done.headers["Location"] == "/ar/account/preferences"
    page = client.follow(done).text
    assert "تم الحفظ." in page, "said in the language that she chose"
    assert 'data-theme="dark"' in page
    assert "١٢٬٣٤٥" in page
    fresh(person)
    kept = {name: getattr(person, name) for name in PREFERENCES}
    assert kept == {**PREFERENCES, "hijri": True}
    assert re.search(r'<option selected value="LB">لبنان</option>', page)


@pytest.mark.parametrize(("language", "mark"), [("fa", "۱۴۴۸ قمری)"), ("ar", "1448 هـ)"), ("en", "1448 AH)")])
def test_the_lunar_date_stands_beside_the_other_for_who_wants_it(client: PageClient, language: str, mark: str) -> None:
    person = make_person(language=language)
    organization = make_organization()
    make_member(organization, grant(person, Role.MANAGER, organization=organization), starts_on=date(2026, 8, 3))
    membership = db.session.query(Membership).one()
    address = f"/{language}/members/{membership.public_id}"
    assert mark not in client.sign_in(person).get(address).text
    form = {**PREFERENCES, "language": language, "country": "", "digits": "auto", "calendar": "auto"}
    page = client.follow(client.post(f"/{language}/account/preferences", form)).text
    assert re.search(r'<time datetime="[^"]+">[^<]+ <bdi class="hijri">', page), "the sample shows it"
    assert mark in client.get(address).text


def test_preferences_can_be_given_up(client: PageClient) -> None:
    person = make_person(country="IR", time_zone="Asia/Tehran", hijri=True)
    form = {**PREFERENCES, "language": "fa", "country": "", "time_zone": ""}
    del form["hijri"]
    client.sign_in(person).post("/fa/account/preferences", form)
    fresh(person)
    assert (person.country, person.time_zone, person.hijri) == (None, "", False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("language", "de"),
        ("country", "XX"),
        ("digits", "roman"),
        ("calendar", "maya"),
        ("time_zone", "../../etc/passwd"),
        ("theme", "pink"),
        ("theme", ""),
    ],
)
def test_preferences_that_do_not_exist_are_refused(client: PageClient, field: str, value: str) -> None:
    client.sign_in(make_person()).post("/en/account/preferences", {**PREFERENCES, field: value}, status=422)


def test_without_a_mail_server_an_address_is_kept_as_it_is(client: PageClient) -> None:
    person = make_person()
    client.sign_in(person).post("/fa/account/mail", {"email": "Sara@\u200eexample.org"})
    assert (fresh(person).email, person.email_key) == ("Sara@example.org", None)
    client.post("/fa/account/mail", {"email": ""})
    assert fresh(person).email is None


@pytest.mark.parametrize("address", ["no address", "a@b@c", "@", "x@" + "y" * 300])
def test_what_is_no_address_is_refused(client: PageClient, address: str) -> None:
    client.sign_in(make_person()).post("/fa/account/mail", {"email": address}, status=422)


@pytest.mark.usefixtures("mail")
def test_an_address_is_confirmed_by_its_link(client: PageClient) -> None:
    person = make_person(email="old@example.org", email_key="old@example.org")
    client.sign_in(person).post("/en/account/mail", {"email": "Sara@Example.org"})
    ((to, path),) = mails()
    assert to == "Sara@Example.org"
    assert fresh(person).email == "old@example.org"
    assert "Sara@Example.org" in client.get("/en/account").text
    stranger = PageClient(client.app)
    assert person.sign_in_name in stranger.get(path).text
    stranger.get(path)
    assert stranger.post(path).headers["Location"] == "/en/sign-in"
    assert (fresh(person).email, person.email_key) == ("Sara@Example.org", "sara@example.org")
    stranger.get(path, status=404)
    stranger.post(path, status=404)
    assert events_by(person) == ["mail_confirmed"]
    client.post("/en/account/mail", {"email": "sara@example.org"})
    assert len(mails()) == 1


@pytest.mark.usefixtures("mail")
def test_an_address_belongs_to_whoever_confirmed_it_first(client: PageClient) -> None:
    make_person(email="sara@example.org", email_key="sara@example.org")
    person = make_person()
    client.sign_in(person).post("/fa/account/mail", {"email": "SARA@example.org"})
    client.follow(client.post(mails()[0][1]))
    assert fresh(person).email_key is None


@pytest.mark.usefixtures("mail")
def test_a_newer_address_replaces_the_one_that_waits_and_mails_end(client: PageClient) -> None:
    client.sign_in(make_person())
    for name in ("a", "b", "c", "d"):
        client.post("/fa/account/mail", {"email": f"{name}@example.org"})
    assert [to for to, _path in mails()] == ["a@example.org", "b@example.org"]
    client.get(mails()[0][1], status=404)
    client.get(mails()[1][1])


@pytest.mark.usefixtures("mail")
def test_giving_the_address_up_makes_its_link_worthless(client: PageClient) -> None:
    person = make_person()
    client.sign_in(person).post("/fa/account/mail", {"email": "a@example.org"})
    client.post("/fa/account/mail", {"email": ""})
    client.get(mails()[0][1], status=404)
