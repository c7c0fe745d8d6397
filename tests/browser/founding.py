"""A network, its organizations, and people who join them by links."""

import re
import secrets

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.steps import press, sign_in
from tests.conftest import LANGUAGES

PASSWORD = "a long walk by the river"
RUN = secrets.token_hex(2)
NAMES = {"fa": f"نام تازه {RUN}", "ar": f"اسم جديد {RUN}", "en": f"New name {RUN}"}


def texts(page: Page, stem: str, language: str, what: str) -> None:
    """Fill a text in three languages."""
    for code in LANGUAGES:
        page.fill(f"[name={stem}_{code}]", f"{NAMES[code]} {what} {language}")


def found_network(visitor: Visitor, language: str) -> tuple[str, str]:
    """Step 2: a network, two organizations, and the link for a manager; gives the network's page and the link."""
    page = sign_in(visitor, language, "admin")
    visitor.go(f"/{language}/networks/new")
    texts(page, "name", language, "network")
    page.check("[name=form][value=union]")
    page.check("[name=reach][value=regional]")
    page.check("[name=basis][value=thematic_specialised]")
    visitor.axe()
    press(page, "main form button.btn-primary")
    network = page.url
    for what in ("first", "second"):
        page.goto(f"{network}/organizations/new")
        texts(page, "name", language, what)
        press(page, "main form button.btn-primary")
    page.goto(network)
    visitor.axe()
    press(page, f"main a[href*='/organizations/']:has-text('{NAMES[language]} first')")
    press(page, "main a[href$='/invite']")
    press(page, "main form button.btn-primary")
    visitor.axe()
    return network, join_link(page)


def join_link(page: Page) -> str:
    """The address of the invitation that a page shows."""
    found = re.search(r"/i/[A-Za-z0-9_-]+", page.content())
    assert found, page.inner_text("main")
    return found[0]


def join(visitor: Visitor, link: str, language: str, name: str) -> Page:
    """Steps 3 and 4: open the link, choose the language, make an account, join."""
    page = visitor.go(link)
    press(page, f"a[hreflang={language}]")
    visitor.axe()
    page.fill("[name=display_name]", f"{NAMES[language]} {name}")
    page.fill("[name=sign_in_name]", f"{name}.{RUN}.{language}")
    page.fill("[name=password]", PASSWORD)
    press(page, "main form button.btn-primary")
    expect(page).to_have_url(re.compile("/welcome"))
    visitor.axe()
    press(page, "main a.btn-primary")
    return page
