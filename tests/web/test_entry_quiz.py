"""The learner's pages of an entry quiz: offered, taken or left out, and her gain at the end."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.clock import now
from lms.db import db
from lms.quizzes.models import Attempt, QuizVersion
from lms.training.models import Module, ModuleVersion
from tests.certification import complete
from tests.conftest import LANGUAGES
from tests.factories import make_person
from tests.gains import answer, learn, make_compared, quiz_of, read_lesson, right
from tests.page import PageClient
from tests.queries import counted_statements
from tests.quizzes import answer_all, begin, finish, make_quiz
from tests.statistics import count_all
from tests.studio import make_trainer

SKIPPED = {"fa": "می‌توانید از آن صرف‌نظر کنید", "ar": "ويمكن تخطّيه", "en": "you may skip it"}
LEFT_OUT = {"fa": "کنار گذاشته شد", "ar": "فاستُغني عن هذا الاختبار", "en": "this quiz is left out"}
NOT_COMPARED = {"fa": "مقایسه نمی‌شود", "ar": "فلا تُقارَن", "en": "they are not compared"}
PROMISED = {"fa": "وقتی در آزمون پس از درس‌ها قبول شوید", "ar": "وبعد اجتيازكم الاختبار", "en": "When you have passed"}
GOING_ON: dict[str, Callable[[Person, Module], object]] = {
    "a lesson is read": read_lesson,
    "the other quiz is begun": lambda learner, module: begin(quiz_of(module, "final"), learner),
    "the module is completed": lambda learner, module: complete(learner, module, now()),
}
IN_QUIZ = {"fa": "آزمون ماژول", "ar": "اختبار الوحدة", "en": "the module's quiz"}
AFTER = {"fa": "پس از", "ar": "بعد", "en": "after"}
PAIR = 6
"""Statements that a pair costs who belongs nowhere: finding it, keeping it, telling of it, and counting it."""


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_read_no_lesson_is_not_told_of_after_the_lessons(
    browser: PageClient, module: Module, learner: Person, language: str
) -> None:
    answer(learner, module, "entry", 1)
    answer(learner, module, "final", 4)
    told = page_of(browser, module, language).split('<p class="gain">')[1].split("</p>")[0]
    assert (IN_QUIZ[language] in told, AFTER[language] in told) == (True, False)
    files = ZipFile(BytesIO(browser.get(f"/{language}/account/my-data/download").data))
    assert IN_QUIZ[language] in unescape(files.read("my-data.html").decode())


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


def asked_by(browser: PageClient, learner: Person, quiz: QuizVersion, number: int) -> list[str]:
    """What submitting a first attempt asks the database, with so many questions right; holding her is left out, which
    only PostgreSQL needs."""
    attempt = begin(quiz, learner)
    answer_all(attempt, right(number))
    db.session.rollback()
    with counted_statements() as seen:
        browser.post(f"/fa/attempts/{attempt.public_id}/submit")
    return [statement for statement in seen if "FOR NO KEY UPDATE" not in statement]


def names_gains(statements: list[str]) -> bool:
    return any(re.search(r"\bgain\b", statement) for statement in statements)


def test_submitting_costs_more_only_with_a_pair(browser: PageClient, module: Module, learner: Person) -> None:
    plain = asked_by(browser, learner, make_quiz(), 2)
    assert not names_gains(plain)
    alone = asked_by(browser, learner, quiz_of(module, "final"), 2)
    assert not names_gains(alone)
    assert len(alone) == len(plain) + 1
    for number in (1, 2):
        other = make_compared()
        answer(learner, other, "entry", number)
        paired = asked_by(browser, learner, quiz_of(other, "final"), number)
        assert names_gains(paired)
        assert len(paired) == len(plain) + PAIR
        again = begin(quiz_of(other, "final"), learner)
        db.session.rollback()
        with counted_statements() as seen:
            browser.post(f"/fa/attempts/{again.public_id}/submit")
        assert not names_gains(seen)


def test_submitting_the_entry_quiz_looks_for_no_pair(browser: PageClient, module: Module, learner: Person) -> None:
    """Nothing can have been begun after it yet."""
    assert not names_gains(asked_by(browser, learner, quiz_of(module, "entry"), 2))


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_began_the_other_quiz_is_told_that_it_is_left_out(
    browser: PageClient, module: Module, learner: Person, language: str
) -> None:
    answer(learner, module, "final", 1)
    assert SKIPPED[language] not in page_of(browser, module, language)
    page = browser.get(f"/{language}/quizzes/{quiz_of(module, 'entry').public_id}/").text
    assert "<form" not in main_of(page)
    assert LEFT_OUT[language] in page


@pytest.mark.parametrize("is_late", [True, False])
@pytest.mark.parametrize("going_on", GOING_ON)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_comparison_is_promised_of_what_came_too_late(
    browser: PageClient, module: Module, learner: Person, language: str, going_on: str, is_late: bool
) -> None:
    entry = begin(quiz_of(module, "entry"), learner, now() - timedelta(hours=1))
    if not is_late:
        finish(entry, right(2), now() - timedelta(minutes=30))
    GOING_ON[going_on](learner, module)
    if is_late:
        finish(entry, right(2))
    db.session.rollback()
    for page in (f"attempts/{entry.public_id}/result", f"quizzes/{quiz_of(module, 'entry').public_id}/"):
        shown = main_of(browser.get(f"/{language}/{page}").text)
        assert [words[language] in shown for words in (NOT_COMPARED, PROMISED)] == [is_late, not is_late]


def test_statistics_do_not_say_how_many_passed(client: PageClient, module: Module, learner: Person) -> None:
    for person, after in ((learner, 4), (make_person(), 2), (make_person(), 1)):
        learn(person, module, after - 1, after)
    count_all()
    client.sign_in(make_trainer())
    edition = db.session.get_one(ModuleVersion, quiz_of(module, "entry").module_version_id).number
    figures = {
        key: client.get(f"/en/studio/m/{module.public_id}/statistics/{edition}/{key}/").text
        for key in ("entry", "final")
    }
    # What the word means stands below.
    assert [figures[key].count("<dt>Passed") for key in ("entry", "final")] == [0, 2]
    assert ["(60%)" in figures["final"], "pass mark" in main_of(figures["entry"])] == [True, False]


@pytest.mark.parametrize(("language", "said"), [("fa", "(انجام شده)"), ("ar", "(أُنجز)"), ("en", "(done)")])
def test_a_quiz_is_done_and_a_lesson_read(
    browser: PageClient, module: Module, learner: Person, language: str, said: str
) -> None:
    read = {"fa": "(خوانده شده)", "ar": "(مقروء)", "en": "(read)"}[language]
    learn(learner, module, 1, 5)
    page = browser.get(f"/{language}/m/{module.public_id}/origin/").text
    outline = page[page.index('<ol class="outline"') : page.index("</ol>", page.index('<ol class="outline"'))]
    said_of = [re.findall(r'class="sr"> ([^<]+)<', part) for part in outline.split("<li")[1:]]
    # The entry quiz, the lesson, the quiz after it.
    assert said_of[1:] == [[read], [said]]
