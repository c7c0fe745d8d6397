"""What pages weigh on a thin line, and that they need neither scripts nor fonts to be read and answered."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.steps import press, sign_in
from tests.conftest import LANGUAGES

KB = 1024
FIRST_VISIT, LATER_PAGE, REQUESTS = 80 * KB, 12 * KB, 8


class Meter:
    """Counts what a page's network carries: requests that were answered over it, and their bytes with headers."""

    def __init__(self, visitor: Visitor) -> None:
        self.sizes: dict[str, float] = {}
        self._cached: set[str] = set()
        session = visitor.context.new_cdp_session(visitor.page)
        session.send("Network.enable")
        session.on("Network.requestServedFromCache", lambda event: self._cached.add(event["requestId"]))
        session.on("Network.loadingFinished", self._finished)

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] not in self._cached and event["encodedDataLength"]:
            self.sizes[event["requestId"]] = event["encodedDataLength"]

    def open(self, page: Page, address: str) -> tuple[float, int]:
        """Open an address; gives bytes and requests until its network rests."""
        self.sizes.clear()
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        return sum(self.sizes.values()), len(self.sizes)


def first_link(page: Page, pattern: str) -> str:
    """The first address on a page that a pattern fits."""
    links: list[str] = page.evaluate("[...document.querySelectorAll('main a[href]')].map(a => a.href)")
    return next(link for link in links if re.search(pattern, link))


def signed_in(visitor: Visitor, language: str) -> None:
    """Sign in without anything in the cache afterwards."""
    name = "learner" if language == "fa" else f"learner-{language}"
    sign_in(visitor, language, name)
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("Network.clearBrowserCache")


def begin(page: Page, language: str) -> None:
    """Start the kit's first module, unless it was started."""
    page.goto(f"/{language}/")
    press(page, "section.card-now .btn-primary")


def test_the_first_visit_and_later_pages_are_light(visit: Any) -> None:
    told = {}
    for language in LANGUAGES:
        visitor = visit()
        signed_in(visitor, language)
        page, meter = visitor.page, Meter(visitor)
        page.goto("about:blank")
        told[f"{language} home"] = (*meter.open(page, f"/{language}/"), FIRST_VISIT)
        module = first_link(page, r"/m/[a-z0-9]{10}/$")
        told[f"{language} module"] = (*meter.open(page, module), LATER_PAGE)
        told[f"{language} lesson"] = (*meter.open(page, first_link(page, r"/m/[a-z0-9]{10}/[^/]+/$")), LATER_PAGE)
        page.goto(module)
        told[f"{language} quiz"] = (*meter.open(page, first_link(page, r"/quizzes/")), LATER_PAGE)
    heavy = {name: known for name, known in told.items() if known[0] > known[2] or known[1] > REQUESTS}
    assert not heavy, told


def test_a_page_is_painted_before_scripts_and_fonts(visit: Any) -> None:
    visitor = visit()
    signed_in(visitor, "fa")
    page = visitor.page
    begin(page, "fa")
    for address in (page.url, f"{visitor.server.url}/fa/"):
        page.goto(address)
        assert page.locator("script[src]:not([defer]), script:not([src])").count() == 0
        assert page.locator("link[rel=preload]").count() == 0
    styles = visitor.context.request.get(str(page.get_attribute("link[rel=stylesheet]", "href"))).text()
    faces = re.findall(r"@font-face\s*{[^}]*}", styles)
    assert faces
    assert all(re.search(r"font-display:\s*swap\b", face) for face in faces)


def test_pages_are_read_without_fonts(visit: Any) -> None:
    visitor = visit()
    visitor.context.route("**/*.woff2", lambda route: route.fulfill(status=404))
    for language in LANGUAGES:
        signed_in(visitor, language)
        page = visitor.page
        expect(page.locator("main h1")).to_be_visible()
        visitor.axe()
        visitor.context.clear_cookies()


def test_learning_works_without_scripts(visit: Any) -> None:
    visitor = visit(java_script_enabled=False)
    page = sign_in(visitor, "ar", "learner-ar")
    begin(page, "ar")
    # The module's entry quiz stands first.
    press(page, "main form a.btn-quiet")
    expect(page.locator("article.prose h1")).to_be_visible()
    for _ in range(12):
        if "/quizzes/" in page.url:
            break
        press(page, "article form button.btn-primary")
    press(page, "main form button.btn-primary")
    for section in page.locator("section[data-question]").all():
        field = section.locator("input:not([type=hidden])").first
        if field.get_attribute("type") in ("radio", "checkbox"):
            field.check()
        else:
            field.fill("5")
    page.locator(".actionbar button[name=action][value=save]").click()
    expect(page.locator(".saved-server").first).to_be_visible()
    press(page, "button[name=action][value=submit]")
    press(page, "main form button.btn-primary")
    expect(page).to_have_url(re.compile("/result"))
    expect(page.locator("main .figures")).to_be_visible()
