"""Draws from the question bank: written in the studio, pinned by publishing, carried by packages, tried and taken."""

import io

import pytest
from sqlalchemy import select

from lms.authoring.drafts.banks import find_bank, folders_of
from lms.authoring.drafts.items import content_of
from lms.db import db
from lms.quizzes.models import Question, QuizVersion
from lms.training.models import DraftPart, Module, VersionKind
from tests.conftest import LANGUAGES
from tests.factories import make_network, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.quizzes import begin
from tests.studio import TITLES, Studio, make_trainer, reloaded


@pytest.fixture
def studio(client: PageClient) -> Studio:
    return Studio(client.sign_in(make_trainer()), "en")


def begin_bank(studio: Studio, *folders: str, owner: str = "site") -> str:
    """Begin a bank with folders; gives its address."""
    studio.client.get(studio.at("banks/"))
    address: str = studio.client.post(studio.at("banks/"), {"owner": owner}).headers["Location"]
    for name in folders:
        studio.client.post(address, {"do": "folder", "name": name})
    return address


def folder(number: int = 0, network_id: int | None = None) -> DraftPart:
    found = find_bank(network_id)
    assert found
    return folders_of(found)[number]


def fill(studio: Studio, part: DraftPart, count: int, tags: str = "", codes: tuple[str, ...] = LANGUAGES) -> None:
    """Write questions into a folder."""
    there = len(content_of(part))
    for n in range(there, there + count):
        item = studio.add_item(part, "single_choice")
        said = {f"q.prompt.{code}": f"Bank question {n} {code}" for code in codes}
        studio.answer(item, {**said, "tags": tags}, [*codes])


def draw(
    studio: Studio, quiz: DraftPart, count: str, status: int = 303, *, key: str = "", of: str = "", tag: str = ""
) -> None:
    """Set one draw; `of`: a folder's key."""
    rule = {"pools-id": key, "pools-folder": of, "pools-tag": tag, "pools-count": count}
    studio.client.post(studio.address(quiz), {**studio.fields(quiz), **rule, "do": "save"}, status)


def draw_several(studio: Studio, quiz: DraftPart, *rules: tuple[str, str, str]) -> None:
    """Set several draws: folder, tag, number."""
    columns = dict(zip(("pools-folder", "pools-tag", "pools-count"), map(list, zip(*rules, strict=True)), strict=True))
    fields = {**studio.fields(quiz), "pools-id": [""] * len(rules), **columns, "do": "save"}
    studio.client.post(studio.address(quiz), fields)


@pytest.fixture
def quiz(studio: Studio) -> DraftPart:
    """A quiz with a title and no question of its own, in a module of its own."""
    part = studio.add_part(studio.new_module(), "quiz")
    studio.write(part, {studio.field(part, "title"): TITLES})
    return part


def published(module: Module) -> QuizVersion:
    return db.session.scalars(
        select(QuizVersion).where(QuizVersion.module_version_id == reloaded(module).current_version_id)
    ).one()


def prompts(stored: QuizVersion) -> list[str]:
    return [pinned.question_version.text["en"]["prompt"] for pinned in stored.questions]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draw_is_written_shown_and_ended(client: PageClient, quiz: DraftPart, language: str) -> None:
    studio = Studio(client, language)
    assert "studio/banks/" in client.get(studio.address(quiz)).text
    begin_bank(studio, "پایه", "پیشرفته")
    fill(studio, folder(), 3, "شبکه")
    fill(studio, folder(), 1, codes=("fa",))
    draw(studio, quiz, "۲", of=folder().key, tag=" شبكه ")
    (rule,) = reloaded(quiz).settings["pools"]
    assert {**rule, "id": ""} == {"id": "", "count": 2, "folder": folder().key, "tag": "شبكه"}
    page = client.get(studio.address(quiz)).text
    assert page.count('name="pools-count"') == 2
    assert "پیشرفته" in page
    draw(studio, quiz, "2", key=rule["id"])
    page = client.get(studio.address(quiz)).text.split('id="pools"')[1]
    unfinished = content_of(folder())[-1]
    assert page.split("</fieldset>")[0].count("/studio/questions/") == 1, "the one that is not whole, with its link"
    assert f"/studio/questions/{unfinished.public_id}/" in page
    draw(studio, quiz, "many", 422, key=rule["id"])
    assert reloaded(quiz).settings["pools"] == [{"id": rule["id"], "count": 2}]
    draw(studio, quiz, "", key=rule["id"])
    assert "pools" not in reloaded(quiz).settings


def test_publishing_pins_the_pool_and_an_attempt_draws_from_it(studio: Studio, quiz: DraftPart) -> None:
    begin_bank(studio, "Basics", "More")
    fill(studio, folder(), 4)
    fill(studio, folder(), 1, codes=("en",))
    fill(studio, folder(1), 2)
    draw(studio, quiz, "3", of=folder().key)
    module = quiz.draft.module
    assert "Bank question 4 en" in studio.client.get(studio.at(f"m/{module.public_id}/publish")).text, "left out"
    studio.publish(module)
    stored = published(module)
    assert prompts(stored) == [f"Bank question {n} en" for n in range(4)], "without the one that lacks two languages"
    assert {pinned.pool for pinned in stored.questions} == {reloaded(quiz).settings["pools"][0]["id"]}
    attempt = begin(stored, make_person())
    assert len(attempt.questions) == 3
    assert attempt.max_mark == 3


def test_a_draw_of_more_than_the_pool_has_hinders_publishing(studio: Studio, quiz: DraftPart) -> None:
    begin_bank(studio, "Basics")
    fill(studio, folder(), 2)
    draw(studio, quiz, "3", of=folder().key)
    module = quiz.draft.module
    page = studio.publish(module, 422)
    assert f"{studio.address(quiz)}#pools" in page
    persian = studio.client.get(f"/fa/studio/m/{module.public_id}/publish").text
    assert "قرار است ۳ پرسش از بانک به قرعه برداشته شود" in persian
    assert f"{studio.address(quiz)}#pools" in studio.client.get(studio.at(f"m/{module.public_id}/")).text
    fill(studio, folder(), 1)
    studio.publish(module)


def test_what_changes_in_the_bank_is_said_and_taken_along(studio: Studio, quiz: DraftPart) -> None:
    begin_bank(studio, "Basics")
    fill(studio, folder(), 3)
    draw(studio, quiz, "1", of=folder().key)
    module = quiz.draft.module
    studio.publish(module)
    before = published(module)
    pages = [studio.address(quiz), studio.at(f"m/{module.public_id}/")]
    assert all("The bank has changed" not in studio.client.get(page).text for page in pages)
    first, second, _third = content_of(folder())
    studio.answer(first, {"q.prompt.en": "Said better"}, [])
    assert all("The bank has changed" in studio.client.get(page).text for page in pages)
    studio.publish(module)
    after = published(module)
    assert after.module_version.kind == VersionKind.CORRECTION, "a wording only"
    assert prompts(after)[0] == "Said better"
    same = [[pinned.question_version.question_id for pinned in stored.questions] for stored in (before, after)]
    assert same[0] == same[1], "a question of the bank stays the same question"
    assert all("The bank has changed" not in studio.client.get(page).text for page in pages)
    bank = studio.at(f"banks/{folder().draft.module.public_id}/")
    studio.client.post(bank, {"do": "remove", "item": second.public_id})
    fill(studio, folder(), 2)
    assert "new 2, changed 0, gone 1" in studio.client.get(pages[0]).text
    studio.publish(module)
    assert published(module).module_version.kind == VersionKind.EDITION
    assert len(db.session.scalars(select(Question).where(Question.module_id == module.id)).all()) == 5


def test_a_question_is_in_one_pool_and_not_beside_its_own_copy(studio: Studio, quiz: DraftPart) -> None:
    begin_bank(studio, "Basics", "More")
    fill(studio, folder(), 2, "x")
    fill(studio, folder(1), 2, "x")
    copied = content_of(folder())[0]
    studio.client.post(studio.at(f"parts/{quiz.public_id}/bank"), {"do": "take", "item": copied.public_id})
    draw_several(studio, quiz, (folder().key, "", "1"), ("", "X", "1"))
    studio.publish(quiz.draft.module)
    stored = published(quiz.draft.module)
    first, second = reloaded(quiz).settings["pools"]
    assert [pinned.pool for pinned in stored.questions] == [None, first["id"], second["id"], second["id"]]
    assert len({pinned.question_version_id for pinned in stored.questions}) == 4


def test_a_trial_draws_too(studio: Studio, quiz: DraftPart) -> None:
    begin_bank(studio, "Basics")
    fill(studio, folder(), 6)
    draw(studio, quiz, "2", of=folder().key)
    address = studio.at(f"parts/{quiz.public_id}/preview?as=en")
    pages = [studio.client.get(address).text for _ in range(8)]
    assert {page.count("Bank question") for page in pages} == {2}
    assert len({tuple(n for n in range(6) if f"question {n} en" in page) for page in pages}) > 1
    seed = pages[0].split('name="seed" value="')[1].split('"')[0]
    result = studio.client.post(address, {"seed": seed, "q1.answer": "a", "q2.answer": "a"}, 200).text
    for n in range(6):
        assert (f"Bank question {n} en" in result) == (f"Bank question {n} en" in pages[0])


def brought(studio: Studio, body: bytes, owner: str) -> Module:
    studio.client.get(studio.at("packages/new"))
    fields = {"file": (io.BytesIO(body), "module.zip"), "owner": owner}
    studio.client.post(studio.at("packages/new"), fields, content_type="multipart/form-data")
    newest = select(Module).where(Module.bank.is_(False)).order_by(Module.id.desc())
    return db.session.scalars(newest).first() or Module()


def test_a_package_brings_its_pools_into_the_bank_of_its_new_owner(client: PageClient, studio: Studio) -> None:
    quiz = studio.add_part(studio.new_module(), "quiz")
    studio.write(quiz, {studio.field(quiz, "title"): TITLES})
    begin_bank(studio, "Basics")
    fill(studio, folder(), 3)
    draw(studio, quiz, "2", of=folder().key)
    module = quiz.draft.module
    studio.publish(module)
    body = client.get(studio.at(f"m/{module.public_id}/package")).get_data()
    at_home = brought(studio, body, "site")
    assert len(content_of(folder())) == 3, "the bank has them"
    studio.publish(at_home)
    assert prompts(published(at_home)) == prompts(published(module))
    network = make_network()
    abroad = Studio(client.sign_in(make_trainer(network)), "en")
    copy = brought(abroad, body, str(network.id))
    theirs = folder(network_id=network.id)
    assert [item.key for item in content_of(theirs)] == [item.key for item in content_of(folder())]
    abroad.publish(copy)
    assert prompts(published(copy)) == prompts(published(module))
    assert len(brought(abroad, body, str(network.id)).versions) == 0
    assert len(content_of(theirs)) == 3, "brought twice, there once"


def test_discarding_and_duplicating_keep_the_draw(studio: Studio, quiz: DraftPart) -> None:
    begin_bank(studio, "Basics")
    fill(studio, folder(), 2)
    draw(studio, quiz, "1", of=folder().key)
    module = quiz.draft.module
    studio.publish(module)
    studio.client.post(studio.at(f"m/{module.public_id}/discard"))
    studio.publish(module)
    assert len(prompts(published(module))) == 2
    studio.client.post(studio.at(f"m/{module.public_id}/duplicate"))
    twin = db.session.scalars(select(Module).order_by(Module.id.desc())).first() or Module()
    studio.publish(twin)
    assert len(prompts(published(twin))) == 2
    assert len(content_of(folder())) == 2


def test_the_bank_says_who_draws_from_it(studio: Studio, quiz: DraftPart) -> None:
    address = begin_bank(studio, "Basics")
    fill(studio, folder(), 1)
    assert studio.address(quiz) not in studio.client.get(address).text
    assert "Not used yet" in studio.client.get(address).text
    draw(studio, quiz, "1", of=folder().key)
    page = studio.client.get(address).text
    assert f"{studio.address(quiz)}#pools" in page
    assert ("Drawn by quizzes" in page, "Not used yet" in page) == (True, False)
    draw(studio, quiz, "1", key=reloaded(quiz).settings["pools"][0]["id"], of=folder().key, tag="other")
    assert "Not used yet" in studio.client.get(address).text


def test_a_network_draws_from_its_own_bank_only(client: PageClient) -> None:
    studio = Studio(client.sign_in(make_trainer()), "en")
    begin_bank(studio, "Theirs")
    fill(studio, folder(), 2)
    key, network = folder().key, make_network()
    mine = Studio(client.sign_in(make_trainer(network)), "en")
    quiz = mine.add_part(mine.new_module(owner=str(network.id)), "quiz")
    mine.write(quiz, {mine.field(quiz, "title"): TITLES})
    draw(mine, quiz, "1", of=key)
    assert "Theirs" not in client.get(mine.address(quiz)).text
    mine.publish(quiz.draft.module, 422)


def test_statements_do_not_grow_with_the_pool(studio: Studio, quiz: DraftPart) -> None:
    begin_bank(studio, "Basics", "More")
    fill(studio, folder(), 2, "x")
    draw(studio, quiz, "1")
    module = quiz.draft.module
    studio.publish(module)
    places = [studio.address(quiz), studio.at(f"m/{module.public_id}/"), studio.at(f"m/{module.public_id}/publish")]
    places += [studio.at(f"banks/{folder().draft.module.public_id}/"), studio.at(f"parts/{quiz.public_id}/preview")]

    def statements() -> list[int]:
        counts = []
        for place in places:
            db.session.expire_all()
            with counted_statements() as found:
                studio.client.get(place)
            counts.append(len(found))
        return counts

    few = statements()
    fill(studio, folder(1), 4, "y")
    draw_several(studio, quiz, (folder().key, "", "1"), (folder(1).key, "", "2"))
    assert statements() == few
