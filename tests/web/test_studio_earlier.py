"""Earlier texts of a draft: what is kept, how it is shown, and the way back."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lms.authoring.drafts.earlier import MOST, earlier_texts
from lms.authoring.drafts.items import content_of
from lms.authoring.drafts.texts import put_text
from lms.authoring.models import EarlierText
from lms.db import db, write_unit
from lms.training.models import DraftItem, DraftPart
from tests.page import PageClient
from tests.studio import TITLES, Studio, make_trainer

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
LONG = "نخستین متن درس دربارهٔ شبکه‌سازی میان سازمان‌ها. " * 4


@pytest.fixture
def studio(client: PageClient) -> Studio:
    with time_machine.travel(START, tick=False):
        return Studio(client.sign_in(make_trainer()), "en")


@pytest.fixture
def lesson(studio: Studio) -> DraftPart:
    with time_machine.travel(START, tick=False):
        return studio.write_lesson(studio.new_module(), TITLES, {"fa": LONG, "en": "First"})


def write(studio: Studio, part: DraftPart, minutes: int, text: str) -> DraftItem:
    block = content_of(part)[0]
    with time_machine.travel(START + timedelta(minutes=minutes), tick=False):
        studio.write(part, {block: {"fa": text}})
    db.session.expire_all()
    return block


def kept(block: DraftItem) -> list[str]:
    return [row.text for row in earlier_texts(block)]


def test_typing_on_is_one_text_and_a_pause_ends_it(studio: Studio, lesson: DraftPart) -> None:
    write(studio, lesson, 1, LONG + "و")
    write(studio, lesson, 2, LONG + "و بیشتر")
    assert kept(write(studio, lesson, 3, LONG + "و بیشتر از آن")) == []
    assert kept(write(studio, lesson, 10, LONG)) == [LONG.strip() + " و بیشتر از آن"]


def test_much_that_is_deleted_is_kept_at_once(studio: Studio, lesson: DraftPart) -> None:
    assert kept(write(studio, lesson, 1, "کوتاه")) == [LONG.strip()]
    assert kept(write(studio, lesson, 2, "")) == ["کوتاه", LONG.strip()]


def test_what_somebody_else_goes_on_from_is_kept(studio: Studio, lesson: DraftPart, client: PageClient) -> None:
    with time_machine.travel(START, tick=False):
        client.sign_in(make_trainer())
    assert kept(write(studio, lesson, 1, LONG + "و")) == [LONG.strip()]


def test_an_earlier_text_is_shown_and_restored(studio: Studio, lesson: DraftPart, client: PageClient) -> None:
    block = write(studio, lesson, 10, "چیز دیگر")
    address = studio.at(f"texts/{block.public_id}/earlier")
    with time_machine.travel(START + timedelta(minutes=11), tick=False):
        page = client.get(address).text
        assert "<del>" in page
        assert "<ins>" in page
        row = earlier_texts(block)[0]
        client.post(f"{address}/{row.public_id}")
        assert address in client.get(studio.address(lesson)).text
    db.session.expire_all()
    assert {text.language: text.body["text"] for text in block.texts}["fa"] == LONG.strip()
    assert "چیز دیگر" in kept(block)


def test_there_is_an_end_to_what_is_kept(lesson: DraftPart) -> None:
    block = content_of(lesson)[0]
    for number in range(MOST + 3):
        with write_unit():
            body, at = {"text": f"متن {number}"}, START + timedelta(minutes=10 * number + 10)
            put_text(block, "fa", body, "fa", filled=True, in_step=True, by=None, now=at)
    assert len(kept(block)) == MOST
    assert kept(block)[0] == f"متن {MOST + 1}"


def test_discarding_a_draft_takes_its_history_with_it(studio: Studio, lesson: DraftPart) -> None:
    write(studio, lesson, 10, "چیز دیگر")
    module = lesson.draft.module
    with time_machine.travel(START + timedelta(minutes=11), tick=False):
        studio.publish(module)
        studio.client.post(studio.at(f"m/{module.public_id}/discard"))
    db.session.expire_all()
    assert db.session.query(EarlierText).count() == 0
