"""What the main pages of the four roles cost, counted: statements, bytes, and calls of Python functions.

Nothing here is a time: on the same day and data, the same page makes the same calls on any machine, but for a handful.
Limits stand some 15 % above what was counted when they were set. A page that needs more for a reason gets a higher one;
where a page has become cheaper, its limits go down with it.
"""

import cProfile
import os
import pstats
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest
import time_machine
from flask import Flask

import tests.page
from lms.db import db
from lms.demo import load_demo
from tests.page import PageClient
from tests.queries import counted_statements
from tests.roles_pages import Page, account, main_pages

pytestmark = pytest.mark.once

WARM = 3
"""Visits before the one that is counted: by then what is kept in memory is there."""
SHOWN = 15
"""Functions of a profile that a message shows."""
TODAY = datetime(2031, 2, 11, 10, tzinfo=UTC)
"""Later than the kit was published, whenever the tests run."""
PROFILES = "LMS_COST_PROFILES"


class Cost(NamedTuple):
    """Of one request: statements that the database was sent, bytes of the page, calls of functions."""

    statements: int
    bytes: int
    calls: int


#: Page, by its account and name, to the most that it may cost.
LIMITS: dict[tuple[str, str], Cost] = {
    ("learner", "home"): Cost(6, 12_700, 10_100),
    ("learner", "module"): Cost(4, 7_100, 5_700),
    ("learner", "lesson"): Cost(4, 8_100, 5_800),
    ("learner", "quiz"): Cost(11, 6_500, 7_300),
    ("learner", "certificates"): Cost(6, 17_100, 11_400),
    ("manager", "board"): Cost(50, 32_200, 76_300),
    ("manager", "people"): Cost(14, 25_100, 27_900),
    ("manager", "invitations"): Cost(6, 5_900, 6_200),
    ("manager", "evidence"): Cost(9, 5_600, 7_700),
    ("trainer", "studio"): Cost(7, 16_500, 14_400),
    ("trainer", "statistics"): Cost(7, 6_000, 7_300),
    ("trainer", "grading"): Cost(7, 5_700, 9_900),
    ("trainer", "cohorts"): Cost(5, 5_100, 6_300),
    ("admin", "network"): Cost(11, 19_400, 17_600),
    ("admin", "certification"): Cost(14, 31_100, 45_200),
    ("admin", "decisions"): Cost(7, 6_900, 7_900),
    ("admin", "report"): Cost(14, 75_000, 23_400),
    ("admin", "time to complete"): Cost(6, 23_900, 37_000),
    ("admin", "expiries"): Cost(10, 10_000, 27_300),
    ("admin", "people of one"): Cost(10, 81_700, 57_700),
}


def counted(client: PageClient, path: str) -> tuple[Cost, cProfile.Profile]:
    """What a page costs once everything is warm, and the profile."""
    for _visit in range(WARM):
        client.get(path)
    with counted_statements() as seen:
        size = len(client.get(path).data)
    # Not by the page client: what it does around a request is not the product's.
    profile = cProfile.Profile()
    with client.app.app_context():
        profile.enable()
        response = client.http.open(path)
        profile.disable()
        assert response.status_code == 200
        response.close()
    db.session.rollback()
    # Of the entries, not of pstats: it counts functions of one name and line as one.
    calls = sum(entry.callcount for entry in profile.getstats())
    return Cost(len(seen), size, calls), profile


def grown(page: Page, found: Cost, most: Cost) -> list[str]:
    """What of a page's cost is over its limit, in words."""
    return [
        f"{page.account}: {page.name} ({page.path}): {what} were {limit:,} at most, are {value:,}"
        for what, value, limit in zip(Cost._fields, found, most, strict=True)
        if value > limit
    ]


def most_called(profile: cProfile.Profile) -> str:
    """The functions that are called most often, in words."""
    out = StringIO()
    pstats.Stats(profile, stream=out).strip_dirs().sort_stats("ncalls").print_stats(SHOWN)
    return out.getvalue()


def keep(profile: cProfile.Profile, page: Page) -> None:
    """Write a profile where the environment says."""
    folder = os.environ.get(PROFILES)
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        profile.dump_stats(str(Path(folder) / f"{page.account} {page.name}.prof".replace(" ", "-")))


@pytest.fixture
def pages(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Page]]:
    """The pages, on the demonstration of a thousand people, on a day that stays."""
    monkeypatch.setattr(tests.page, "checked", False)
    with time_machine.travel(TODAY, tick=False):
        load_demo(random_passwords=True, size="1k")
        yield main_pages()


def test_no_page_costs_more_than_it_did(app: Flask, pages: list[Page]) -> None:
    assert {(page.account, page.name) for page in pages} == set(LIMITS)
    clients = {name: PageClient(app).sign_in(account(name)) for name in {page.account for page in pages}}
    wrong, shown = [], ""
    for page in pages:
        found, profile = counted(clients[page.account], page.path)
        keep(profile, page)
        print((page.account, page.name), found)
        more = grown(page, found, LIMITS[page.account, page.name])
        if more and not shown:
            shown = f"{page.account}: {page.name} calls most:\n{most_called(profile)}"
        wrong += more
    how = f"{PROFILES}=FOLDER python -m pytest -n 0 tests/web/test_cost.py writes all profiles, for python -m pstats"
    assert not wrong, "\n".join([*wrong, how, shown])


def test_whatever_grows_is_named() -> None:
    page, most = Page("admin", "report", "/fa/report"), Cost(10, 5_000, 900)
    assert grown(page, most, most) == []
    assert grown(page, Cost(11, 5_000, 901), most) == [
        "admin: report (/fa/report): statements were 10 at most, are 11",
        "admin: report (/fa/report): calls were 900 at most, are 901",
    ]
