"""The question editor: five types in three languages, two people at once, answers to try."""

from typing import Any

import pytest
from flask import Flask

from lms.authoring.drafts.questions import content_of
from lms.authoring.pairs import states_of
from lms.db import db
from lms.quizzes.question_types import find_type
from lms.training.models import DraftItem, DraftPart
from tests.conftest import LANGUAGES
from tests.page import PageClient
from tests.sent_forms import form_in
from tests.studio import TITLES, Studio, make_trainer, reloaded


@pytest.fixture
def studio(client: PageClient) -> Studio:
    return Studio(client.sign_in(make_trainer()), "en")


@pytest.fixture
def quiz(studio: Studio) -> DraftPart:
    return studio.add_part(studio.new_module(), "quiz")


def in_all(stem: str, text: str) -> dict[str, str]:
    return {f"q.{stem}.{code}": f"{text} {code}" for code in LANGUAGES}


TYPED: dict[str, dict[str, Any]] = {
    "single_choice": {**in_all("option.a", "A"), **in_all("option.b", "B"), "q.correct": "b"},
    "multiple_choice": {
        **in_all("option.a", "A"),
        **in_all("option.b", "B"),
        "q.correct": ["a", "b"],
        "q.partial": "yes",
    },
    "true_false": {"q.correct": "false", **in_all("feedback.true", "No")},
    "short_text": {**in_all("accepted.a", "Word"), "q.share.a": "۱", "q.mode.a": "compact"},
    "numeric": {"q.answer": "۱۲٫۵", "q.tolerance": "0", **in_all("unit", "km")},
    "matching": {
        **in_all("item.a", "Term"),
        **in_all("match.a", "Meaning"),
        **in_all("item.b", "Word"),
        **in_all("match.b", "Sense"),
    },
    "ordering": {**in_all("item.a", "First"), **in_all("item.b", "Then"), "q.credit": "adjacent"},
    "gap_fill": {f"q.passage.{code}": "Some [[word]] and [[right | wrong]]." for code in LANGUAGES},
    "categorise": {
        **in_all("group.a", "Union"),
        **in_all("group.b", "Forum"),
        **in_all("item.a", "This"),
        **in_all("item.b", "That"),
        "q.in.a": "b",
        "q.in.b": "a",
    },
}


@pytest.mark.parametrize("kind", TYPED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_type_is_written_in_three_languages(client: PageClient, kind: str, language: str) -> None:
    studio = Studio(client.sign_in(make_trainer()), language)
    quiz = studio.add_part(studio.new_module(), "quiz")
    item = studio.add_item(quiz, kind)
    at = studio.at(f"questions/{item.public_id}/")
    fields = form_in(client.get(at).text)
    client.post(at, {**fields, **in_all("prompt", "Which?"), **TYPED[kind], "mark": "٢"})
    question = find_type(kind)
    assert question
    db.session.expire_all()
    assert not question.check(content_of(item))
    assert item.settings["mark"] == 2
    assert set(states_of(item, "fa").values()) == {"current"}
    shown = form_in(client.get(at).text)
    assert shown["mark"] == {"fa": "۲", "ar": "2", "en": "2"}[language]
    for name, value in TYPED[kind].items():
        in_digits = name.startswith(("q.share", "q.answer", "q.tolerance"))
        assert in_digits or name.startswith("q.passage") or shown[name] in (value, [value])
    again = reloaded(item).revision
    client.post(at, shown)
    db.session.expire_all()
    assert not question.check(content_of(item))
    assert {text.revision for text in item.texts} == {1}, "saving what was not changed changes no text"
    assert reloaded(item).revision == again + 1


NUMBERS: list[tuple[str, str, str, dict[str, str]]] = [
    ("numeric", "answer", "12.5", {}),
    ("numeric", "tolerance", "0.05", {"q.answer": "-3"}),
    ("short_text", "share.a", "0.5", in_all("accepted.a", "Word")),
    ("essay", "most_words", "300", {}),
    ("survey_scale", "points", "4", in_all("statement.a", "We meet.")),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "name", "number", "more"), NUMBERS)
def test_numbers_come_back_in_the_readers_digits(
    client: PageClient, language: str, kind: str, name: str, number: str, more: dict[str, str]
) -> None:
    studio = Studio(client.sign_in(make_trainer()), language)
    item = studio.add_item(studio.add_part(studio.new_module(), "quiz"), kind)
    at = studio.at(f"questions/{item.public_id}/")
    digits = str.maketrans("0123456789.", "۰۱۲۳۴۵۶۷۸۹٫")
    stored = []
    for typed in (number, number.translate(digits)):
        fields = {**form_in(client.get(at).text), **in_all("prompt", "How?"), **more, f"q.{name}": typed}
        client.post(at, fields)
        assert form_in(client.get(at).text)[f"q.{name}"] == (number.translate(digits) if language == "fa" else number)
        client.post(at, form_in(client.get(at).text))
        stored.append(content_of(reloaded(item)))
    assert stored[0] == stored[1]


def choice(studio: Studio, quiz: DraftPart) -> DraftItem:
    item = studio.add_item(quiz, "single_choice")
    studio.answer(item, in_all("prompt", "Which?"), list(LANGUAGES))
    return item


def test_options_are_moved_and_taken_out(studio: Studio, quiz: DraftPart) -> None:
    item = choice(studio, quiz)
    studio.answer(item, in_all("option.c", "C"), list(LANGUAGES))
    assert reloaded(item).settings["structure"] == {"options": ["a", "b", "c"]}
    studio.answer(item, {"do": "up:options.c"}, list(LANGUAGES))
    assert reloaded(item).settings["structure"] == {"options": ["a", "c", "b"]}
    studio.answer(item, {"do": "drop:options.b"}, list(LANGUAGES))
    assert reloaded(item).settings["structure"] == {"options": ["a", "c"]}
    db.session.expire_all()
    assert {"b"} & set(content_of(item).text["fa"]["options"]) == set()


def test_a_changed_source_leaves_the_question_behind(studio: Studio, quiz: DraftPart) -> None:
    item = choice(studio, quiz)
    studio.answer(item, {"q.prompt.fa": "کدام یک؟"}, [])
    db.session.expire_all()
    assert states_of(item, "fa") == {"fa": "current", "ar": "stale", "en": "stale"}
    assert "<ins>" in studio.client.get(studio.at(f"questions/{item.public_id}/")).text
    studio.answer(item, {"do": "current:ar"}, [])
    db.session.expire_all()
    assert states_of(item, "fa") == {"fa": "current", "ar": "current", "en": "stale"}


def test_a_new_option_is_missing_where_it_has_no_text(studio: Studio, quiz: DraftPart) -> None:
    item = choice(studio, quiz)
    studio.answer(item, {"q.option.c.fa": "ج"}, [])
    db.session.expire_all()
    assert states_of(item, "fa") == {"fa": "current", "ar": "missing", "en": "missing"}


def test_a_second_saver_sees_what_was_saved_and_keeps_hers(app: Flask, studio: Studio, quiz: DraftPart) -> None:
    item = choice(studio, quiz)
    other = Studio(PageClient(app).sign_in(make_trainer()), "fa")
    at = other.at(f"questions/{item.public_id}/")
    fields = form_in(other.client.get(at).text)
    studio.answer(item, {"q.prompt.fa": "نخستین"}, [])
    page = other.client.post(at, {**fields, "q.prompt.fa": "دومین"}, 409).text
    assert "نخستین" in page
    kept = form_in(page)
    assert kept["q.prompt.fa"] == "دومین"
    other.client.post(at, kept)
    db.session.expire_all()
    assert content_of(item).text["fa"]["prompt"] == "دومین"


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ({"mark": "many"}, "mark"),
        ({"mark": "0"}, "mark"),
        ({"mark": "1000"}, "mark"),
        ({"q.prompt.fa": "پ" * 20_001}, "q.prompt.fa"),
    ],
)
def test_what_cannot_be_saved_is_kept(studio: Studio, quiz: DraftPart, typed: dict[str, str], named: str) -> None:
    item = choice(studio, quiz)
    page = studio.answer(item, {"q.prompt.ar": "محفوظ", **typed}, [], 422)
    assert f'href="#{named}"' in page
    assert form_in(page)["q.prompt.ar"] == "محفوظ"
    db.session.expire_all()
    assert content_of(item).text["ar"]["prompt"] == "Which? ar"


def test_answers_are_tried(studio: Studio, quiz: DraftPart) -> None:
    item = studio.add_item(quiz, "short_text")
    at = studio.at(f"questions/{item.public_id}/")
    fields = form_in(studio.client.get(at).text)
    typed = {"q.prompt.fa": "چه؟", "q.accepted.a.fa": "شبکه‌سازی", "q.mode.a": "folded"}
    tried = "شبكه سازي\nشبکه‌ساری\nچتر"
    page = studio.client.follow(studio.client.post(at, {**fields, **typed, "try": tried})).text
    assert page.count("badge-certified") == 1
    assert page.count("badge-due") == 1
    assert 'name="try"' not in studio.client.get(studio.at(f"questions/{choice(studio, quiz).public_id}/")).text


def test_hostile_text_is_shown_as_text(studio: Studio, quiz: DraftPart) -> None:
    item = choice(studio, quiz)
    hostile = "</textarea><script>alert(1)</script>**x**"
    studio.answer(item, {f"q.prompt.{code}": hostile for code in LANGUAGES} | {"q.option.a.en": hostile}, [])
    for path in (f"questions/{item.public_id}/", f"parts/{quiz.public_id}/", f"parts/{quiz.public_id}/preview?as=en"):
        assert "<script>alert" not in studio.client.get(studio.at(path)).text
    assert "<strong>x</strong>" in studio.client.get(studio.at(f"parts/{quiz.public_id}/preview?as=en")).text


def test_a_trial_stores_nothing_and_shows_what_cannot_be_read(studio: Studio, quiz: DraftPart) -> None:
    from lms.quizzes.models import Attempt

    studio.write(quiz, {studio.field(quiz, "title"): TITLES})
    choice(studio, quiz)
    item = studio.add_item(quiz, "numeric")
    fields = form_in(studio.client.get(studio.at(f"questions/{item.public_id}/")).text)
    typed = {**in_all("prompt", "How many?"), "q.answer": "4"}
    studio.client.post(studio.at(f"questions/{item.public_id}/"), {**fields, **typed})
    at = studio.at(f"parts/{quiz.public_id}/preview?as=en")
    page = studio.client.post(at, {"q1.answer": "a", "q2.answer": "four"}, 422).text
    assert 'value="four"' in page
    page = studio.client.post(at, {"q1.answer": "b", "q2.answer": "۴"}, 200).text
    assert "choice-no" in page
    assert "1 of 2 (50%)" in page, "beside a pass mark in per cent"
    studio.client.post(at, {"q1.answer": "zzz"}, 422)
    assert db.session.query(Attempt).count() == 0


def test_tags_are_kept_with_the_question(client: PageClient, studio: Studio, quiz: DraftPart) -> None:
    item = studio.add_item(quiz, "single_choice")
    address = studio.at(f"questions/{item.public_id}/")
    client.post(address, {**form_in(client.get(address).text), "tags": "شبکه، NGO, شبكه"})
    assert reloaded(item).settings["tags"] == ["شبکه", "NGO"]
    fields = form_in(client.get(address).text)
    assert fields["tags"] == "شبکه, NGO"
    assert "20" in client.post(address, {**fields, "tags": ",".join("abcdefghijklmnopqrstuvwxyz")}, 422).text
    client.post(address, {**fields, "tags": ""})
    assert "tags" not in reloaded(item).settings


def test_a_choice_begins_with_four_options(studio: Studio, quiz: DraftPart) -> None:
    item = studio.add_item(quiz, "single_choice")
    page = studio.client.get(studio.at(f"questions/{item.public_id}/")).text
    assert [option for option in "abcde" if f'name="q.option.{option}.en"' in page] == ["a", "b", "c", "d"]


def test_the_next_question_is_one_step_away(studio: Studio, quiz: DraftPart) -> None:
    first = studio.add_item(quiz, "ordering")
    last = studio.add_item(quiz, "single_choice")
    at = studio.at(f"questions/{first.public_id}/")
    fields = form_in(studio.client.get(at).text)
    answer = studio.client.post(at, {**fields, **in_all("prompt", "In which order?"), "do": "another"})
    db.session.expire_all()
    kinds = [item.kind for item in sorted(reloaded(quiz).items, key=lambda item: item.position) if item.key[0] != "@"]
    assert kinds == ["ordering", "ordering", "single_choice"], "behind the one that was written"
    assert content_of(first).text["en"]["prompt"] == "In which order? en"
    shown = studio.client.follow(answer).request.path.split("/")[-2]
    assert shown not in (first.public_id, last.public_id)


def test_questions_stand_before_the_rules(studio: Studio, quiz: DraftPart) -> None:
    page = studio.client.get(studio.address(quiz)).text
    assert page.index('id="blocks"') < page.index('id="rules"')
    fields = form_in(page, f"parts/{quiz.public_id}/")
    refused = studio.client.post(studio.address(quiz), {**fields, "pass_mark": "900", "do": "save"}, 422).text
    assert 'href="#pass_mark"' in refused[: refused.index('id="blocks"')], "what is wrong is told above"
