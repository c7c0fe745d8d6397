"""The lesson editor: staleness, moves, deleting and restoring, saving by script, two people at once."""

import re

import pytest
from flask import Flask

from lms.authoring.drafts.items import content_of
from lms.authoring.pairs import states_of
from lms.db import db
from lms.formats import LANGUAGES
from lms.training.models import DraftItem, DraftPart, DraftText
from tests.page import PageClient
from tests.sent_forms import form_in
from tests.studio import TITLES, Studio, make_trainer, reloaded

TEXTS = {"fa": "پیش از رأی دو پرسش بپرسید.", "ar": "قبل التصويت سؤالان.", "en": "Ask two questions first."}


@pytest.fixture
def studio(client: PageClient) -> Studio:
    return Studio(client.sign_in(make_trainer()), "en")


@pytest.fixture
def lesson(studio: Studio) -> DraftPart:
    """A lesson of one block, complete in three languages."""
    return studio.write_lesson(studio.new_module(), TITLES, TEXTS)


def block_of(part: DraftPart, number: int = 1) -> DraftItem:
    db.session.expire_all()
    return content_of(part)[number - 1]


def text_of(item: DraftItem, language: str) -> DraftText:
    db.session.expire_all()
    return next(text for text in item.texts if text.language == language)


def states(item: DraftItem) -> str:
    db.session.expire_all()
    return " ".join(f"{code}:{state}" for code, state in states_of(item, "fa").items())


def test_a_changed_source_leaves_the_others_behind(studio: Studio, lesson: DraftPart) -> None:
    block = block_of(lesson)
    assert states(block) == "fa:current ar:current en:current"
    studio.write(lesson, {block: {"fa": TEXTS["fa"].replace("دو", "سه")}})
    assert states(block) == "fa:current ar:stale en:stale"
    page = studio.client.get(studio.address(lesson)).text
    assert "<del>دو</del>" in page
    assert "<ins>سه</ins>" in page
    assert page.count('class="side stale"') == 2


def test_a_translation_catches_up_by_being_changed_or_by_being_marked(studio: Studio, lesson: DraftPart) -> None:
    block = block_of(lesson)
    studio.write(lesson, {block: {"fa": "سه پرسش"}})
    studio.write(lesson, {block: {"ar": "ثلاثة أسئلة"}})
    assert states(block) == "fa:current ar:current en:stale"
    revision = text_of(block, "fa").revision
    studio.write(lesson, {}, do=f"current:{block.public_id}:en:{revision}")
    assert states(block) == "fa:current ar:current en:current"
    assert text_of(block, "en").basis is None


def test_what_is_changed_with_its_source_is_in_step_with_it(studio: Studio, lesson: DraftPart) -> None:
    block = block_of(lesson)
    studio.write(lesson, {block: {"fa": "سه پرسش", "ar": "ثلاثة أسئلة"}})
    assert states(block) == "fa:current ar:current en:stale"


def test_a_mark_over_an_older_source_is_refused(studio: Studio, lesson: DraftPart) -> None:
    block = block_of(lesson)
    studio.write(lesson, {block: {"fa": "سه پرسش"}})
    studio.write(lesson, {}, do=f"current:{block.public_id}:en:1")
    assert states(block) == "fa:current ar:stale en:stale"


def test_the_difference_is_to_the_text_that_was_translated(studio: Studio, lesson: DraftPart) -> None:
    block = block_of(lesson)
    for text in ("سه پرسش", "چهار پرسش"):
        studio.write(lesson, {block: {"fa": text}})
    basis = text_of(block, "ar").basis
    assert basis == {"text": TEXTS["fa"]}


def test_the_first_text_of_the_source_leaves_nobody_behind(studio: Studio) -> None:
    part = studio.write_lesson(studio.new_module(), TITLES, {"ar": TEXTS["ar"]})
    block = block_of(part)
    assert states(block) == "fa:missing ar:current en:missing"
    studio.write(part, {block: {"fa": TEXTS["fa"]}})
    assert states(block) == "fa:current ar:current en:missing"


def test_saving_what_was_not_changed_changes_nothing(studio: Studio, lesson: DraftPart) -> None:
    before = reloaded(lesson.draft).revision
    studio.write(lesson, {})
    assert reloaded(lesson.draft).revision == before


def test_blocks_are_added_moved_deleted_and_restored(studio: Studio, lesson: DraftPart) -> None:
    first = block_of(lesson)
    studio.write(lesson, {}, do=f"add:heading:{first.public_id}")
    second = block_of(lesson, 2)
    studio.write(lesson, {}, do=f"add:note:{first.public_id}")
    assert [block.kind for block in content_of(lesson)] == ["text", "note", "heading"]
    studio.write(lesson, {second: {"fa": "یک عنوان"}}, do=f"up:{second.public_id}")
    db.session.expire_all()
    assert [block.kind for block in content_of(lesson)] == ["text", "heading", "note"]
    studio.write(lesson, {}, do=f"remove:{second.public_id}")
    db.session.expire_all()
    assert [block.kind for block in content_of(lesson)] == ["text", "note"]
    assert "یک عنوان" in studio.client.get(studio.address(lesson)).text
    studio.write(lesson, {}, do=f"restore:{second.public_id}")
    db.session.expire_all()
    assert [block.kind for block in content_of(lesson)] == ["text", "note", "heading"]
    assert text_of(second, "fa").body == {"text": "یک عنوان"}


def test_what_is_typed_is_saved_whatever_button_is_pressed(studio: Studio, lesson: DraftPart) -> None:
    block = block_of(lesson)
    studio.write(lesson, {block: {"en": "Typed first."}}, do=f"add:text:{block.public_id}")
    assert text_of(block, "en").body == {"text": "Typed first."}


def test_only_what_needs_attention(studio: Studio, lesson: DraftPart) -> None:
    block = block_of(lesson)
    studio.add_item(lesson, "note")
    page = studio.client.get(studio.address(lesson) + "?show=attention").text
    assert f"b-{block.public_id}" not in page
    assert f"b-{block_of(lesson, 2).public_id}" in page


def test_parts_are_moved_made_optional_deleted_and_restored(studio: Studio, lesson: DraftPart) -> None:
    module = lesson.draft.module
    quiz = studio.add_part(module, "quiz")
    at = studio.at(f"m/{module.public_id}/parts")
    studio.client.post(at, {"do": f"up:{quiz.public_id}"})
    studio.client.post(at, {"do": f"free:{lesson.public_id}"})
    assert reloaded(quiz).position < reloaded(lesson).position
    assert not lesson.required
    studio.client.get(studio.address(quiz) + "delete")
    studio.client.post(studio.address(quiz) + "delete")
    studio.client.get(studio.address(quiz), 404)
    assert quiz.public_id in studio.client.get(studio.at(f"m/{module.public_id}/")).text
    studio.client.post(at, {"do": f"restore:{quiz.public_id}"})
    studio.client.get(studio.address(quiz))
    assert reloaded(quiz).position > reloaded(lesson).position


def test_rules_are_checked_and_what_was_typed_is_kept(studio: Studio, lesson: DraftPart) -> None:
    quiz = studio.add_part(lesson.draft.module, "quiz")
    title = studio.field(quiz, "title")
    page = studio.write(quiz, {title: {"en": "Kept"}}, 422, pass_mark="120")
    assert 'value="Kept"' in page
    assert 'value="120"' in page
    studio.write(quiz, {title: {"en": "Kept"}}, pass_mark="۸۰", attempts="0", show_key="never")
    assert reloaded(quiz).settings == {"pass_mark": 80, "attempts": 0, "shuffle": True, "show_key": "never"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_saver_sees_both_texts_and_loses_nothing(app: Flask, lesson: DraftPart, language: str) -> None:
    block = block_of(lesson)
    first_person = make_trainer()
    first, second = (Studio(PageClient(app).sign_in(one), language) for one in (first_person, make_trainer()))
    seen_by_second = second.fields(lesson)
    first.write(lesson, {block: {"fa": "نوشتهٔ نخستین", "en": "First."}})
    mine = {f"text-{block.public_id}-fa": "نوشتهٔ دومین", f"text-{block.public_id}-ar": "كلام آخر"}
    address = second.address(lesson)
    page = second.client.post(address, {**seen_by_second, **mine, "do": "save"}, 409).text
    assert "نوشتهٔ نخستین" in page
    assert "نوشتهٔ دومین" in page
    assert first_person.display_name in page, "who saved it"
    assert text_of(block, "fa").body == {"text": "نوشتهٔ نخستین"}
    assert text_of(block, "ar").body == {"text": "كلام آخر"}
    assert text_of(block, "en").body == {"text": "First."}, "what she did not touch is not put back"
    assert states(block).startswith("fa:current ar:stale"), "the source was another than she saw"
    merged = form_in(page, f"parts/{lesson.public_id}/")
    second.client.post(address, {**merged, f"text-{block.public_id}-fa": "نوشتهٔ هر دو"})
    assert text_of(block, "fa").body == {"text": "نوشتهٔ هر دو"}


def test_a_script_saves_one_side(studio: Studio, lesson: DraftPart) -> None:
    block = block_of(lesson)
    fields = studio.fields(lesson)
    seen = {code: fields[f"seen-{block.public_id}-{code}"] for code in LANGUAGES}
    at = studio.at(f"texts/{block.public_id}/fa")
    answer = studio.client.put(at, json={"text": "تازه", "seen": seen["fa"], "source": seen["fa"]})
    assert text_of(block, "fa").body == {"text": "تازه"}
    again = {"text": "تازه‌تر", "seen": answer.get_json()["seen"], "source": answer.get_json()["seen"]}
    studio.client.put(at, json=again)
    refused = studio.client.put(at, 409, json={"text": "دیر", "seen": seen["fa"], "source": seen["fa"]})
    assert refused.get_json()["text"] == "تازه‌تر", "her own words would be known by it"
    assert text_of(block, "fa").body == {"text": "تازه‌تر"}
    there = studio.at(f"texts/{block.public_id}/ar")
    studio.client.put(there, json={"text": "متأخر", "seen": seen["ar"], "source": seen["fa"]})
    assert states(block) == "fa:current ar:stale en:stale"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("{item}/fa", {"text": "x" * 20_001, "seen": "", "source": ""}, 422),
        ("{item}/fa", {"text": "x", "seen": "", "source": ""}, 409),
        ("{item}/fa", {"text": 1, "seen": "", "source": ""}, 400),
        ("{item}/fa", ["x"], 400),
        ("{item}/de", {"text": "x", "seen": "", "source": ""}, 404),
        ("nobody/fa", {"text": "x", "seen": "", "source": ""}, 404),
    ],
)
def test_what_a_script_sends_is_judged(studio: Studio, lesson: DraftPart, path: str, body: object, status: int) -> None:
    address = studio.at("texts/" + path.format(item=block_of(lesson).public_id))
    studio.client.put(address, status, json=body)
    assert text_of(block_of(lesson), "fa").body == {"text": TEXTS["fa"]}


HOSTILE = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) \"' {{ 7*7 }}"


def test_hostile_text_is_shown_as_text(studio: Studio, lesson: DraftPart) -> None:
    block = block_of(lesson)
    title = studio.field(lesson, "title")
    studio.write(lesson, {block: dict.fromkeys(LANGUAGES, HOSTILE), title: dict.fromkeys(LANGUAGES, HOSTILE)})
    for path in ("", "preview?as=en", "delete"):
        page = studio.client.get(studio.address(lesson) + path).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert 'href="javascript' not in page
    assert studio.fields(lesson)[f"text-{block.public_id}-fa"] == HOSTILE
    assert "<script>alert" not in studio.client.get(studio.at(f"m/{lesson.draft.module.public_id}/")).text


def test_a_text_too_long_is_refused_and_kept(studio: Studio, lesson: DraftPart) -> None:
    block = block_of(lesson)
    page = studio.write(lesson, {block: {"fa": "ب" * 20_001, "ar": "نص"}}, 422)
    assert "ب" * 20_001 in page
    assert text_of(block, "fa").body == {"text": TEXTS["fa"]}
    assert text_of(block, "ar").body == {"text": TEXTS["ar"]}


@pytest.mark.parametrize("do", ["up:nobody", "add:iframe:", "fly:{item}", "current:{item}:xx:1", "current:{item}", ":"])
def test_an_unknown_button_is_refused(studio: Studio, lesson: DraftPart, do: str) -> None:
    studio.write(lesson, {}, 400 if do != ":" else 303, do=do.format(item=block_of(lesson).public_id))


@pytest.mark.parametrize(("language", "comma"), [("fa", "، "), ("ar", "، "), ("en", ", ")])
def test_a_label_names_the_block_behind_the_readers_comma(
    studio: Studio, lesson: DraftPart, language: str, comma: str
) -> None:
    page = studio.client.get(studio.address(lesson).replace("/en/", f"/{language}/")).text
    labels = re.findall(r'<label for="text-[^"]+"><span>[^<]+<span class="sr">([^<]+)</span>', page)
    assert len(labels) == 9
    assert all(label.startswith(comma) for label in labels)
