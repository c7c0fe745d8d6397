"""The learner's pages of an entry quiz: offered, taken or left out, and her gain at the end."""

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.db import db
from lms.quizzes.models import Attempt
from lms.training.models import Module, ModuleVersion
from tests.conftest import LANGUAGES
from tests.factories import make_person
from tests.gains import answer, learn, make_compared, quiz_of, read_lesson, right
from tests.page import PageClient
from tests.queries import counted_statements
from tests.quizzes import begin, finish
from tests.statistics import count_all
from tests.studio import make_trainer

SKIPPED = {"fa": "می‌توانید از آن صرف‌نظر کنید", "ar": "ويمكن تخطّيه", "en": "you may skip it"}


@pytest.fixture
def learner() -> Person:
    return make_person(language="fa")


@pytest.fixture
def browser(client: PageClient, learner: Person) -> PageClient:
    return client.sign_in(learner)


@pytest.fixture
def module(client: PageClient) -> Module:
    return make_compared()


def page_of(browser: PageClient, module: Module, language: str = "en") -> str:
    db.session.rollback()
    return browser.get(f"/{language}/m/{module.public_id}/").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_stands_first_and_says_that_it_may_be_skipped(browser: PageClient, module: Module, language: str) -> None:
    page = page_of(browser, module, language)
    assert page.index(quiz_of(module, "entry").public_id) < page.index("/origin/")
    assert SKIPPED[language] in page
    start = browser.post(f"/{language}/m/{module.public_id}/start").headers["Location"]
    assert start == f"/{language}/quizzes/{quiz_of(module, 'entry').public_id}/"
    rules = browser.get(start).text
    assert f"/{language}/m/{module.public_id}/origin/" in rules
    assert "60%" not in rules


def main_of(page: str) -> str:
    return page.split("<main")[1].split("</main>", maxsplit=1)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_gives_nothing_away(browser: PageClient, module: Module, learner: Person, language: str) -> None:
    address = f"/{language}/quizzes/{quiz_of(module, 'entry').public_id}/"
    attempt = browser.post(f"{address}attempts").headers["Location"]
    assert "Option a" in browser.get(attempt).text
    finish(db.session.scalars(select(Attempt).where(Attempt.person_id == learner.id)).one(), right(2))
    for page in (browser.get(f"{attempt}result").text, browser.get(address).text):
        assert "Option" not in main_of(page)
        assert "About" not in main_of(page)
        assert 'class="num">' not in main_of(page).replace(numbers_of(page), "")
        assert "<form" not in main_of(page)
    page_of(browser, module, language)


def numbers_of(page: str) -> str:
    """The figures of a quiz's rules."""
    found = main_of(page)
    return found.split('<dl class="figures">')[1].split("</dl>")[0] if "figures" in found else "\0"


def test_a_second_attempt_is_refused(browser: PageClient, module: Module, learner: Person) -> None:
    answer(learner, module, "entry", 1)
    address = f"/fa/quizzes/{quiz_of(module, 'entry').public_id}/"
    assert browser.post(f"{address}attempts").headers["Location"] == address


@pytest.mark.parametrize("language", LANGUAGES)
def test_left_out_it_is_not_in_the_way(browser: PageClient, module: Module, learner: Person, language: str) -> None:
    read_lesson(learner, module)
    assert SKIPPED[language] not in page_of(browser, module, language)
    address = f"/{language}/quizzes/{quiz_of(module, 'entry').public_id}/"
    assert "<form" not in main_of(browser.get(address).text)
    assert browser.post(f"{address}attempts").headers["Location"] == address
    assert f"/{language}/quizzes/{quiz_of(module, 'final').public_id}/" in browser.get(f"/{language}/").text + page_of(
        browser, module, language
    )


@pytest.mark.parametrize(("after", "is_lower"), [(5, False), (3, True)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_her_gain_is_told_when_she_has_passed(
    browser: PageClient, module: Module, learner: Person, language: str, after: int, is_lower: bool
) -> None:
    told = {"fa": "پاسخ درست پیش از درس‌ها", "ar": "الإجابات الصحيحة قبل الدروس", "en": "Right before the lessons"}
    soft = {"fa": "حال‌وهوای آن روز", "ar": "بظروف يومها", "en": "a good or a bad day"}
    assert told[language] not in page_of(browser, module, language)
    learn(learner, module, 3 if is_lower else 1, after)
    page = page_of(browser, module, language)
    assert told[language] in page
    assert (soft[language] in page) == is_lower


def test_a_failed_attempt_tells_nothing_yet(browser: PageClient, module: Module, learner: Person) -> None:
    learn(learner, module, 1, 2)
    assert "Right before the lessons" not in page_of(browser, module)


def test_a_module_without_one_asks_no_statement_more(browser: PageClient, module: Module, learner: Person) -> None:
    def asked() -> int:
        page_of(browser, module)
        with counted_statements() as seen:
            page_of(browser, module)
        return len(seen)

    before = asked()
    learn(learner, module, 1, 4)
    assert asked() == before + 1


def test_submitting_costs_more_only_with_a_pair(browser: PageClient, module: Module, learner: Person) -> None:
    attempt = begin(quiz_of(module, "final"), learner)
    db.session.rollback()
    with counted_statements() as seen:
        browser.post(f"/fa/attempts/{attempt.public_id}/submit")
    assert not any("INSERT INTO gain" in statement for statement in seen)


def test_statistics_do_not_say_how_many_passed(client: PageClient, module: Module, learner: Person) -> None:
    learn(learner, module, 1, 4)
    count_all()
    client.sign_in(make_trainer())
    edition = db.session.get_one(ModuleVersion, quiz_of(module, "entry").module_version_id).number
    figures = {
        key: client.get(f"/en/studio/m/{module.public_id}/statistics/{edition}/{key}/").text
        for key in ("entry", "final")
    }
    # What the word means stands below.
    assert [figures[key].count("<dt>Passed") for key in ("entry", "final")] == [1, 2]
