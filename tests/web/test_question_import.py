"""Files of questions in the studio: looked at, imported together, undone together, exported."""

import io
from typing import Any

import pytest
from sqlalchemy import func, select

from lms.authoring.drafts import importing
from lms.authoring.drafts.items import content_of
from lms.authoring.models import QuestionImport
from lms.db import db
from lms.exchange.reading import Wanted, read_questions
from lms.training.models import DraftItem, DraftPart
from tests.conftest import LANGUAGES
from tests.page import PageClient
from tests.sent_forms import form_in
from tests.studio import Studio, make_trainer, reloaded
from tests.unit.exchange_files import FILES

GIFT = "::یک::شبکه چیست؟ {=پیوند#درست ~ساختمان}\n\n::دو::درست است. {T}\n\n::سه::بی‌پاسخ {~الف ~ب}\n"


@pytest.fixture
def studio(client: PageClient) -> Studio:
    return Studio(client.sign_in(make_trainer()), "fa")


@pytest.fixture
def quiz(studio: Studio) -> DraftPart:
    return studio.add_part(studio.new_module(), "quiz")


def upload(studio: Studio, quiz: DraftPart, data: bytes, name: str = "q.txt", status: int = 303, **more: str) -> Any:
    fields = {"file": (io.BytesIO(data), name), "format": "", "language": "", **more}
    address = studio.at(f"parts/{quiz.public_id}/import")
    studio.client.get(address)
    return studio.client.post(address, fields, status, content_type="multipart/form-data")


def the_import() -> QuestionImport:
    return db.session.scalars(select(QuestionImport).order_by(QuestionImport.id.desc())).first() or QuestionImport()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_shown_before_anything_is_imported(client: PageClient, language: str) -> None:
    studio = Studio(client.sign_in(make_trainer()), language)
    quiz = studio.add_part(studio.new_module(), "quiz")
    page = client.follow(upload(studio, quiz, (FILES / "moodle.xml").read_bytes(), "moodle.xml")).text
    assert page.count('name="chosen"') == 9
    assert "نقشه" in page
    assert "Moodle XML" in page
    assert not content_of(quiz)


def test_chosen_questions_are_imported_and_undone(studio: Studio, quiz: DraftPart) -> None:
    address = upload(studio, quiz, GIFT.replace("ی", "ي").encode("cp1256"), language="fa").headers["Location"]
    fields = form_in(studio.client.get(address).text, address)
    assert fields["chosen"] == ["1", "2"]
    done = studio.client.post(address, {**fields, "chosen": ["2"]})
    assert "/parts/" in done.headers["Location"]
    (item,) = content_of(quiz)
    assert (item.kind, item.settings["scoring"]) == ("true_false", {"correct": ["true"]})
    assert "درست است." in studio.client.get(studio.address(quiz)).text
    studio.client.post(address, {**fields, "chosen": ["1"]}, 422)
    page = studio.client.get(studio.at(f"parts/{quiz.public_id}/import")).text
    assert "q.txt" in page
    studio.client.post(f"{address}undo")
    assert not content_of(quiz)
    assert db.session.scalar(select(func.count()).where(DraftItem.import_id == the_import().id)) == 0
    studio.client.post(f"{address}undo")
    studio.client.get(address)


def test_questions_that_were_changed_since_can_be_restored(studio: Studio, quiz: DraftPart) -> None:
    address = upload(studio, quiz, GIFT.encode()).headers["Location"]
    studio.client.post(address, form_in(studio.client.get(address).text, address))
    changed, other = content_of(quiz)
    unchanged = other.id
    editor = studio.at(f"questions/{changed.public_id}/")
    studio.client.post(editor, {**form_in(studio.client.get(editor).text), "q.prompt.fa": "شبکه یعنی چه؟"})
    studio.client.post(f"{address}undo")
    db.session.expire_all()
    assert not content_of(quiz)
    assert reloaded(changed).removed_at is not None
    assert db.session.get(DraftItem, unchanged) is None


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [(b"", "q.txt", "خالی"), (b"%PDF-1.7\x00\x01", "q.pdf", "متن"), (b"<quiz></quiz>", "q.xml", "پیدا نشد")],
)
def test_what_cannot_be_read_says_why(studio: Studio, quiz: DraftPart, data: bytes, name: str, said: str) -> None:
    assert said in upload(studio, quiz, data, name, 422).text
    assert the_import().id is None


def test_no_more_than_there_is_room_for(studio: Studio, quiz: DraftPart) -> None:
    many = "\n\n".join(f"Q{n} {{T}}" for n in range(230))
    address = upload(studio, quiz, many.encode(), language="en").headers["Location"]
    fields = form_in(studio.client.get(address).text, address)
    room = importing.room_in(quiz)
    assert 0 < room <= 200
    assert (
        str(room).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) in studio.client.post(address, fields, 422).text
    )
    assert not content_of(quiz)
    studio.client.post(address, {**fields, "chosen": [str(n) for n in range(1, 101)]})
    assert len(content_of(quiz)) == 100


def test_exported_and_read_again(studio: Studio, quiz: DraftPart) -> None:
    address = upload(studio, quiz, GIFT.encode()).headers["Location"]
    studio.client.post(address, form_in(studio.client.get(address).text, address))
    first, second = content_of(quiz)
    export = studio.at(f"parts/{quiz.public_id}/export")
    assert "شبکه چیست؟" in studio.client.get(export).text
    look = studio.client.get(f"{export}?format=gift&language=fa&look=1&item={first.public_id}").text
    assert look.count("badge-certified") == 1
    for name in ("gift", "moodle"):
        file = studio.client.get(f"{export}/file?format={name}&language=fa&item={first.public_id}")
        (item,) = read_questions(file.get_data(), "q", Wanted(language="fa")).items
        assert item.question
        assert item.question["text"]["fa"]["options"] == {"a": "پیوند", "b": "ساختمان"}
    studio.client.get(f"{export}/file?format=word", 400)
    assert second.kind == "true_false"


def test_the_template_is_given(studio: Studio) -> None:
    for kind in ("csv", "xlsx"):
        assert studio.client.get(studio.at(f"question-template/{kind}")).get_data()
    studio.client.get(studio.at("question-template/pdf"), 404)
