"""The frame of every page."""

import pytest

from tests.conftest import LANGUAGES
from tests.factories import make_person
from tests.page import PageClient


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_greets_whoever_is_signed_in(client: PageClient, language: str) -> None:
    person = make_person(display_name="مریم رستمی")
    page = client.sign_in(person).get(f"/{language}/")
    assert "مریم رستمی" in page.text


def test_a_stranger_is_asked_to_sign_in(client: PageClient) -> None:
    response = client.get("/fa/", status=303)
    assert response.headers["Location"].startswith("/fa/sign-in")


@pytest.mark.parametrize(("header", "language"), [("ar-EG,en-US;q=0.9,en;q=0.8", "ar"), ("fa-IR,en;q=0.8", "fa")])
def test_the_root_leads_to_the_readers_language(client: PageClient, header: str, language: str) -> None:
    response = client.get("/", status=302, headers={"Accept-Language": header})
    assert response.headers["Location"] == f"/{language}/"


def test_an_unknown_language_is_not_found(client: PageClient) -> None:
    client.get("/de/", status=404)
