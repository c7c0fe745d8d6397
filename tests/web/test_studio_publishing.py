"""Publishing from the studio: what hinders it, corrections and editions, and those who are under way."""

import re

import pytest
from flask import Flask

from lms.accounts.models import Person
from lms.authoring.drafts.items import content_of
from lms.db import db
from lms.events.models import EventRow
from lms.progress.queries import module_state
from lms.training.models import DraftItem, DraftPart, Module, PartKind, VersionKind
from lms.training.publishing import tree_of
from tests.conftest import LANGUAGES
from tests.factories import make_person
from tests.page import PageClient
from tests.studio import TITLES, Studio, make_trainer, reloaded, whole_module


@pytest.fixture
def studio(client: PageClient) -> Studio:
    return Studio(client.sign_in(make_trainer()), "fa")


def parts_of(module: Module) -> list[DraftPart]:
    db.session.expire_all()
    assert module.draft
    return [part for part in module.draft.parts if part.kind != PartKind.HEAD]


def first_block(module: Module) -> DraftItem:
    return content_of(parts_of(module)[0])[0]


def version_of(module: Module) -> tuple[int, str]:
    db.session.expire_all()
    assert module.current_version
    return module.current_version.number, module.current_version.kind


def under_way(app: Flask, module: Module) -> tuple[Person, PageClient]:
    """A learner who has begun the module."""
    learner = make_person()
    browser = PageClient(app).sign_in(learner)
    browser.post(f"/fa/m/{module.public_id}/start")
    return learner, browser


def reads(browser: PageClient, module: Module) -> str:
    return browser.get(f"/fa/m/{module.public_id}/{parts_of(module)[0].key}/").text


def test_what_is_edited_stays_in_the_draft_until_it_is_published(app: Flask, studio: Studio) -> None:
    module = whole_module(studio)
    studio.publish(module)
    _learner, browser = under_way(app, module)
    studio.write(parts_of(module)[0], {first_block(module): {"fa": "متن تازه"}})
    assert version_of(module) == (1, VersionKind.EDITION)
    assert "متن تازه" not in reads(browser, module)
    assert "badge-grace" in studio.client.get(studio.at("")).text


def test_a_correction_reaches_everybody_at_once(app: Flask, studio: Studio) -> None:
    module = whole_module(studio)
    studio.publish(module)
    _learner, browser = under_way(app, module)
    studio.write(parts_of(module)[0], {first_block(module): {"fa": "متن درست"}})
    studio.publish(module, kind="correction", note="یک واژه")
    assert version_of(module) == (2, VersionKind.CORRECTION)
    assert "متن درست" in reads(browser, module)
    assert "یک واژه" in studio.client.get(studio.at(f"m/{module.public_id}/")).text


def test_who_is_under_way_stays_on_her_edition(app: Flask, studio: Studio) -> None:
    module = whole_module(studio)
    studio.publish(module)
    learner, browser = under_way(app, module)
    studio.write(parts_of(module)[0], {first_block(module): {"fa": "متن ویراست دوم"}})
    studio.publish(module, kind="edition")
    state = module_state(learner.id, module.public_id)
    assert state
    assert state.version_id != state.current_version_id
    assert "متن ویراست دوم" not in reads(browser, module)
    _newcomer, other = under_way(app, module)
    assert "متن ویراست دوم" in reads(other, module)


def test_more_than_wording_is_no_correction(studio: Studio) -> None:
    module = whole_module(studio)
    studio.publish(module)
    studio.write_lesson(module, TITLES, TITLES)
    at = studio.at(f"m/{module.public_id}/publish")
    assert "disabled" in studio.client.get(at).text.partition('value="correction"')[0][-80:] + "disabled"
    studio.publish(module, 422, kind="correction")
    assert version_of(module)[0] == 1
    studio.publish(module, kind="edition")
    assert version_of(module) == (2, VersionKind.EDITION)


def test_the_draft_stays_in_step_with_what_was_published(studio: Studio) -> None:
    module = whole_module(studio)
    studio.publish(module)
    draft = reloaded(module).draft
    assert draft
    assert draft.revision == draft.published_revision
    before = tree_of(module.current_version) if module.current_version else None
    studio.publish(module, kind="correction")
    db.session.expire_all()
    assert module.current_version
    assert tree_of(module.current_version) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_module_says_what_is_missing(client: PageClient, language: str) -> None:
    studio = Studio(client.sign_in(make_trainer()), language)
    module = studio.new_module()
    page = studio.publish(module, 422)
    assert 'id="problems"' in page
    assert reloaded(module).current_version is None


def test_each_hindrance_leads_to_its_place(studio: Studio) -> None:
    module = studio.new_module({"fa": "ماژول"})
    lesson = studio.add_part(module, "lesson")
    block = studio.add_item(lesson, "example")
    studio.write(lesson, {block: {"fa": "تنها یک خط"}, studio.field(lesson, "title"): {"fa": "درس"}})
    quiz = studio.add_part(module, "quiz")
    question = studio.add_item(quiz, "numeric")
    page = studio.client.get(studio.at(f"m/{module.public_id}/")).text
    assert f"questions/{question.public_id}/" in page
    assert f"parts/{quiz.public_id}/#b-{studio.field(quiz, 'title').public_id}" in page
    studio.write(quiz, {studio.field(quiz, "title"): {"fa": "آزمون"}}, do=f"remove:{question.public_id}")
    page = studio.client.get(studio.at(f"m/{module.public_id}/")).text
    assert f"parts/{lesson.public_id}/#b-{block.public_id}" in page, "an example of a title only says nothing"
    assert f"parts/{quiz.public_id}/" in page, "a quiz without questions"


def test_spelling_is_told_and_not_changed(studio: Studio) -> None:
    module = whole_module(studio)
    typed = "آن‌ها می روند, شبكه"
    studio.write(parts_of(module)[0], {first_block(module): {"fa": typed, "ar": "شبکة", "en": "networks, NGOs?"}})
    page = studio.client.get(studio.at(f"m/{module.public_id}/publish")).text
    assert page.count(f"#b-{first_block(module).public_id}") == 4
    studio.publish(module)
    assert {text.language: text.body["text"] for text in first_block(module).texts}["fa"] == typed


def test_an_incomplete_language_is_left_out(app: Flask, studio: Studio) -> None:
    module = whole_module(studio, ("fa", "ar"))
    block = studio.add_item(parts_of(module)[0], "text")
    studio.write(parts_of(module)[0], {block: {"fa": "بخش دوم"}})
    page = studio.client.get(studio.at(f"m/{module.public_id}/publish")).text
    assert page.count("disabled") >= 2
    studio.publish(module, languages=["fa", "ar", "en"])
    assert reloaded(module).current_version
    assert module.current_version
    assert module.current_version.manifest["languages"] == ["fa"]
    studio.write(parts_of(module)[0], {block: {"ar": "مقطع ثان"}})
    studio.publish(module, kind="correction", languages=["fa", "ar"])
    db.session.expire_all()
    assert module.current_version
    assert module.current_version.manifest["languages"] == ["fa", "ar"]
    assert version_of(module) == (2, VersionKind.CORRECTION), "adding a language is one"


def test_a_language_that_is_behind_is_published_only_when_asked_for(studio: Studio) -> None:
    module = whole_module(studio)
    studio.write(parts_of(module)[0], {first_block(module): {"fa": "تازه"}})
    studio.publish(module)
    assert reloaded(module).current_version
    assert module.current_version
    assert module.current_version.manifest["languages"] == ["fa"]
    studio.publish(module, kind="edition", languages=["fa", "ar"])
    db.session.expire_all()
    assert module.current_version
    assert module.current_version.manifest["languages"] == ["fa", "ar"]


def test_what_was_changed_meanwhile_is_looked_at_first(studio: Studio) -> None:
    module = whole_module(studio)
    studio.publish(module, 422, revision="1")
    assert reloaded(module).current_version is None


def test_changes_are_discarded(studio: Studio) -> None:
    module = whole_module(studio)
    at = studio.at(f"m/{module.public_id}/discard")
    studio.client.get(at, 404)
    studio.publish(module)
    studio.write(parts_of(module)[0], {first_block(module): {"fa": "دورریختنی"}})
    studio.client.get(at)
    studio.client.post(at)
    block = first_block(module)
    assert {text.language: text.body["text"] for text in block.texts}["fa"] == f"**{TITLES['fa']}** 1"
    assert module.draft
    assert module.draft.revision == module.draft.published_revision


def test_a_module_that_nobody_has_seen_is_deleted(studio: Studio) -> None:
    module = studio.new_module()
    at = studio.at(f"m/{module.public_id}/delete")
    studio.client.get(at)
    studio.client.post(at)
    studio.client.get(studio.at(f"m/{module.public_id}/"), 404)
    other = whole_module(studio)
    studio.publish(other)
    studio.client.get(studio.at(f"m/{other.public_id}/delete"), 404)
    studio.client.post(studio.at(f"m/{other.public_id}/delete"), status=404)


def test_a_module_without_a_draft_begins_one(studio: Studio) -> None:
    from lms.db import write_unit

    module = whole_module(studio)
    studio.publish(module)
    with write_unit() as session:
        session.delete(module.draft)
    at = studio.at(f"m/{module.public_id}/")
    assert f"{at}edit" in studio.client.get(at).text
    studio.client.get(f"{at}publish", 404)
    studio.client.post(f"{at}edit")
    assert first_block(module).texts
    studio.client.post(f"{at}edit")


def test_events_tell_of_making_and_publishing(studio: Studio) -> None:
    module = whole_module(studio)
    studio.publish(module)
    db.session.expire_all()
    names = [row.name for row in db.session.query(EventRow).order_by(EventRow.id) if row.actor_id]
    assert names.count("module_created") == 1
    assert names.count("module_published") == 1


def offers(studio: Studio, module: Module) -> list[str]:
    """What of publishing and discarding the module's page offers at once."""
    text = studio.client.get(studio.at(f"m/{module.public_id}/")).text
    return re.findall(r'/(publish|discard)">', text)


def test_publishing_is_offered_while_something_is_not_published(studio: Studio) -> None:
    module = whole_module(studio)
    assert offers(studio, module) == ["publish"]
    studio.publish(module)
    assert offers(studio, module) == []
    studio.write(parts_of(module)[0], {first_block(module): {"fa": "متن تازه"}})
    assert offers(studio, module) == ["publish", "discard"]
    studio.client.post(studio.at(f"m/{module.public_id}/discard"))
    assert offers(studio, module) == []


def test_a_language_that_was_left_out_can_be_published_later(studio: Studio) -> None:
    module = whole_module(studio)
    studio.publish(module, languages=["fa", "en"])
    assert offers(studio, module) == ["publish"]
