"""A real Chromium against a real server."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.browser.server import Server, running
from tools.machine import chromium

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fresh data with the demonstration in it, as `make start` leaves it."""
    folder = tmp_path_factory.mktemp("prepared")
    with running(folder) as server:
        return server.data


@pytest.fixture(scope="module")
def server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product as `make start` serves it, on data that no other file of tests has changed."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copytree(prepared, folder / "data")
    with running(folder) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield launched
        launched.close()


class Visitor:
    """Somebody with a browser of her own; what goes wrong in it fails the test."""

    def __init__(self, browser: Browser, server: Server, **options: Any) -> None:
        self.server = server
        self.context: BrowserContext = browser.new_context(
            base_url=server.url, viewport=options.pop("viewport", PHONE), **options
        )
        self.page: Page = self.context.new_page()
        self.problems: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", self._stay_here)

    def _note(self, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.problems.append(message.text)

    def _stay_here(self, request: Any) -> None:
        if not request.url.startswith((self.server.url, "data:", "blob:")):
            self.problems.append(f"a request to {request.url}")

    def go(self, path: str) -> Page:
        """Open a page and check it with the accessibility engine."""
        self.page.goto(path)
        return self.page

    def axe(self) -> None:
        """Note every violation that axe finds on the present page, and text wider than the screen; told at the end."""
        try:
            self._look()
        except Error:  # the page was just leaving: the one after it is meant
            self.page.wait_for_load_state()
            self._look()

    def _look(self) -> None:
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        # What is in order it would describe as fully as what is not.
        for found in self.page.evaluate("axe.run({resultTypes: ['violations']}).then(r => r.violations)"):
            nodes = [node["html"][:160] for node in found["nodes"][:3]]
            self.problems.append(f"{self.page.url}: {found['id']}: {found['help']}: {nodes}")
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.problems.append(f"{self.page.url} scrolls sideways by {wide} pixels")

    def close(self) -> None:
        """End, and tell what the browser complained about."""
        self.context.close()
        assert not self.problems, "\n".join(self.problems)


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Any]:
    """Make visitors: `visit()` is a phone, `visit(viewport=DESK)` a desk."""
    made: list[Visitor] = []

    def make(**options: Any) -> Visitor:
        made.append(Visitor(browser, server, **options))
        return made[-1]

    yield make
    for visitor in made:
        visitor.close()
