"""The learner's pages: what is next, reading, going on, resuming, searching."""

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.clock import now
from lms.db import db, write_unit
from lms.formats import Formatter
from lms.learning.queries import parts_of
from lms.progress.models import Enrolment, LessonCompletion, ModuleCompletion
from lms.progress.queries import kits_of, module_state
from lms.progress.services import complete_lesson, enrol
from lms.training.models import Module
from tests.conftest import LANGUAGES
from tests.factories import make_person
from tests.gains import quiz_of
from tests.page import PageClient
from tests.queries import counted_statements
from tests.quizzes import begin


def first_module() -> Module:
    return db.session.scalars(select(Module).where(Module.key == "what-networking-is")).one()


def second_module() -> Module:
    return db.session.scalars(select(Module).where(Module.key == "forms-of-networks")).one()


@pytest.fixture
def learner() -> Person:
    return make_person(language="fa")


@pytest.fixture
def reading(client: PageClient, learner: Person) -> PageClient:
    return client.sign_in(learner)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_names_the_first_module_and_the_locked_one(reading: PageClient, language: str) -> None:
    page = reading.get(f"/{language}/")
    assert first_module().titles[language] in page.text
    assert second_module().titles[language] in page.text
    assert "module-locked" in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_she_starts_reads_and_goes_on(reading: PageClient, learner: Person, language: str) -> None:
    module = first_module()
    entry = reading.post(f"/{language}/m/{module.public_id}/start").headers["Location"]
    assert f"/{language}/quizzes/" in entry
    lesson = f"/{language}/m/{module.public_id}/origin/"
    # The entry quiz may be skipped.
    assert f'href="{lesson}"' in reading.get(entry).text
    assert f'<article class="prose page" lang="{language}"' in reading.get(lesson).text
    following = reading.post(f"{lesson}done").headers["Location"]
    assert following == f"/{language}/m/{module.public_id}/in-social-work/"
    state = module_state(learner.id, module.public_id)
    assert state is not None
    assert (state.lessons_done, state.state) == (1, "now")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_says_how_long_that_takes_where_it_leads(reading: PageClient, learner: Person, language: str) -> None:
    def card() -> str:
        db.session.rollback()
        return reading.get(f"/{language}/").text.split('<section class="card card-now')[1].split("</section>")[0]

    module = first_module()
    state = module_state(learner.id, module.public_id)
    assert state is not None
    entry, lesson = parts_of(state)[:2]
    assert entry.item.before
    assert entry.titles[language] in card()
    assert "i-clock" not in card()
    begin(quiz_of(module, entry.item.before), learner)
    assert lesson.minutes
    assert lesson.titles[language] in card()
    assert f"{Formatter(language).minutes(lesson.minutes)}</span>" in card().split("i-clock")[1]


def test_done_twice_is_done_once(reading: PageClient, learner: Person) -> None:
    address = f"/fa/m/{first_module().public_id}/origin/done"
    reading.post(address)
    reading.post(address)
    facts = db.session.scalars(select(LessonCompletion).where(LessonCompletion.person_id == learner.id)).all()
    assert len(facts) == 1


def test_she_resumes_where_she_was_on_another_device(reading: PageClient, app: object) -> None:
    module = first_module()
    reading.post(f"/fa/m/{module.public_id}/start")
    reading.put(f"/fa/m/{module.public_id}/place", 204, json={"place": "lesson/premises#case"})
    assert f"/fa/m/{module.public_id}/premises/#case" in reading.get("/fa/").text


@pytest.mark.parametrize("sent", [{}, {"place": 3}, {"place": "javascript:"}, [], None])
def test_a_place_that_is_none_is_refused(reading: PageClient, sent: object) -> None:
    reading.put(f"/fa/m/{first_module().public_id}/place", 400, json=sent)


def test_a_locked_module_tells_what_opens_it_and_shows_no_lesson(reading: PageClient) -> None:
    module = second_module()
    assert "module-locked" not in reading.get(f"/fa/m/{module.public_id}/").text
    reading.get(f"/fa/m/{module.public_id}/geography/", status=404)
    reading.post(f"/fa/m/{module.public_id}/start", status=404)


def test_unknown_modules_and_lessons_are_not_found(reading: PageClient) -> None:
    reading.get("/fa/m/nothing/", status=404)
    reading.get(f"/fa/m/{first_module().public_id}/nothing/", status=404)
    reading.post(f"/fa/m/{first_module().public_id}/nothing/done", status=404)


def test_a_module_without_quiz_is_completed_by_its_lessons(app: object, learner: Person) -> None:
    module = first_module()
    with write_unit():
        enrolment = enrol(learner.id, module, now())
        manifest = {**enrolment.version.manifest, "sequence": [{"lesson": "origin"}, {"lesson": "premises"}]}
        enrolment.version.manifest = manifest
    for key in ("origin", "premises", "premises"):
        with write_unit():
            complete_lesson(db.session.get_one(Enrolment, enrolment.id), key, "fa", now())
    completion = db.session.scalars(select(ModuleCompletion).where(ModuleCompletion.person_id == learner.id)).one()
    assert completion.score is None
    assert [kit.done for kit in kits_of(learner.id)] == [1]


@pytest.mark.parametrize(
    ("language", "query"),
    [("fa", "شبكه سازي"), ("fa", "شبکه‌سازی"), ("ar", "منظمات"), ("ar", "التشبيك"), ("en", "networks")],
)
def test_search_finds_and_marks(reading: PageClient, language: str, query: str) -> None:
    page = reading.get(f"/{language}/search", query_string={"q": query})
    assert "<mark>" in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_says_what_opens_a_lesson(reading: PageClient, language: str) -> None:
    page = reading.get(f"/{language}/search", query_string={"q": second_module().titles[language]}).text
    found = page[page.index("<ol") :]
    assert "#i-lock" in found
    assert first_module().titles[language] in found


@pytest.mark.parametrize("query", ["", "زرافه", "<script>alert(1)</script>", "%", "\u202eabc", "x" * 5000])
def test_search_bears_anything(reading: PageClient, query: str) -> None:
    assert "<script>alert" not in reading.get("/fa/search", query_string={"q": query}).text


def test_pages_cost_the_same_however_much_she_has_done(reading: PageClient, learner: Person) -> None:
    module = first_module()
    pages = ("/fa/", f"/fa/m/{module.public_id}/", f"/fa/m/{module.public_id}/origin/")
    reading.post(f"/fa/m/{module.public_id}/start")

    def costs() -> list[int]:
        found = []
        for path in pages:
            with counted_statements() as seen:
                reading.get(path)
            found.append(len(seen))
        return found

    costs()  # what was published is kept in memory from now on
    before = costs()
    for key in ("origin", "in-social-work", "between-ngos"):
        reading.post(f"/fa/m/{module.public_id}/{key}/done")
    assert costs() == before
