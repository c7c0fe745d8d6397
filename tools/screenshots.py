"""Pictures of the product as its demo roles see it: `python -m tools.screenshots URL FOLDER [WORD …]`.

Takes every page of PAGES (or those whose name with its variant has every word) at phone and desk width, in three
languages, light and dark, from a server that runs with the demonstration.
"""

import re
import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tools.machine import chromium

LANGUAGES = ("fa", "ar", "en")
SIZES = {"phone": (390, 844), "desk": (1280, 900)}
PASSWORD = "tashbik-demo"

#: Name of a picture: who is signed in, and her steps; "=" goes to a path, a pattern follows the first such link.
PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "sign-in": ("", ("=/sign-in",)),
    "missing": ("", ("=/nothing-here",)),
    "verify": ("", ("=/verify",)),
    "home": ("manager", ("=/",)),
    "module": ("manager", ("=/", r"/m/[a-z0-9]+/$")),
    "lesson": ("manager", ("=/", r"/m/[a-z0-9]+/$", r"/m/[a-z0-9]+/partners-and-outputs/")),
    "quiz": ("manager", ("=/", r"/m/[a-z0-9]+/$", r"/quizzes/")),
    "search": ("manager", ("=/search?q=network",)),
    "account": ("manager", ("=/account",)),
    "preferences": ("manager", ("=/account/preferences",)),
    "messages": ("manager", ("=/account/messages",)),
    "messages-admin": ("admin", ("=/account/messages",)),
    "notices": ("manager", ("=/notices",)),
    "security": ("manager", ("=/account/security",)),
    "certificates": ("manager-ar", ("=/certificates",)),
    "certificate": ("manager-ar", ("=/certificates", r"/verify/[A-Z0-9-]+$")),
    "organization": ("manager", ("=/my-organization",)),
    "people": ("manager", ("=/my-organization", r"/people")),
    "invitations": ("manager", ("=/my-organization", r"/invitations")),
    "networks": ("admin", ("=/networks",)),
    "network": ("admin", ("=/networks", r"/networks/(?!new$)[a-z0-9]+$")),
    "network-certification": ("admin", ("=/networks", r"/networks/(?!new$)[a-z0-9]+$", r"/certification$")),
    "network-decisions": ("admin", ("=/networks", r"/networks/(?!new$)[a-z0-9]+$", r"/decisions$")),
    "network-calendar": ("admin", ("=/networks", r"/networks/(?!new$)[a-z0-9]+$", r"/calendar$")),
    "organization-calendar": ("manager", ("=/my-organization", r"/organizations/[a-z0-9]+/calendar$")),
    "organization-history": ("manager", ("=/my-organization", r"/history$")),
    "network-new": ("admin", ("=/networks/new",)),
    "report": ("admin", ("=/reports",)),
    "report-organization": ("admin", ("=/reports", r"/reports/organizations/[a-z0-9]+")),
    "studio": ("trainer", ("=/studio/",)),
    "studio-new": ("trainer", ("=/studio/new",)),
}


def sign_in(page: Page, url: str, name: str, language: str) -> None:
    """Sign in as a demo account."""
    page.goto(f"{url}/{language}/sign-in")
    page.fill("input[name=name]", name)
    page.fill("input[type=password]", PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def walk(page: Page, url: str, language: str, steps: tuple[str, ...]) -> bool:
    """Follow the steps; False where a link is not there."""
    for step in steps:
        if step.startswith("="):
            page.goto(f"{url}/{language}{step[1:]}")
            continue
        links = [link.get_attribute("href") or "" for link in page.locator("a[href]").all()]
        found = next((link for link in links if re.search(step, link) and link.startswith(f"/{language}/")), None)
        if found is None:
            return False
        page.goto(url + found)
    return True


def take(browser: Browser, url: str, folder: Path, name: str, language: str, size: str, scheme: str) -> None:
    """One picture."""
    width, height = SIZES[size]
    who, steps = PAGES[name]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    if who:
        sign_in(page, url, who, language)
    if walk(page, url, language, steps):
        page.screenshot(path=folder / f"{name}-{language}-{size}-{scheme}.png", full_page=True)
    else:
        print(f"{name}: no way there in {language}")
    context.close()


def main(url: str, folder: Path, words: list[str]) -> None:
    """All pictures whose name (with its variant) has every word."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        for name, language, size, scheme in product(PAGES, LANGUAGES, SIZES, ("light", "dark")):
            if all(word in f"{name}-{language}-{size}-{scheme}" for word in words):
                take(browser, url, folder, name, language, size, scheme)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]), sys.argv[3:])
