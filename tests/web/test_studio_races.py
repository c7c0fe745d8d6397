"""Two people who save at the very same moment: one is saved, the other is shown both."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from lms.authoring.drafts.items import content_of
from lms.db import db
from lms.training.models import DraftPart, Module
from tests.page import PageClient
from tests.sent_forms import form_in
from tests.studio import TITLES, Studio, make_trainer

WRITERS = 4


@pytest.fixture
def writers(app: Flask) -> list[Studio]:
    return [Studio(PageClient(app).sign_in(make_trainer())) for _ in range(WRITERS)]


def at_once(app: Flask, sends: list[Callable[[], int]]) -> list[int]:
    """Run all at the same moment; the sorted statuses of their answers."""
    barrier = Barrier(len(sends))

    def run(send: Callable[[], int]) -> int:
        with app.app_context():
            barrier.wait()
            return send()

    db.session.remove()
    with ThreadPoolExecutor(len(sends)) as pool:
        return sorted(pool.map(run, sends))


def sender(studio: Studio, path: str, fields: dict[str, str]) -> Callable[[], int]:
    data = {**fields, "csrf_token": studio.client.token(), "do": "save"}
    return lambda: studio.client.http.post(path, data=data).status_code


def test_one_text_is_saved(app: Flask, writers: list[Studio]) -> None:
    lesson = writers[0].write_lesson(writers[0].new_module(), TITLES, {"fa": "متن"})
    block = content_of(lesson)[0].public_id
    pages = [
        (studio, {**studio.fields(lesson), f"text-{block}-fa": f"متن {place}"}) for place, studio in enumerate(writers)
    ]
    path = writers[0].address(lesson)
    assert at_once(app, [sender(studio, path, fields) for studio, fields in pages]) == [303, 409, 409, 409]
    [text] = content_of(db.session.get_one(DraftPart, lesson.id))[0].texts
    assert text.revision == 2


def test_one_question_is_saved(app: Flask, writers: list[Studio]) -> None:
    quiz = writers[0].add_part(writers[0].new_module(), "quiz")
    path = writers[0].at(f"questions/{writers[0].add_item(quiz, 'numeric').public_id}/")
    pages = [
        (studio, {**form_in(studio.client.get(path).text), "q.prompt.fa": f"پرسش {place}"})
        for place, studio in enumerate(writers)
    ]
    assert at_once(app, [sender(studio, path, fields) for studio, fields in pages]) == [303, 409, 409, 409]


def test_one_version_is_published(app: Flask, writers: list[Studio]) -> None:
    module = writers[0].new_module({"fa": "ماژول"})
    writers[0].write_lesson(module, {"fa": "درس"}, {"fa": "متن"})
    path = writers[0].at(f"m/{module.public_id}/publish")
    pages = [(studio, form_in(studio.client.get(path).text)) for studio in writers]
    module_id = module.id
    assert at_once(app, [sender(studio, path, fields) for studio, fields in pages]) == [303, 422, 422, 422]
    assert len(db.session.get_one(Module, module_id).versions) == 1
