"""Who takes part in the story of a certification, and what they look at again and again."""

from collections.abc import Callable
from datetime import date
from typing import Any

from playwright.sync_api import Page, expect

from lms.certification.defaults import DEFAULT_SCHEME
from lms.notifications.wording import BY_KIND
from tests.browser.conftest import DESK, PHONE, Visitor
from tests.browser.deciding import board
from tests.browser.founding import PASSWORD, RUN, join, join_link
from tests.browser.steps import press, sign_in
from tests.browser.years import Years

READY, PRACTISING, CERTIFIED = 2, 3, 4


class Story:
    """Who takes part, and what they come back to."""

    def __init__(self, visit: Callable[..., Any], years: Years, language: str) -> None:
        self.years, self.language = years, language
        self.visit: Callable[[], Visitor] = lambda: visit(viewport=PHONE if language == "fa" else DESK)
        self.admin, self.manager, self.colleague, self.leaver = (self.visit() for _ in range(4))
        self.network = self.organization = ""

    def name(self, who: str) -> str:
        """What somebody signs in with."""
        return f"{who}.{RUN}.{self.language}"

    def level(self, number: int) -> str:
        """What a level is called."""
        return DEFAULT_SCHEME.levels[number - 1].names[self.language]

    def card(self, page: Page, number: int) -> Any:
        """A level's card on the organization's board."""
        return page.locator(".card:has(h3)").filter(has=page.get_by_role("heading", name=self.level(number)))

    def held(self) -> Page:
        """The organization's board."""
        return board(self.manager, self.language)

    def listed(self, number: int, state: str, times: int) -> None:
        """See how many organizations of the network are in a state with a level: the list, and its totals."""
        page = self.admin.go(f"{self.network}/certification?level={number}&state={state}")
        expect(page.locator("table.fold tbody tr")).to_have_count(times)
        self.admin.axe()

    def later(self, day: date) -> None:
        """Let it be that day; who was signed in signs in again."""
        self.years.move_to(day)
        sign_in(self.admin, self.language, "admin")
        sign_in(self.manager, self.language, self.name("manager"), PASSWORD)

    def told(self, number: int, kind: str) -> None:
        """See that the manager was told something of a level, in her language."""
        page = self.manager.go(f"/{self.language}/notices")
        words = self.years.words(BY_KIND[kind].sentence, self.language)
        expect(page.locator(".notice").filter(has_text=words).filter(has_text=self.level(number))).to_have_count(1)
        self.manager.axe()


def cycle_in_work(page: Page) -> str:
    """The first cycle that the board lets the manager hand in."""
    action = page.locator("form[action$='/submit']").first.get_attribute("action") or ""
    return action.split("/")[-2]


def ends(story: Story, number: int) -> date:
    """The last valid day of a level's certificate, as the board has it."""
    days = story.card(story.manager.page, number).locator("dl.facts time")
    return date.fromisoformat(days.nth(4).get_attribute("datetime") or "")


def certificate(story: Story, number: int) -> str:
    """The code of the certificate of a level, as the board has it."""
    link = story.card(story.manager.page, number).locator("a[href*='/verify/']").first
    return (link.get_attribute("href") or "").split("/")[-1]


def invited(story: Story, visitor: Visitor, who: str) -> None:
    """The manager invites somebody by a link; she joins."""
    page = story.manager.go(f"{story.organization}/invitations/new")
    page.fill("[name=name]", who)
    press(page, "main form button.btn-primary")
    join(visitor, join_link(page), story.language, who)
