"""A form that comes when its session is over and cannot be sent again as it is: what was typed is not lost either."""

import html
from collections.abc import Iterator

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from wtforms import PasswordField

from lms.typed import SECRETS
from tests.conftest import LANGUAGES
from tests.factories import make_person
from tests.page import PageClient

NOTE = "ما با انجمن همسایه\r\nدربارهٔ <آب> گفتگو کردیم."
MAIL = "/account/mail"
ACCOUNT = "/account"


#: A form with a secret is not sent again.
SECRET = {"present": "rain stone and sea"}


def shown(page: str) -> list[str]:
    """What stands in the fields of a page that are there to be copied."""
    parts = page.split("<textarea")[1:]
    return [html.unescape(part.partition(">")[2].partition("</textarea>")[0]) for part in parts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_was_signed_out_finds_what_she_typed(client: PageClient, language: str) -> None:
    page = client.post(f"/{language}{ACCOUNT}", {"display_name": NOTE, **SECRET}, 401).text
    assert [text.strip() for text in shown(page)] == [NOTE]
    assert "<آب>" not in page, "as text, not as markup"


def test_the_way_back_leads_to_the_form(client: PageClient) -> None:
    page = client.post(f"/en{ACCOUNT}", {"display_name": NOTE, **SECRET}, 401).text
    assert f'href="/en{ACCOUNT}"' in page
    location = client.get(f"/en{ACCOUNT}", 303).headers["Location"]
    assert location.endswith(f"/en/sign-in?next=/en{ACCOUNT}"), "which asks her to sign in first"
    page = client.post(f"/en{MAIL}", {"email": "somebody@example.org or so", **SECRET}, 401).text
    assert 'href="/en/sign-in"' in page, "there is no page at that address"


def test_a_form_without_its_token_gives_back_what_was_typed(app: Flask) -> None:
    browser = PageClient(app).sign_in(make_person())
    sent = {"display_name": NOTE, "csrf_token": "a token of yesterday"}
    page = browser.post(f"/en{ACCOUNT}", sent, 400).text
    assert [text.strip() for text in shown(page)] == [NOTE]


def test_short_values_and_secrets_are_not_shown(client: PageClient) -> None:
    secrets = dict.fromkeys(SECRETS - {"csrf_token"}, "rain stone and sea")
    page = client.post(f"/en{ACCOUNT}", {"display_name": "Maryam", "phone": "+982112345678", **secrets}, 401).text
    assert not shown(page)
    assert "rain stone" not in page


def test_what_another_site_sends_is_not_shown(client: PageClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    page = client.post(f"/en{ACCOUNT}", {"display_name": NOTE}, 401, headers=headers).text
    assert not shown(page)


def forms(base: type[FlaskForm] = FlaskForm) -> Iterator[type[FlaskForm]]:
    for form in base.__subclasses__():
        yield form
        yield from forms(form)


def test_every_field_for_a_password_is_known_as_a_secret(app: Flask) -> None:
    fields = {
        name
        for form in forms()
        for name in dir(form)
        if getattr(getattr(form, name), "field_class", None) is PasswordField
    }
    assert fields
    assert fields <= SECRETS


def test_a_code_is_not_carried(client: PageClient) -> None:
    page = client.post("/en/second-factor", {"code": "abcd-efgh-ijkl"}, 401).text
    assert "abcd-efgh" not in page


def test_who_only_looks_has_sent_nothing(client: PageClient) -> None:
    page = client.get("/en/second-factor", 401).text
    assert "Your session has ended." in page
    assert "send it again" not in page
