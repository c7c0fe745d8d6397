"""A level handed in by an organization, and what the network's admin does about it."""

from datetime import date

from playwright.sync_api import Page, expect

from lms.formats import Formatter
from tests.browser.conftest import Visitor
from tests.browser.steps import press


def board(manager: Visitor, language: str) -> Page:
    """The manager's organization, looked at."""
    page = manager.go(f"/{language}/my-organization")
    manager.axe()
    return page


def hand_in(manager: Visitor, language: str) -> None:
    page = board(manager, language)
    press(page, "form[action$='/submit'] button")
    expect(page.locator(".badge-submitted").first).to_be_visible()
    manager.axe()


def decision(admin: Visitor, language: str, cycle: str) -> Page:
    """The way to the page of a cycle: the network, what waits, the organization."""
    page = admin.go(f"/{language}/networks")
    press(page, "main table th a")
    admin.axe()
    return awaited(admin, cycle)


def awaited(admin: Visitor, cycle: str) -> Page:
    """The way from the page of a network to that of a cycle that waits for its decision."""
    page = admin.page
    press(page, ".tabs a[href$='/decisions']")
    admin.axe()
    press(page, f"main table a[href$='{cycle}']")
    admin.axe()
    return page


def decide(admin: Visitor, deed: str, **typed: str) -> Page:
    """Fill the form of a deed on the page of a cycle, and press its button."""
    page = admin.page
    for name, text in typed.items():
        field = page.locator(f"[name='{deed}-{name}']")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)
    press(page, f"form[action$='/{deed}'] button")
    admin.axe()
    return page


def day_typed(language: str, day: date) -> dict[str, str]:
    """A day in the three fields of a reader of that language."""
    parts = Formatter(language, country="IR").date_parts(day)
    return {"until-day": str(parts.day), "until-month": str(parts.month), "until-year": str(parts.year)}


def last_valid_day(page: Page) -> date:
    """The certificate's end, as the card of dates says it: the fifth date of those of an award."""
    return date.fromisoformat(page.locator("aside dl.facts time").nth(4).get_attribute("datetime") or "")
