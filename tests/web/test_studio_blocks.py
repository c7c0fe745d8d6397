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


TABLE = "Who brings what\n| Who | What |\n| Zahra | bread |"
UNEVEN = "Who brings what\n| Who | What |\n| Zahra | bread | salt |"


@pytest.mark.parametrize(
    ("language", "fault", "unmended"),
    [
        ("fa", "یک ردیف جدول بیش از شمار سرستون‌ها خانه دارد", "چیزی کم نیست، ولی موردی باید اصلاح شود."),
        ("ar", "في أحد صفوف الجدول خلايا أكثر من العناوين", "لا ينقص شيء، لكن هناك ما يحتاج إلى إصلاح."),
        ("en", "a row of the table has more cells than there are headings", "Nothing is missing, but something is to"),
    ],
)
def test_what_is_wrong_stands_at_the_text_and_is_counted(
    studio: Studio, language: str, fault: str, unmended: str
) -> None:
    module = studio.new_module()
    part = studio.write_lesson(module, TITLES, dict(TITLES))
    block = studio.add_item(part, "table")
    studio.write(part, {block: {**dict.fromkeys(TITLES, TABLE), "ar": UNEVEN}})
    editor = studio.client.get(f"/{language}/studio/parts/{part.public_id}/?show=attention").text
    side = f"{block.public_id}-ar"
    assert f'aria-describedby="faults-{side}"' in editor
    assert re.search(rf'id="faults-{side}">.*?{fault}', editor, re.S)
    assert editor.count('class="faults"') == 1, "the other languages are right"
    assert editor.count("pair-marked") == 1
    publish = studio.client.get(f"/{language}/studio/m/{module.public_id}/publish").text
    assert publish.count(unmended) == 1
    name = {"fa": "عربی", "ar": "العربية", "en": "Arabic"}[language]
    assert re.search(rf"› {name}(</bdi>)?</a>: {fault}", publish)
    studio.write(part, {block: dict.fromkeys(TITLES, TABLE)})
    assert "pair-marked" not in studio.client.get(f"/{language}/studio/parts/{part.public_id}/").text
    assert unmended not in studio.client.get(f"/{language}/studio/m/{module.public_id}/publish").text
