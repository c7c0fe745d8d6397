"""A lesson of every kind of block: written in the studio, previewed, published, read."""

import re

import pytest

from lms.authoring.drafts.items import content_of
from lms.training.models import DraftItem
from tests.blocks import BLOCKS
from tests.factories import make_person
from tests.page import PageClient
from tests.studio import TITLES, Studio, make_trainer, reloaded

SEEN = {
    "list": "<ul>",
    "callout": 'class="callout callout-tip',
    "table": "<figcaption",
    "checklist": 'class="checklist"',
    "term": "<dfn>",
    "question": 'type="radio"',
    "case": 'class="example case',
}


@pytest.fixture
def studio(client: PageClient) -> Studio:
    return Studio(client.sign_in(make_trainer()), "en")


def test_a_lesson_of_every_kind_is_written_and_read(studio: Studio, client: PageClient) -> None:
    module = studio.new_module()
    part = studio.write_lesson(module, TITLES, {code: f"**{title}**" for code, title in TITLES.items()})
    items: dict[DraftItem, dict[str, str]] = {}
    for kind, texts in BLOCKS.items():
        items[studio.add_item(part, kind)] = texts
    callout = next(item for item in items if item.kind == "callout")
    studio.write(part, items, do=f"choose:{callout.public_id}:tone:tip")
    assert reloaded(callout).settings["data"] == {"tone": "tip"}
    assert len(content_of(part)) == len(BLOCKS) + 1
    preview = client.get(studio.at(f"parts/{part.public_id}/preview?as=fa")).text
    studio.publish(module)
    client.sign_in(make_person(language="fa"))
    for language in ("fa", "ar", "en"):
        page = client.get(f"/{language}/m/{module.public_id}/{part.key}/").text
        for kind, mark in SEEN.items():
            assert mark in page, (language, kind)
            assert re.search(r"\w+", BLOCKS[kind][language]).group() in page  # type: ignore[union-attr]
    assert all(mark in preview for mark in SEEN.values())


def test_a_choice_that_is_none_is_refused(studio: Studio) -> None:
    part = studio.add_part(studio.new_module(), "lesson")
    block = studio.add_item(part, "callout")
    studio.write(part, {}, 400, do=f"choose:{block.public_id}:tone:loud")
    studio.write(part, {}, 400, do=f"choose:{block.public_id}:colour:tip")


def test_half_a_block_hinders_publishing_and_is_linked(studio: Studio) -> None:
    module = studio.new_module()
    part = studio.write_lesson(module, TITLES, dict(TITLES))
    block = studio.add_item(part, "question")
    studio.write(part, {block: dict.fromkeys(TITLES, "Which?\n- [ ] one\n- [ ] two")})
    page = studio.client.get(studio.at(f"m/{module.public_id}/")).text
    assert "no option of the question is right" in page
    assert f"#b-{block.public_id}" in page
