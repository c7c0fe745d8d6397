"""The life of a quiz of every type: written in three languages, published, taken, graded and analysed in each."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lms.formats import Formatter
from lms.quizzes.question_types import CORE_TYPES
from tests.browser.authoring import fill_in, renamed, write_question
from tests.browser.conftest import DESK, Visitor
from tests.browser.every_type import give
from tests.browser.steps import press, sign_in
from tests.browser.test_attempt import wait_for_receipts
from tests.browser.test_every_type import put_in_order, submit
from tests.browser.test_grading import LEARNERS, NAME, PDF, grade_by_keyboard
from tests.browser.test_studio import SAVE, add, begin_module, choose_language, publish, start, write, write_lesson
from tests.conftest import LANGUAGES
from tests.every_type import TITLE, quiz, right
from tests.every_type.by_hand import by_hand
from tests.every_type.writing import Texts

ASKED: list[Texts] = [*quiz()["questions"], *by_hand()]
PLACES = {question["id"]: at for at, question in enumerate(ASKED, 1)}
FULL = sum(question["mark"] for question in ASKED)
WRONG = "form"
"""The question that is not answered right: one option is chosen, the first, and it is worth one mark."""
PLAN = {"fa": "نخست همه را می‌شناسیم.", "ar": "نتعارف جميعًا أولًا.", "en": "First we get to know each other."}


def write_quiz(trainer: Visitor, module: str, language: str) -> None:
    """A quiz, its rules and a question of every type, all in three languages."""
    page = trainer.page
    page.goto(module)
    press(page, "button[value='add:quiz']")
    write(page, 0, TITLE)
    rules = {name: [Formatter(language).number(quiz()[name])] for name in ("pass_mark", "attempts")}
    fill_in(page, {**rules, "show_key": [quiz()["show_key"]], "shuffle": []})
    press(page, SAVE)
    address = page.url.partition("#")[0]
    for question in ASKED:
        page.goto(address)
        add(page, question["type"])
        expect(page).to_have_url(re.compile("/questions/"))
        write_question(page, question)
        expect(page.locator("[aria-labelledby=faults]")).to_have_count(0)
        trainer.axe()
    page.goto(address)
    expect(page.locator("[aria-labelledby=blocks] li h3")).to_have_count(len(ASKED))
    trainer.axe()


def publish_whole(trainer: Visitor, module: str) -> None:
    """Nothing is in the way, in no language."""
    page = trainer.page
    page.goto(module)
    expect(page.locator("[aria-labelledby=hindrances]")).to_be_visible()
    expect(page.locator("[aria-labelledby=hindrances] .reqs")).to_have_count(0)
    page.goto(f"{module}publish")
    expect(page.locator("[name=languages]:checked:enabled")).to_have_count(len(LANGUAGES))
    publish(trainer, module)


def take(learner: Visitor, language: str) -> str:
    """Find the module, read its lesson, answer all but one question right, submit; gives the quiz's id."""
    page = learner.page
    start(learner, language)
    press(page, "article form button.btn-primary")
    expect(page).to_have_url(re.compile("/quizzes/"))
    learner.axe()
    found = page.url.rstrip("/").rpartition("/")[2]
    press(page, "main form button.btn-primary")
    answer(page, language)
    learner.axe()
    submit(page)
    expect(page.locator(".badge-progress").first).to_be_visible()
    learner.axe()
    return found


def answer(page: Page, language: str) -> None:
    """Every question as its form asks for it; the file last, as handing it in loads the page anew."""
    for question in quiz()["questions"]:
        key = question["id"]
        given = {"answer": ["a"]} if key == WRONG else right(key, language)
        if key != "steps":
            given = {part: [renamed(key, value) for value in values] for part, values in given.items()}
            give(page, PLACES[key], given)
    put_in_order(page)
    page.locator("textarea").fill(PLAN[language])
    page.locator("input[type=file]").set_input_files({"name": NAME, "mimeType": "application/pdf", "buffer": PDF})
    press(page, "button[name=upload]")
    expect(page.get_by_role("link", name=NAME)).to_be_visible()
    wait_for_receipts(page)
    expect(page.locator("[data-step]:not(.done)")).to_have_count(0)


def grade(trainer: Visitor, language: str, found: str) -> None:
    """Both answers that wait for a person, from the queue."""
    page = trainer.page
    page.goto(f"/{language}/grading/")
    trainer.axe()
    press(page, f"form:has(input[value='{found}']) button")
    for _ in range(2):
        trainer.axe()
        grade_by_keyboard(page)
    expect(page).to_have_url(f"{trainer.server.url}/{language}/grading/")
    expect(page.locator(f"form:has(input[value='{found}'])")).to_have_count(0)


def read_result(learner: Visitor, language: str) -> None:
    """She is told that it is graded, and reads what it is worth and what was wrong."""
    page = learner.page
    page.goto(f"/{language}/")
    learner.axe()
    press(page, ".notice-new button")
    expect(page).to_have_url(re.compile("/result"))
    expect(page.locator("main")).to_contain_text(Formatter(language).score(FULL - 1, FULL))
    expect(page.locator("main .badge-expired")).to_have_count(1)
    expect(page.get_by_text("آفرین")).to_have_count(2)
    learner.axe()


def analyse(trainer: Visitor, module: str, language: str) -> None:
    """The quiz and its first question in figures, counted now if the worker has not been there."""
    page = trainer.page
    page.goto(f"{module}statistics/")
    trainer.axe()
    press(page, "main .modules a")
    if page.locator("form.flash button").count():
        press(page, "form.flash button")
    one = Formatter(language).number(1)
    expect(page.locator("main .figures dd").first).to_have_text(one)
    expect(page.locator("section:has(> #questions) tbody tr")).to_have_count(len(ASKED) - 1)
    trainer.axe()
    press(page, "section:has(> #questions) tbody th a")
    said = ASKED[0]["text"][language]["options"]["a"]
    chosen = page.locator("section:has(> #answers) tbody tr").filter(has_text=said)
    expect(chosen.locator("td").first).to_contain_text(one)
    expect(page.locator("section:has(> #answers) .badge-certified")).to_have_count(1)
    trainer.axe()


def test_every_type_of_question_is_there() -> None:
    assert {question["type"] for question in ASKED} == {kind.key for kind in CORE_TYPES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_first_word_to_the_figures(visit: Any, language: str) -> None:
    trainer, learner = visit(viewport=DESK), visit()
    sign_in(trainer, language, "trainer")
    choose_language(trainer, language)
    module = begin_module(trainer, language)
    write_lesson(trainer, module, 1)
    write_quiz(trainer, module, language)
    publish_whole(trainer, module)
    sign_in(learner, language, LEARNERS[language])
    found = take(learner, language)
    grade(trainer, language, found)
    read_result(learner, language)
    analyse(trainer, module, language)
