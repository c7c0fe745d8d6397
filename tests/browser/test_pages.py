"""Every page that a role can reach by links: accessible, and no wider than its screen."""

import re
from collections import deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import DESK, Visitor
from tests.browser.steps import sign_in

ROLES = ("operator", "admin", "trainer", "manager", "learner")
HAVE_OWN = ("manager", "learner")
"""Roles with an account of their own for each language."""
MOST = 40
"""Pages of one role in one language."""
FILES = re.compile(r"\.[a-z]{3,4}$|/(xlsx|csv|json|pdf|download)$")
LESSON = re.compile(r"(?<=/m/)[a-z0-9]{10}/[^/]+")
IDENTIFIER = re.compile(r"/(?!completion)[a-z0-9]{10}(?=/|$)|/TSH-[A-Z0-9-]+")
LINKS = "[...document.querySelectorAll('a[href]:not([download])')].map(a => a.href)"


def shape(address: str) -> str:
    """What pages of one kind have in common: the path without identifiers, the names of what is asked for."""
    parts = urlsplit(address)
    asked = sorted(pair.partition("=")[0] for pair in parts.query.split("&") if pair)
    return IDENTIFIER.sub("/*", LESSON.sub("*/*", parts.path)) + "?" + "&".join(asked)


def reachable(visitor: Visitor, language: str, seen: set[str]) -> Iterator[str]:
    """Open one page of each shape that was not seen yet, breadth first from the home page; gives their addresses."""
    home = f"{visitor.server.url}/{language}/"
    waiting, opened = deque([home]), 0
    while waiting and opened < MOST:
        address = waiting.popleft()
        answer = visitor.page.goto(address)
        assert answer is not None
        if answer.status != 200:
            visitor.problems.append(f"{address} is linked but answers {answer.status}")
        opened += 1
        yield address
        for found in (link.split("#")[0] for link in visitor.page.evaluate(LINKS)):
            if found.startswith(home) and not FILES.search(urlsplit(found).path) and shape(found) not in seen:
                seen.add(shape(found))
                waiting.append(found)


def look_at_all(visitor: Visitor, language: str, role: str, seen: set[str]) -> None:
    """Check every page that a role has and that was not seen yet."""
    name = f"{role}-{language}" if role in HAVE_OWN and language != "fa" else role
    sign_in(visitor, language, name)
    seen.discard(shape(f"/{language}/"))
    for _ in reachable(visitor, language, seen):
        visitor.axe()


@pytest.mark.parametrize("role", ROLES)
def test_all_pages_of_a_role_on_a_phone(visit: Any, role: str) -> None:
    look_at_all(visit(), "fa", role, set())


@pytest.mark.parametrize("language", ["ar", "en"])
def test_each_kind_of_page_in_other_languages(visit: Any, language: str) -> None:
    seen: set[str] = set()
    for role in reversed(ROLES):
        look_at_all(visit(), language, role, seen)


def test_each_kind_of_page_in_the_dark_at_a_desk(visit: Any) -> None:
    seen: set[str] = set()
    for role in reversed(ROLES):
        look_at_all(visit(viewport=DESK, color_scheme="dark"), "fa", role, seen)


def test_text_may_be_twice_as_large(visit: Any) -> None:
    visitor = visit()
    sign_in(visitor, "fa", "learner")
    for address in reachable(visitor, "fa", set()):
        visitor.page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            visitor.problems.append(f"{address} scrolls sideways by {wide} pixels")
