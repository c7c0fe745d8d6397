"""Copies and places: blocks, lessons, quizzes and modules once more; moved to where they are dropped."""

import pytest

from lms.authoring.drafts.items import content_of
from lms.authoring.drafts.parts import sequence_of
from lms.authoring.pairs import states_of
from lms.authoring.queries import modules_to_edit
from lms.db import db
from lms.organizations.queries import actor_of
from lms.training.media import media_of
from lms.training.models import Module, PartKind
from tests.media import keep_picture
from tests.page import PageClient
from tests.studio import TITLES, Studio, make_trainer, reloaded, whole_module


@pytest.fixture
def studio(client: PageClient) -> Studio:
    return Studio(client.sign_in(make_trainer()), "en")


def sequence(module: Module) -> list[str]:
    db.session.expire_all()
    assert module.draft
    return [part.key for part in sequence_of(module.draft)]


def test_a_block_is_duplicated_behind_itself(studio: Studio) -> None:
    part = studio.write_lesson(studio.new_module(), TITLES, TITLES)
    block = content_of(part)[0]
    studio.write(part, {block: {"fa": "تازه"}})
    studio.add_item(part, "heading")
    studio.write(part, {}, do=f"copy:{block.public_id}")
    db.session.expire_all()
    first, twin, last = content_of(part)
    assert (first.kind, twin.kind, last.kind) == ("text", "text", "heading")
    assert first.key != twin.key
    assert {text.language: text.body for text in twin.texts} == {text.language: text.body for text in first.texts}
    assert states_of(twin, "fa") == states_of(first, "fa")


def test_a_lesson_and_a_quiz_are_duplicated_and_can_be_published(studio: Studio) -> None:
    module = whole_module(studio)
    assert module.draft
    for part in sequence_of(module.draft)[1:]:
        studio.client.post(studio.at(f"m/{module.public_id}/parts"), {"do": f"copy:{part.public_id}"})
    keys = sequence(module)
    assert len(keys) == len(set(keys)) == 5
    titles = [part.items[0].texts for part in sequence_of(module.draft)]
    assert {text.body["text"] for text in titles[2]} >= {"Meeting others 2 (copy)", "دیدار با دیگران 2 (رونوشت)"}
    studio.publish(module)
    assert reloaded(module).current_version is not None


def test_a_module_is_duplicated_with_its_files(studio: Studio, client: PageClient) -> None:
    module = whole_module(studio)
    keep_picture(module)
    client.post(studio.at(f"m/{module.public_id}/duplicate"))
    twin = db.session.query(Module).order_by(Module.id.desc()).first()
    assert twin is not None
    assert twin.id != module.id
    assert sequence(twin) == sequence(module)
    assert media_of(twin).keys() == media_of(module).keys()
    assert twin.titles["en"] == f"{module.titles['en']} (copy)"
    studio.publish(twin)
    assert reloaded(twin).current_version is not None


def test_what_is_dropped_stands_where_it_was_dropped(studio: Studio) -> None:
    module = whole_module(studio)
    assert module.draft
    first, second, quiz = sequence_of(module.draft)
    address = studio.at(f"m/{module.public_id}/parts")
    studio.client.post(address, {"do": f"place:{first.public_id}:{quiz.public_id}"})
    assert sequence(module) == [second.key, quiz.key, first.key]
    studio.client.post(address, {"do": f"place:{quiz.public_id}:first"})
    assert sequence(module) == [quiz.key, second.key, first.key]
    lesson = next(part for part in sequence_of(module.draft) if part.kind == PartKind.LESSON)
    one, two = content_of(lesson)[0], studio.add_item(lesson, "note")
    studio.write(lesson, {}, do=f"place:{one.public_id}:{two.public_id}")
    db.session.expire_all()
    assert [row.key for row in content_of(lesson)] == [two.key, one.key]


def test_copies_are_for_the_same_owner(studio: Studio, client: PageClient) -> None:
    module = whole_module(studio)
    stranger = make_trainer()
    client.sign_in(stranger)
    client.post(studio.at(f"m/{module.public_id}/duplicate"))
    twin = db.session.query(Module).order_by(Module.id.desc()).first()
    assert twin is not None
    assert twin.network_id is None
    assert twin.public_id in {row.public_id for row in modules_to_edit(actor_of(stranger.id))}


def test_terms_are_suggested_beside_a_translation_and_hinder_nothing(studio: Studio) -> None:
    module = studio.new_module()
    texts = {"fa": "شبکه‌ها با هم گفتگو می‌کنند", "ar": "تتعاون المنظمات", "en": "Networks hold a dialogue"}
    part = studio.write_lesson(module, TITLES, texts)
    page = studio.client.get(studio.address(part)).text
    assert "2 terms of the glossary are not here" in page
    assert "الحوار" in page
    studio.publish(module)
    assert reloaded(module).current_version is not None
