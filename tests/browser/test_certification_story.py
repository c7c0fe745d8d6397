"""One organization from its invitation to Certified, and through what comes after: its people leave, years go by."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from lms.certification.phases import months_later
from tests.browser.assessing import agree, choose, each_area
from tests.browser.deciding import awaited, board, day_typed, decide, hand_in, last_valid_day
from tests.browser.deeds import learn, prove, renew, score
from tests.browser.evidencing import ASKED, MONTHS, judge, tell
from tests.browser.founding import NAMES, found_network, join
from tests.browser.server import Server
from tests.browser.steps import press
from tests.browser.story import CERTIFIED, PRACTISING, READY, Story, certificate, cycle_in_work, ends, invited
from tests.browser.years import Years
from tests.conftest import LANGUAGES

WHY = {
    "fa": "سیل دفتر سازمان را ویران کرد؛ تا پایان بازسازی فرصت دارد.",
    "ar": "دمّر السيل مكتب المنظمة؛ نمهلها حتى تنتهي من ترميمه.",
    "en": "The flood destroyed the office; it has until the rebuilding ends.",
}
MORE = {
    "fa": "دلیل سطح «حکمرانی» را روشن‌تر بنویسید.",
    "ar": "وضّحوا سبب مستوى «الحوكمة».",
    "en": "Say more clearly why you chose the level of governance.",
}
TAKEN_BACK = {
    "fa": "صورت‌جلسهٔ دوم ساختگی بود.",
    "ar": "كان المحضر الثاني ملفّقًا.",
    "en": "The second minutes were made up.",
}


@pytest.fixture(scope="module")
def at_the_start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data with the demonstration, made on the first day of the story."""
    years = Years.on(tmp_path_factory.mktemp("start"), tmp_path_factory.mktemp("made") / "data")
    years.server.start()
    years.server.kill()
    return years.server.data


@pytest.fixture
def years(at_the_start: Path, tmp_path: Path) -> Iterator[Years]:
    """A server in which time goes on as the test says."""
    shutil.copytree(at_the_start, tmp_path / "data")
    found = Years.on(tmp_path, tmp_path / "data")
    found.server.start()
    yield found
    found.server.kill()


@pytest.fixture
def server(years: Years) -> Server:
    """The same, for visitors."""
    return years.server


def gather(story: Story) -> None:
    """The network, the organization, its manager, two of its staff; who coordinates its networking."""
    story.network, link = found_network(story.admin, story.language)
    join(story.manager, link, story.language, "manager")
    story.organization = board(story.manager, story.language).url
    invited(story, story.colleague, "colleague")
    invited(story, story.leaver, "leaver")
    page = story.manager.go(f"{story.organization}/people")
    press(page, f"table.staff a:has-text('{NAMES[story.language]} colleague')")
    press(page, "form[action$='/coordinator'] button")
    story.manager.axe()


def become_aware(story: Story) -> None:
    """What they learn, the rule counts."""
    expect(story.held().locator("ol.levels li.done")).to_have_count(0)
    story.years.do(learn, *(story.name(who) for who in ("manager", "colleague", "leaver")))
    expect(story.held().locator("ol.levels li.done")).to_have_count(1)
    story.told(1, "awarded")


def assess(story: Story) -> str:
    """A round of self-assessment: two score, the team agrees; gives the address of its result."""
    page = story.manager.go(f"{story.organization}/self-assessments")
    press(page, "main form button")
    story.colleague.go(page.url)
    press(story.colleague.page, ".card-now .btn-primary")
    each_area(story.colleague, lambda here: choose(here, 2), look=False)
    story.years.do(score, story.name("leaver"))
    press(page, "a[href$='/end-scoring']")
    press(page, "main form button")
    page.locator(".module a").first.click()
    each_area(story.manager, lambda here: agree(here, 2, WHY[story.language]), look=False)
    press(page, "form[action$='/close'] button")
    story.manager.axe()
    return str(page.url)


def submitted(story: Story) -> str:
    """The manager hands a level in; gives the cycle, which the admin then has before her."""
    cycle = cycle_in_work(story.held())
    hand_in(story.manager, story.language)
    story.admin.go(story.network)
    awaited(story.admin, cycle)
    return cycle


def become_ready(story: Story) -> None:
    """It is handed in, returned with a comment, handed in once more, awarded."""
    submitted(story)
    decide(story.admin, "return", reason=MORE[story.language])
    expect(story.held().locator("blockquote")).to_have_text(MORE[story.language])
    submitted(story)
    decide(story.admin, "award")
    expect(story.held().locator("ol.levels li.done")).to_have_count(2)


def give_evidence(story: Story) -> None:
    """The minutes of a meeting come back with a question, are mended and accepted; the rest the services do."""
    page, language = story.manager.go(f"{story.organization}/evidence/new"), story.language
    page.locator("#type-meeting_record").check()
    page.fill("#title", NAMES[language])
    press(page, "main form button.btn-primary")
    tell(page, language, months=MONTHS[language])
    press(page, "form[action$='/hand-in'] button")
    story.admin.go(f"{story.network}/evidence")
    judge(story.admin, language, NAMES[language], "return")
    page.reload()
    expect(page.get_by_text(ASKED[language])).to_be_visible()
    press(page, "main a[href$='/edit']")
    page.fill("#field_organizations", NAMES[language])
    press(page, "main form button.btn-primary")
    press(page, "form[action$='/hand-in'] button")
    story.admin.go(f"{story.network}/evidence")
    judge(story.admin, language, NAMES[language], "accept")
    story.years.do(prove, story.name("manager"))


def become_practising(story: Story) -> None:
    """Accepted evidence is enough to hand in, and to be awarded."""
    submitted(story)
    decide(story.admin, "award")
    expect(story.held().locator("ol.levels li.done")).to_have_count(3)


def become_certified(story: Story, result: str) -> str:
    """The network confirms the self-assessment, and awards the highest level; gives its cycle."""
    page = story.manager.go(result)
    press(page, "a[href*='/hand-in']")
    press(page, "main form .btn-primary")
    desk = story.admin.go(f"{story.network}/self-assessments")
    press(desk, "main tbody a")
    press(desk, "button[value=confirm]")
    cycle = submitted(story)
    decide(story.admin, "award")
    expect(story.held().locator("ol.levels li.done")).to_have_count(4)
    story.told(CERTIFIED, "awarded")
    return cycle


def be_at_risk(story: Story) -> None:
    """Somebody leaves, somebody else has to learn yet: nothing is taken away, and the board says what would help."""
    invited(story, story.visit(), "newcomer")
    story.listed(CERTIFIED, "at_risk", 0)
    page = story.leaver.go(story.organization)
    press(page, "main a[href$='/leave']")
    press(page, "main form button.btn-danger")
    page = story.held()
    expect(page.locator("ol.levels li.done")).to_have_count(4)
    expect(page.locator(".flash-due .req")).to_contain_text(f"{NAMES[story.language]} newcomer")
    story.told(CERTIFIED, "at_risk")
    story.listed(CERTIFIED, "at_risk", 1)
    story.years.do(learn, story.name("newcomer"))
    expect(story.held().locator(".flash-due")).to_have_count(0)
    story.told(CERTIFIED, "cured")
    story.listed(CERTIFIED, "at_risk", 0)


def be_renewed(story: Story) -> None:
    """In the window a new cycle begins; awarded, it counts from the end of the old one, which stays in the history."""
    page = story.held()
    old = certificate(story, READY)
    due = ends(story, READY)
    story.later(due - timedelta(days=80))
    story.told(READY, "window")
    story.held()
    expect(story.card(page, READY).locator(".badge-due")).to_have_count(1)
    story.listed(READY, "due", 1)
    cycle = cycle_in_work(page)
    press(page, "form[action$='/submit'] button")
    story.admin.go(story.network)
    awaited(story.admin, cycle)
    decide(story.admin, "award")
    story.held()
    assert ends(story, READY) == months_later(due + timedelta(days=1), 24) - timedelta(days=1)
    new = certificate(story, READY)
    assert new != old
    story.years.do(renew, story.name("manager"))
    press(page, "main a[href$='/history']")
    for code in (new, old):
        # The newest stands first; a year and a half of practice fills more than a page.
        if not page.locator(f"main a[href$='{code}']").count():
            press(page, "nav a[rel=next]")
        expect(page.locator(f"main a[href$='{code}']")).to_have_count(1)
    story.manager.axe()


def be_extended(story: Story, cycle: str) -> None:
    """Near its end, the admin lets the certificate be valid longer, and says why."""
    page = story.admin.page
    page.goto(f"/{story.language}/cycles/{cycle}")
    end = last_valid_day(page)
    story.later(end - timedelta(days=20))
    story.told(CERTIFIED, "due_30")
    story.admin.go(f"/{story.language}/cycles/{cycle}")
    longer = end + timedelta(days=50)
    decide(story.admin, "extend", reason=WHY[story.language], **day_typed(story.language, longer))
    assert last_valid_day(page) == longer
    story.told(CERTIFIED, "extended")
    story.later(end + timedelta(days=5))
    story.listed(CERTIFIED, "due", 1)


def expire(story: Story) -> None:
    """Past its last day it is in grace, and past the days of grace expired: board, list and public page say so."""
    page = story.held()
    code, end = certificate(story, CERTIFIED), ends(story, CERTIFIED)
    public = story.visit()
    public.go(f"/v/{code}")
    expect(public.page.locator(".certificate-void")).to_have_count(0)
    story.later(end + timedelta(days=5))
    story.told(CERTIFIED, "expired")
    story.held()
    expect(page.locator(".badge-grace").first).to_be_visible()
    expect(page.locator("ol.levels li.done")).to_have_count(4)
    story.listed(CERTIFIED, "grace", 1)
    story.later(end + timedelta(days=70))
    story.told(CERTIFIED, "lapsed")
    story.held()
    expect(page.locator(".badge-expired").first).to_be_visible()
    expect(page.locator("ol.levels li.done")).to_have_count(3)
    story.listed(CERTIFIED, "expired", 1)
    public.page.reload()
    expect(public.page.locator(".certificate-void")).to_have_count(1)
    expect(public.page.locator(".badge-expired").first).to_be_visible()
    public.axe()


def be_revoked(story: Story, folder: Path) -> None:
    """The network takes a certificate back: its page says so at once, and so does whoever checks its file."""
    page = story.held()
    code = certificate(story, PRACTISING)
    public = story.visit()
    public.go(f"/{story.language}/verify/{code}")
    public.page.locator("details:has(a[href$='.json'])").locator("summary").click()
    with public.page.expect_download() as found:
        public.page.click("a[href$='/credential.json']")
    found.value.save_as(folder / "credential.json")
    check = ("lms", "credentials", "verify", str(folder / "credential.json"), "--language", story.language)
    good = story.years.run(*check)
    assert good.returncode == 0, good.stdout + good.stderr
    desk = story.admin.go(f"/{story.language}/certificates/{code}/revoke")
    story.admin.axe()
    desk.fill("[name=reason]", TAKEN_BACK[story.language])
    press(desk, "main form button.btn-danger")
    public.page.reload()
    expect(public.page.locator(".flash-bad")).to_have_text(TAKEN_BACK[story.language])
    expect(public.page.locator(".badge-revoked").first).to_be_visible()
    public.axe()
    refused = story.years.run(*check)
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert TAKEN_BACK[story.language] in refused.stdout
    story.told(PRACTISING, "revoked")
    story.held()
    expect(page.locator("ol.levels li.done")).to_have_count(2)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", LANGUAGES)
def test_from_invitation_to_revocation(visit: Callable[..., Any], years: Years, language: str, tmp_path: Path) -> None:
    story = Story(visit, years, language)
    gather(story)
    become_aware(story)
    result = assess(story)
    become_ready(story)
    give_evidence(story)
    become_practising(story)
    cycle = become_certified(story, result)
    be_at_risk(story)
    be_renewed(story)
    be_extended(story, cycle)
    expire(story)
    be_revoked(story, tmp_path)
