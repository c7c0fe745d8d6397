"""Earlier questions of a draft: what is kept, how it is shown, and the way back."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from lms.authoring.drafts.banks import find_bank, folders_of
from lms.authoring.drafts.earlier import MOST
from lms.authoring.drafts.earlier_questions import earlier_questions
from lms.authoring.drafts.items import content_of
from lms.authoring.drafts.questions import content_of as question_content
from lms.authoring.drafts.questions import restore_question, save_question
from lms.authoring.drafts.whole import question_of
from lms.authoring.models import EarlierQuestion
from lms.db import db, write_unit
from lms.formats import LANGUAGES
from lms.quizzes.question_types import all_types
from lms.training.models import DraftItem, DraftPart
from tests.page import PageClient
from tests.queries import counted_statements
from tests.sent_forms import form_in
from tests.studio import TITLES, Studio, make_trainer

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
LONG = "شبکه‌سازی میان سازمان‌های جامعهٔ مدنی به چه کار می‌آید و از کجا آغاز می‌شود؟ " * 3


@pytest.fixture
def studio(client: PageClient) -> Studio:
    with time_machine.travel(START, tick=False):
        return Studio(client.sign_in(make_trainer()), "en")


@pytest.fixture
def question(studio: Studio) -> DraftItem:
    with time_machine.travel(START, tick=False):
        quiz = studio.write_quiz(studio.new_module(), TITLES, {"fa": LONG, "en": "What for?"})
    return content_of(quiz)[0]


def save(studio: Studio, item: DraftItem, minutes: float, **typed: Any) -> list[EarlierQuestion]:
    """Change fields of a question so long after the start; gives what is kept then."""
    address = studio.at(f"questions/{item.public_id}/")
    with time_machine.travel(START + timedelta(minutes=minutes), tick=False):
        fields = form_in(studio.client.get(address).text)
        studio.client.post(address, {**fields, **{name.replace("__", "."): value for name, value in typed.items()}})
    db.session.expire_all()
    return list(earlier_questions(item))


def test_typing_on_is_one_question_and_a_pause_ends_it(studio: Studio, question: DraftItem) -> None:
    assert save(studio, question, 1, q__prompt__en="What for, then?") == []
    assert save(studio, question, 2, q__prompt__en="What is it for?") == []
    (kept,) = save(studio, question, 10, q__correct="b")
    assert kept.question["text"]["en"]["prompt"] == "What is it for?"
    assert kept.question["scoring"]["correct"] == ["a"]
    assert kept.changed_at == START + timedelta(minutes=2)
    assert len(save(studio, question, 30)) == 1, "nothing was changed"


def test_much_that_is_deleted_is_kept_at_once(studio: Studio, question: DraftItem) -> None:
    (kept,) = save(studio, question, 1, q__prompt__fa="کوتاه")
    assert kept.question["text"]["fa"]["prompt"] == LONG.strip()


def test_what_somebody_else_goes_on_from_is_kept(studio: Studio, question: DraftItem, client: PageClient) -> None:
    with time_machine.travel(START, tick=False):
        client.sign_in(make_trainer())
    assert len(save(studio, question, 1, mark="2")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_differs_is_shown_text_and_key(client: PageClient, question: DraftItem, language: str) -> None:
    studio = Studio(client, language)
    address = studio.at(f"questions/{question.public_id}/earlier")
    with time_machine.travel(START, tick=False):
        assert "<ol" not in client.get(address).text.split("<main")[1].split("</nav>")[1]
        assert address in client.get(studio.at(f"questions/{question.public_id}/")).text
    save(
        studio,
        question,
        10,
        **{"q.prompt.en": "What for, really?", "q.option.b.en": "Umbrella", "q.correct": "b", "mark": "3"},
    )
    with time_machine.travel(START + timedelta(minutes=11), tick=False):
        page = client.get(address).text
    shown = page.split("<main")[1]
    assert "<ins>for, really?</ins>" in shown
    assert "<ins>Umbrella</ins>" in shown
    assert shown.count('class="diff keep-lines"') == 2, "the English text and the key; the Persian is as it was"
    assert shown.count('name="language"') == 1


def test_restored_whole_or_in_one_language(studio: Studio, question: DraftItem) -> None:
    changed = {"q.prompt.fa": "چیز دیگر", "q.prompt.en": "Something else", "q.correct": "b", "mark": "3"}
    (kept,) = save(studio, question, 10, **changed)
    address = studio.at(f"questions/{question.public_id}/earlier/{kept.public_id}")
    with time_machine.travel(START + timedelta(minutes=11), tick=False):
        studio.client.get(studio.at(f"questions/{question.public_id}/earlier"))
        studio.client.post(address, {"language": "en"})
    db.session.expire_all()
    now = question_of(question, LANGUAGES)
    assert (now["text"]["en"]["prompt"], now["text"]["fa"]["prompt"]) == ("What for?", "چیز دیگر")
    assert (now["scoring"]["correct"], now["mark"]) == (["b"], 3)
    assert earlier_questions(question)[0].question["text"]["en"]["prompt"] == "Something else"
    with time_machine.travel(START + timedelta(minutes=12), tick=False):
        studio.client.post(address, {"language": "ar"}, 400)
        studio.client.post(address)
    db.session.expire_all()
    now = question_of(question, LANGUAGES)
    assert (now["text"]["fa"]["prompt"], now["scoring"]["correct"], now["mark"]) == (LONG.strip(), ["a"], 1)


def test_an_option_that_was_deleted_comes_back(studio: Studio, question: DraftItem) -> None:
    before = question_of(question, LANGUAGES)
    with time_machine.travel(START + timedelta(minutes=10), tick=False):
        address = studio.at(f"questions/{question.public_id}/")
        page = studio.client.get(address).text
        drop = next(found for found in re.findall(r'value="(drop:[^"]+)"', page) if found.endswith(".b"))
        studio.client.post(address, {**form_in(page), "do": drop})
    db.session.expire_all()
    kept = earlier_questions(question)[0]
    assert "b" not in question.settings["structure"]["options"]
    with time_machine.travel(START + timedelta(minutes=11), tick=False), write_unit():
        assert restore_question(question, kept, "", actor_id=1, now=START + timedelta(minutes=11))
    db.session.expire_all()
    assert question_of(question, LANGUAGES) == before


def test_a_question_of_the_bank_has_earlier_ones_too(studio: Studio) -> None:
    with time_machine.travel(START, tick=False):
        studio.client.get(studio.at("banks/"))
        address = studio.client.post(studio.at("banks/"), {"owner": "site"}).headers["Location"]
        studio.client.post(address, {"do": "folder", "name": "Basics"})
        bank = find_bank(None)
        assert bank
        item = studio.add_item(folders_of(bank)[0], "true_false")
    save(studio, item, 1, q__prompt__fa="درست است؟")
    assert len(save(studio, item, 20, q__prompt__fa="آیا درست است؟")) == 1


def test_there_is_an_end_to_what_is_kept(question: DraftItem) -> None:
    for number in range(MOST + 3):
        at = START + timedelta(minutes=10 * number + 10)
        with write_unit():
            content = question_content(question)
            save_question(question, content, number + 2, [], seen=question.revision, actor_id=1, now=at)
    db.session.expire_all()
    assert [row.question["mark"] for row in earlier_questions(question)] == [*range(MOST + 3, 3, -1)]


def test_a_question_of_every_type_is_shown_and_restored(studio: Studio, question: DraftItem) -> None:
    part: DraftPart = question.part
    for kind in all_types():
        with time_machine.travel(START, tick=False):
            item = studio.add_item(part, kind.key)
        save(studio, item, 1, q__prompt__fa="نخست", q__prompt__en="First")
        before = question_of(item, LANGUAGES)
        (kept,) = save(studio, item, 20, q__prompt__fa="سپس")
        address = studio.at(f"questions/{item.public_id}/earlier")
        with time_machine.travel(START + timedelta(minutes=21), tick=False):
            assert "<del>نخست</del>" in studio.client.get(address).text, kind.key
            studio.client.post(f"{address}/{kept.public_id}")
        db.session.expire_all()
        assert question_of(item, LANGUAGES) == before, kind.key


def test_statements_do_not_grow_with_what_is_kept(studio: Studio, question: DraftItem) -> None:
    address = studio.at(f"questions/{question.public_id}/earlier")
    counts = []
    for minutes in (10, 20, 30, 40):
        save(studio, question, minutes, mark=str(minutes))
        with time_machine.travel(START + timedelta(minutes=minutes + 1), tick=False), counted_statements() as found:
            studio.client.get(address)
        counts.append(len(found))
    assert len(set(counts)) == 1


def test_discarding_a_draft_takes_its_questions_history_with_it(studio: Studio, question: DraftItem) -> None:
    save(studio, question, 10, q__prompt__en="Something else")
    module, item_id = question.part.draft.module, question.id
    with time_machine.travel(START + timedelta(minutes=11), tick=False):
        studio.publish(module, languages=["fa"])
        studio.client.post(studio.at(f"m/{module.public_id}/discard"))
    db.session.expire_all()
    assert db.session.query(EarlierQuestion).where(EarlierQuestion.item_id == item_id).count() == 0
