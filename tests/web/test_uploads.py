"""Files that are handed in with an answer: by a form without script, in three languages."""

import io
import os
import zipfile
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from lms.accounts.models import Person
from lms.accounts.privacy import erase_parts
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import DomainError
from lms.grading.models import GradingTask
from lms.jobs.models import Job
from lms.jobs.worker import run_due
from lms.limits import FORM_LIMIT
from lms.quizzes.handing_in import take_files
from lms.quizzes.models import Attempt, AttemptState, QuizVersion, Response
from lms.quizzes.queries import questions_of
from lms.quizzes.question_types.file_upload import FileUpload
from lms.quizzes.services import submit_attempt
from lms.quizzes.upload_models import Upload
from lms.storage import current_storage
from lms.storage.needs import needed_keys
from lms.storage.sweeping import forget_file
from tests.conftest import LANGUAGES
from tests.factories import make_person
from tests.grading import HIGH, attempt_of, judge
from tests.page import PageClient
from tests.quizzes import begin, make_quiz, questions, upload_question
from tests.sent_forms import form_in, whole_body
from tests.stored import path_of
from tests.studio import make_trainer

PDF = b"%PDF-1.7\nsome bytes\n%%EOF\n"
NAME = "تفاهم‌نامهٔ نهایی.pdf"


@pytest.fixture
def learner(app: Flask) -> Person:
    return make_person(language="fa")


@pytest.fixture
def browser(client: PageClient, learner: Person) -> PageClient:
    return client.sign_in(learner)


def docx(*more: str) -> bytes:
    """What a word processor writes, in outline."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            package.writestr(name, "x")
    return buffer.getvalue()


def photo() -> bytes:
    """A picture that says where it was taken."""
    image, exif = Image.new("RGB", (60, 40), "teal"), Image.Exif()
    exif[0x010E] = "Secret place"
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def address(attempt: Attempt, language: str = "en") -> str:
    return f"/{language}/attempts/{attempt.public_id}/"


def send(browser: PageClient, there: str, files: list[tuple[bytes, str]], **fields: Any) -> str:
    """Hand files in as the page's form does; gives the page after it."""
    return browser.follow(post_files(browser, there, files, 303, **fields)).text


def refused(browser: PageClient, there: str, files: list[tuple[bytes, str]], **fields: Any) -> str:
    """Hand in what is not taken; gives the page that says why, at the question."""
    page = post_files(browser, there, files, 422, **fields).text
    assert 'href="#q1-in"' in page, "the summary leads to the question"
    assert 'id="q1-error"' in page
    return page


def post_files(
    browser: PageClient, there: str, files: list[tuple[bytes, str]], status: int, **fields: Any
) -> TestResponse:
    page = form_in(browser.get(there).text, there)
    sent = {**page, **fields, "upload": "1", "files1": [(io.BytesIO(content), name) for content, name in files]}
    return browser.post(f"{there}files/1", sent, status, content_type="multipart/form-data")


def uploads(attempt: Attempt) -> list[Upload]:
    db.session.rollback()
    hers = select(Upload).join(Upload.attempt_question).where(Upload.attempt_question.has(attempt_id=attempt.id))
    return list(db.session.scalars(hers.order_by(Upload.id)))


def answer(attempt: Attempt) -> Any:
    db.session.rollback()
    return questions_of(attempt)[0].answer


@pytest.fixture
def quiz(app: Flask) -> QuizVersion:
    return make_quiz([upload_question(), questions()[4]])


def test_a_file_may_be_larger_than_a_form(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz([upload_question(most_megabytes=4)]), learner)
    there = address(attempt)
    page = {name: value for name, value in form_in(browser.get(there).text, there).items() if isinstance(value, str)}
    sent = whole_body({**page, "upload": "1"}, PDF + bytes(FORM_LIMIT), name="files1", filename="agreement.pdf")
    browser.post_body(f"{there}files/1", 303, **sent)
    assert [stored.size for stored in uploads(attempt)] == [len(PDF) + FORM_LIMIT]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_handed_in_seen_and_graded(
    browser: PageClient, learner: Person, quiz: QuizVersion, language: str
) -> None:
    attempt = begin(quiz, learner)
    there = address(attempt, language)
    page = send(browser, there, [(PDF, NAME)], **{"q2.answer": "۸"})
    assert NAME in page
    assert 'value="۸"' in page
    (stored,) = uploads(attempt)
    assert (stored.name, stored.media_type, stored.size) == (NAME, "application/pdf", len(PDF))
    assert answer(attempt) == {
        "files": [{"id": stored.public_id, "name": NAME, "type": "application/pdf", "size": len(PDF)}]
    }
    got = browser.get(f"/{language}/uploads/{stored.public_id}")
    assert got.data == PDF
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert quote(NAME) in got.headers["Content-Disposition"]
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in got.headers["Cache-Control"]
    browser.post(f"{there}submit")
    assert NAME in browser.get(f"{there}result").text
    task = db.session.scalars(select(GradingTask).where(GradingTask.attempt_id == attempt.id)).one()
    judge(task, make_trainer(), HIGH)
    assert attempt_of(task).state == AttemptState.GRADED


def test_only_she_and_her_graders_get_it_and_its_name_comes_with_the_mark(
    app: Flask, browser: PageClient, learner: Person, quiz: QuizVersion
) -> None:
    attempt = begin(quiz, learner)
    send(browser, address(attempt), [(PDF, NAME)])
    there = f"/en/uploads/{uploads(attempt)[0].public_id}"
    person = make_trainer()
    trainer, stranger = PageClient(app).sign_in(person), PageClient(app).sign_in(make_person())
    trainer.get(there, 404)
    browser.post(f"{address(attempt)}submit")
    stranger.get(there, 404)
    blind = trainer.get(there).headers["Content-Disposition"]
    assert "file-1.pdf" in blind
    assert quote(NAME) not in blind
    task = db.session.scalars(select(GradingTask).where(GradingTask.attempt_id == attempt.id)).one()
    page = f"/en/grading/answers/{task.public_id}/"
    assert NAME not in trainer.get(page).text
    judge(task, person, HIGH)
    assert NAME in trainer.get(page).text
    assert quote(NAME) in trainer.get(there).headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"MZ\x90\x00 program", "report.pdf", "of a kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>\x00", "a.png", "of a kind"),
        (docx("word/vbaProject.bin"), "macros.docx", "of a kind"),
        (b"PK\x03\x04 broken", "a.docx", "of a kind"),
        (b"ID3\x04 sound", "a.mp3", "of a kind"),
        (b"", "empty.pdf", "is empty"),
        (b"\xff\xd8\xff broken", "a.jpg", "cannot be read"),
    ],
    ids=["program", "drawing", "macros", "broken zip", "other kind", "empty", "broken picture"],
)
def test_what_is_not_taken_is_refused_by_its_content(
    browser: PageClient, learner: Person, quiz: QuizVersion, content: bytes, name: str, said: str
) -> None:
    attempt = begin(quiz, learner)
    page = refused(browser, address(attempt), [(content, name)], **{"q2.answer": "8"})
    assert said in page
    assert uploads(attempt) == []
    assert 'value="8"' in page, "what was typed beside it is saved"


def test_a_file_is_not_larger_than_the_question_takes(app: Flask) -> None:
    kind = FileUpload()
    structure = upload_question()["structure"]
    large = PDF.ljust(1024 * 1024 + 1, b"x")
    for size, taken in ((1024 * 1024, True), (1024 * 1024 + 1, False)):
        file = FileStorage(io.BytesIO(large[:size]), "large.pdf")
        if taken:
            assert take_files([file], kind, structure, current_storage())[0].size == size
        else:
            with pytest.raises(DomainError, match="too large"):
                take_files([file], kind, structure, current_storage())


@pytest.mark.parametrize(
    ("content", "name", "kept"),
    [
        (docx(), "گزارش.docx", "گزارش.docx"),
        (docx(), "report.exe", "report.exe.docx"),
        ("سلام\n".encode(), "docs/یادداشت.txt", "یادداشت.txt"),
        (photo(), "IMG_1.JPEG", "IMG_1.jpg"),
        (photo(), "../../x.png", "x.jpg"),
        (PDF, "ن" * 300 + ".pdf", "ن" * 120 + ".pdf"),
    ],
    ids=["persian", "lies", "path", "picture", "dots", "long"],
)
def test_a_name_stays_as_it_is_but_for_paths_and_lies(
    browser: PageClient, learner: Person, quiz: QuizVersion, content: bytes, name: str, kept: str
) -> None:
    attempt = begin(quiz, learner)
    send(browser, address(attempt), [(content, name)])
    assert [upload.name for upload in uploads(attempt)] == [kept]


def test_a_picture_does_not_say_where_it_was_taken(browser: PageClient, learner: Person, quiz: QuizVersion) -> None:
    attempt = begin(quiz, learner)
    send(browser, address(attempt), [(photo(), "a.jpg")])
    assert b"Secret" not in path_of(uploads(attempt)[0].digest).read_bytes()


def test_there_are_no_more_files_than_the_question_takes(
    browser: PageClient, learner: Person, quiz: QuizVersion
) -> None:
    attempt = begin(quiz, learner)
    there = address(attempt)
    assert "At most 2 files" in refused(browser, there, [(PDF, f"{n}.pdf") for n in range(3)])
    assert uploads(attempt) == []
    page = send(browser, there, [(PDF, "1.pdf"), (PDF, "2.pdf")])
    assert 'type="file"' not in page
    assert [file["name"] for file in answer(attempt)["files"]] == ["1.pdf", "2.pdf"]
    assert "Choose a file first" not in page
    browser.post(f"{there}files/1", {"client": "c", "remove": uploads(attempt)[0].public_id})
    assert [file["name"] for file in answer(attempt)["files"]] == ["2.pdf"]
    assert path_of(uploads(attempt)[0].digest)


def test_the_bytes_go_after_the_last_who_needs_them(browser: PageClient, learner: Person, quiz: QuizVersion) -> None:
    attempt = begin(quiz, learner)
    there, own = address(attempt), PDF + str(attempt.id).encode()
    send(browser, there, [(own, "1.pdf"), (own, "2.pdf")])
    first, second = uploads(attempt)
    digest, addresses = first.digest, (first.public_id, second.public_id)
    for at, upload_id in enumerate(addresses):
        browser.post(f"{there}files/1", {"client": f"c{at}", "remove": upload_id})
        assert (digest in needed_keys()) == (at == 0)
    assert answer(attempt) is None
    browser.get(f"/en/uploads/{addresses[0]}", 404)


def test_what_somebody_else_is_handing_in_outlives_what_is_taken_back(
    app: Flask, browser: PageClient, learner: Person, quiz: QuizVersion
) -> None:
    """Between the storing of the bytes and the commit of the row nothing names them."""
    attempt = begin(quiz, learner)
    there, own = address(attempt), PDF + str(attempt.id).encode()
    send(browser, there, [(own, "1.pdf")])
    (mine,) = uploads(attempt)
    stored = current_storage().put(io.BytesIO(own))
    browser.post(f"{there}files/1", {"client": "c", "remove": mine.public_id})
    run_due(app)
    assert path_of(stored.key).read_bytes() == own


def test_saving_the_page_leaves_files_alone(browser: PageClient, learner: Person, quiz: QuizVersion) -> None:
    attempt = begin(quiz, learner)
    there = address(attempt)
    send(browser, there, [(PDF, "1.pdf")])
    forged = '{"id": "x", "name": "x", "size": 1, "type": "x"}'
    browser.post(there, {**form_in(browser.get(there).text, there), "q1.answer": forged, "action": "save"})
    browser.put(f"{there}responses/1", 422, json={"given": {"answer": [forged]}, "client": "c", "sequence": 1})
    assert [file["name"] for file in answer(attempt)["files"]] == ["1.pdf"]


def test_after_submission_nothing_is_taken(browser: PageClient, learner: Person, quiz: QuizVersion) -> None:
    attempt = begin(quiz, learner)
    there = address(attempt)
    form = form_in(browser.get(there).text, there)
    with write_unit():
        submit_attempt(attempt, "en", now())
    sent = {**form, "files1": [(io.BytesIO(PDF), "late.pdf")]}
    assert (
        browser.post(f"{there}files/1", sent, content_type="multipart/form-data").headers["Location"].endswith("result")
    )
    assert uploads(attempt) == []


def test_where_no_file_is_asked_for_none_is_taken(browser: PageClient, learner: Person, quiz: QuizVersion) -> None:
    attempt = begin(quiz, learner)
    browser.post(f"{address(attempt)}files/2", {"client": "c"}, 404)
    assert "Choose a file first" in refused(browser, address(attempt), [])


def test_her_files_leave_with_her_account(browser: PageClient, learner: Person, quiz: QuizVersion) -> None:
    attempt = begin(quiz, learner)
    send(browser, address(attempt), [(PDF + b"mine", NAME)])
    digest = uploads(attempt)[0].digest
    with write_unit():
        erase_parts(learner, now())
    assert uploads(attempt) == []
    assert answer(attempt) is None
    said = db.session.scalars(select(Response.answer).where(Response.attempt_id == attempt.id))
    assert set(map(str, said)) == {"None"}
    (asked,) = db.session.scalars(select(Job).where(Job.kind == "forget_file"))
    assert now() + timedelta(minutes=59) < asked.run_at <= now() + timedelta(hours=1)
    forget_file(asked.arguments)
    assert path_of(digest), "somebody may just be handing in the same"
    os.utime(path_of(digest), (0, 0))
    forget_file(asked.arguments)
    with pytest.raises(FileNotFoundError):
        path_of(digest)
    forget_file(asked.arguments)


def test_a_file_that_somebody_else_handed_in_too_is_not_forgotten(
    browser: PageClient, learner: Person, quiz: QuizVersion
) -> None:
    theirs = begin(quiz, make_person())
    attempt = begin(quiz, learner)
    own = PDF + str(attempt.id).encode()
    send(browser, address(attempt), [(own, "1.pdf")])
    (mine,) = uploads(attempt)
    digest, public_id = mine.digest, mine.public_id
    values = {"digest": digest, "name": "2.pdf", "media_type": mine.media_type, "size": mine.size}
    with write_unit() as session:
        session.add(Upload(attempt_question_id=questions_of(theirs)[0].id, **values))
    browser.post(f"{address(attempt)}files/1", {"client": "c", "remove": public_id})
    os.utime(path_of(digest), (0, 0))
    forget_file({"key": digest})
    assert path_of(digest).read_bytes() == own
