"""What comes out on paper, and what a phone shows of wide tables."""

import sqlite3
from contextlib import closing
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.browser.conftest import DESK
from tests.browser.server import Server
from tests.browser.steps import sign_in
from tests.conftest import LANGUAGES

KINDS = ("organization_id", "kit_id", "module_completion_id")


def code(server: Server, kind: str) -> str:
    """The code of some certificate for an organization, a kit or a module."""
    with closing(sqlite3.connect(server.data / "tashbik.sqlite3")) as database:
        found: str = database.execute(f"SELECT code FROM credential WHERE {kind} IS NOT NULL").fetchone()[0]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_certificates_page_prints_on_one_sheet(visit: Any, server: Server, language: str) -> None:
    visitor = visit(viewport=DESK)
    for kind in KINDS:
        page = visitor.go(f"/{language}/verify/{code(server, kind)}")
        sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
        assert len(sheets) == 1, kind
        assert code(server, kind) in sheets[0].extract_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_shows_certification_beside_the_organization(visit: Any, language: str) -> None:
    visitor = visit()
    sign_in(visitor, language, "admin")
    page = visitor.go(f"/{language}/reports")
    table = page.locator(".scroll")
    hidden = table.evaluate("scroller => scroller.scrollWidth - scroller.clientWidth")
    if language == "en":
        # Its words can be too long for three modules: the page says so, and the organizations stay while it is slid.
        assert page.locator(".hint.only-phone").is_visible()
        table.evaluate("scroller => { scroller.scrollLeft = scroller.scrollWidth }")
    else:
        assert hidden <= 0, "nothing of the demonstration's report is cut off"
    badges = page.locator(".heat .badge:visible")
    assert badges.count() == 6
    for badge in badges.all():
        place = badge.bounding_box()
        assert place is not None
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 390
