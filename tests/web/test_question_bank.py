"""The question bank: folders, search in any spelling, tags, where a question is used, near duplicates, taking over."""

import pytest
from sqlalchemy import select

from lms.authoring.drafts.banks import find_bank, folders_of
from lms.authoring.drafts.items import content_of
from lms.db import db
from lms.training.models import DraftItem, DraftPart, Module
from tests.conftest import LANGUAGES
from tests.factories import make_network
from tests.page import PageClient
from tests.queries import counted_statements
from tests.sent_forms import form_in
from tests.studio import Studio, make_trainer, reloaded


@pytest.fixture
def studio(client: PageClient) -> Studio:
    return Studio(client.sign_in(make_trainer()), "fa")


def begin(studio: Studio, *folders: str) -> str:
    """Begin the site's bank with folders; gives its address."""
    studio.client.get(studio.at("banks/"))
    address: str = studio.client.post(studio.at("banks/"), {"owner": "site"}).headers["Location"]
    for name in folders:
        studio.client.post(address, {"do": "folder", "name": name})
    return address


def bank() -> Module:
    found = find_bank(None)
    assert found
    return found


def ask(studio: Studio, part: DraftPart, prompt: str, tags: str = "") -> DraftItem:
    item = studio.add_item(part, "single_choice")
    studio.answer(item, {"q.prompt.fa": prompt, "tags": tags}, ["fa"])
    return item


@pytest.mark.parametrize("language", LANGUAGES)
def test_begun_filled_and_searched(client: PageClient, language: str) -> None:
    studio = Studio(client.sign_in(make_trainer()), language)
    address = begin(studio, "پایه", "پیشرفته")
    first, second = folders_of(bank())
    ask(studio, first, "شبکه‌سازی چیست؟", "شبکه")
    ask(studio, second, "اتحادیه چه فرقی با مجمع دارد؟", "نهاد, شبکه")
    page = client.get(address).text
    assert page.count('name="item"') == 2
    for words in ("شبكه سازي", "شبکهسازی", "شبکه‌سازی"):
        assert client.get(f"{address}?q={words}").text.count('name="item"') == 1, words
    assert client.get(f"{address}?tag=نهاد").text.count('name="item"') == 1
    assert client.get(f"{address}?folder={first.public_id}").text.count('name="item"') == 1
    assert client.get(f"{address}?q=هیچ").text.count('name="item"') == 0
    assert client.get(studio.address(first)).text.count("single_choice")


def test_moved_tagged_and_deleted(studio: Studio) -> None:
    address = begin(studio, "یک", "دو")
    first, second = folders_of(bank())
    item = ask(studio, first, "شبکه چیست و چه می‌کند؟")
    studio.client.post(address, {"do": "move", "folder": second.public_id}, 422)
    studio.client.post(address, {"do": "move", "folder": second.public_id, "item": item.public_id})
    assert reloaded(item).part_id == second.id
    studio.client.post(address, {"do": "tag", "tags": "شبکه، نهاد", "item": item.public_id})
    assert reloaded(item).settings["tags"] == ["شبکه", "نهاد"]
    studio.client.post(address, {"do": f"drop:{second.public_id}"}, 422)
    studio.client.post(address, {"do": f"drop:{first.public_id}"})
    studio.client.post(address, {"do": "remove", "item": item.public_id})
    assert reloaded(item).removed_at
    assert [part.id for part in folders_of(bank())] == [second.id]


def test_taken_into_a_quiz_and_followed(studio: Studio) -> None:
    address = begin(studio, "پایه")
    original = ask(studio, folders_of(bank())[0], "شبکه چیست و چه می‌کند؟", "شبکه")
    quiz = studio.add_part(studio.new_module(), "quiz")
    pick = studio.at(f"parts/{quiz.public_id}/bank")
    assert "شبکه چیست" in studio.client.get(f"{pick}?tag=شبکه").text
    studio.client.post(pick, {"do": "take"}, 422)
    studio.client.post(pick, {"do": "take", "item": original.public_id})
    studio.client.post(pick, {"do": "take", "item": original.public_id}, 422)
    (copied,) = content_of(quiz)
    assert (copied.origin_id, copied.settings["tags"]) == (original.id, ["شبکه"])
    assert f"parts/{quiz.public_id}/" in studio.client.get(address).text
    studio.answer(original, {"q.prompt.fa": "شبکه یعنی چه؟"}, ["fa"])
    editor = studio.at(f"questions/{copied.public_id}/")
    assert f"questions/{copied.public_id}/bank" in studio.client.get(editor).text
    studio.client.post(f"{editor}bank")
    db.session.expire_all()
    assert copied.texts[0].body["prompt"] == "شبکه یعنی چه؟"
    assert f"questions/{copied.public_id}/bank" not in studio.client.get(editor).text


def test_a_quiz_is_put_into_the_bank(studio: Studio) -> None:
    quiz = studio.write_quiz(studio.new_module(), {"fa": "آزمون"}, {"fa": "کدام؟"})
    pick = studio.at(f"parts/{quiz.public_id}/bank")
    studio.client.post(pick, {"do": "keep"})
    (kept,) = content_of(folders_of(bank())[0])
    assert content_of(quiz)[0].origin_id == kept.id
    studio.client.post(pick, {"do": "keep"}, 422)


def test_near_duplicates_are_found(studio: Studio) -> None:
    address = begin(studio, "پایه")
    (folder,) = folders_of(bank())
    for prompt in ("شبکه‌سازی یعنی چه و چرا؟", "شبكه سازي يعني چه و چرا", "چند سازمان عضو اتحادیه‌اند؟"):
        ask(studio, folder, prompt)
    alike = studio.client.get(f"{address}?alike=1").text.split('id="alike"')[1].split("</section>")[0]
    assert alike.count("<li>") == 1
    assert "اتحادیه" not in alike


def test_a_bank_is_no_module(studio: Studio) -> None:
    begin(studio)
    public_id = bank().public_id
    assert studio.client.get(studio.at(f"m/{public_id}/"), 303).headers["Location"].endswith(f"banks/{public_id}/")
    studio.client.get(studio.at(f"m/{public_id}/publish"), 404)
    assert public_id not in studio.client.get(studio.at("")).text.replace(f"banks/{public_id}", "")


def test_another_networks_bank_is_not_there(client: PageClient) -> None:
    mine, theirs = make_network(), make_network()
    studio = Studio(client.sign_in(make_trainer(theirs)), "fa")
    address = client.post(studio.at("banks/"), {"owner": str(theirs.id)}).headers["Location"]
    client.post(address, {"do": "folder", "name": "آنان"})
    item = ask(studio, db.session.scalars(select(DraftPart).order_by(DraftPart.id.desc())).first() or DraftPart(), "؟")
    client.sign_in(make_trainer(mine))
    client.get(address, 404)
    client.post(studio.at("banks/"), {"owner": str(theirs.id)}, 400)
    quiz = studio.add_part(studio.new_module(owner=str(mine.id)), "quiz")
    pick = studio.at(f"parts/{quiz.public_id}/bank")
    client.post(pick, {"do": "take", "item": item.public_id}, 422)
    assert not content_of(quiz)


def test_statements_do_not_grow_with_questions(studio: Studio) -> None:
    address = begin(studio, "پایه")
    (folder,) = folders_of(bank())
    for n in range(2):
        ask(studio, folder, f"پرسش شمارهٔ {n} چیست؟")
    with counted_statements() as few:
        studio.client.get(address)
    for n in range(4):
        ask(studio, folder, f"پرسش دیگر شمارهٔ {n} کدام است؟")
    with counted_statements() as many:
        studio.client.get(address)
    assert len(many) == len(few)
    assert form_in(studio.client.get(address).text, "")
