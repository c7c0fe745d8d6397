"""The studio: a quiz becomes an entry quiz, errors stand at its field, and packages carry it."""

import io
from typing import Any

import pytest
from sqlalchemy import select

from lms.db import db
from lms.quizzes.models import QuizVersion
from lms.training.models import DraftPart, Module, PartKind
from lms.training.packages import read_package
from lms.training.publishing import tree_of
from tests.conftest import LANGUAGES
from tests.page import PageClient
from tests.queries import counted_statements
from tests.studio import Studio, make_trainer, reloaded, whole_module


@pytest.fixture
def studio(client: PageClient) -> Studio:
    return Studio(client.sign_in(make_trainer()), "fa")


@pytest.fixture
def module(studio: Studio) -> Module:
    """A module of a lesson and a quiz, ready to be published."""
    return whole_module(studio)


def quizzes(module: Module) -> list[DraftPart]:
    db.session.expire_all()
    assert module.draft
    return [part for part in module.draft.parts if part.kind == PartKind.QUIZ and part.removed_at is None]


def add_quiz(studio: Studio, module: Module, title: str = "پیش از درس‌ها") -> DraftPart:
    """Another quiz with a question, copied from the one that is there."""
    (final,) = [part for part in quizzes(module) if "before" not in part.settings][:1]
    studio.client.post(studio.at(f"m/{module.public_id}/parts"), {"do": f"copy:{final.public_id}"})
    part = quizzes(module)[-1]
    studio.write(part, {studio.field(part, "title"): dict.fromkeys(LANGUAGES, title)})
    return reloaded(part)


def hindrances(studio: Studio, module: Module) -> str:
    return studio.client.get(studio.at(f"m/{module.public_id}/")).text


def test_it_stands_first_is_optional_and_is_published(studio: Studio, module: Module) -> None:
    (final,) = quizzes(module)
    part = add_quiz(studio, module)
    assert 'name="before"' in studio.client.get(studio.address(part)).text
    studio.write(part, {}, before=final.key)
    part = reloaded(part)
    assert (part.settings["before"], part.required, part.position) == (final.key, False, 1)
    studio.publish(module)
    version = reloaded(module).current_version
    assert version
    assert version.manifest["sequence"][0] == {"quiz": part.key, "before": final.key, "required": False}
    assert "before" not in version.tree["quizzes"][part.key]
    stored = db.session.scalars(select(QuizVersion).where(QuizVersion.before.is_not(None))).all()
    assert [each.before for each in stored if each.module_version_id == version.id] == [final.key]


def test_alone_a_quiz_has_nothing_to_be_compared_with(studio: Studio, module: Module) -> None:
    (final,) = quizzes(module)
    assert 'name="before"' not in studio.client.get(studio.address(final)).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_stand_at_the_field_with_what_was_chosen(studio: Studio, module: Module, language: str) -> None:
    (final,) = quizzes(module)
    part, studio.language = add_quiz(studio, module), language
    page = studio.write(part, {}, 422, before="nothing")
    assert 'id="before-error"' in page
    free = {"do": f"free:{final.public_id}"}
    studio.client.post(studio.at(f"m/{module.public_id}/parts"), free)
    page = studio.write(part, {}, 422, before=final.key)
    assert 'id="before-error"' in page
    assert f'<option selected value="{final.key}"' in page
    studio.client.post(studio.at(f"m/{module.public_id}/parts"), {"do": f"require:{final.public_id}"})
    studio.write(part, {}, before=final.key)
    second = add_quiz(studio, module, "باز هم")
    page = studio.write(second, {}, 422, before=final.key)
    assert "پیش از درس‌ها" in page.split('id="before-error"')[1].split("</p>")[0]
    assert "before" not in reloaded(second).settings


def test_what_hinders_publishing_leads_to_the_field(studio: Studio, module: Module) -> None:
    (final,) = quizzes(module)
    part = add_quiz(studio, module)
    studio.write(part, {}, before=final.key)
    parts = studio.at(f"m/{module.public_id}/parts")
    studio.client.post(parts, {"do": f"require:{part.public_id}"})
    studio.client.post(parts, {"do": f"down:{part.public_id}"})
    page = hindrances(studio, module)
    assert page.count(f"parts/{part.public_id}/#before") == 2
    assert "پیش‌آزمون باید اختیاری باشد" in page


def test_it_can_count_again(studio: Studio, module: Module) -> None:
    (final,) = quizzes(module)
    part = add_quiz(studio, module)
    studio.write(part, {}, before=final.key)
    studio.write(part, {}, before="")
    assert "before" not in reloaded(part).settings


def test_a_copy_of_it_counts_and_a_copy_of_the_module_keeps_it(studio: Studio, module: Module) -> None:
    (final,) = quizzes(module)
    part = add_quiz(studio, module)
    studio.write(part, {}, before=final.key)
    studio.client.post(studio.at(f"m/{module.public_id}/parts"), {"do": f"copy:{part.public_id}"})
    assert [each.settings.get("before") for each in quizzes(module)].count(final.key) == 1
    studio.client.post(studio.at(f"m/{module.public_id}/duplicate"), {})
    twin = db.session.scalars(select(Module).order_by(Module.id.desc())).first()
    assert twin
    assert [each.settings.get("before") for each in quizzes(twin)].count(final.key) == 1


def test_a_package_carries_it(studio: Studio, module: Module) -> None:
    (final,) = quizzes(module)
    studio.write(add_quiz(studio, module), {}, before=final.key)
    studio.publish(module)
    version = reloaded(module).current_version
    assert version
    body = studio.client.get(studio.at(f"m/{module.public_id}/package")).get_data()
    assert read_package(io.BytesIO(body)).manifest == tree_of(version).manifest
    sent: dict[str, Any] = {"file": (io.BytesIO(body), "module.zip"), "owner": "site"}
    studio.client.get(studio.at("packages/new"))
    studio.client.post(studio.at("packages/new"), sent, content_type="multipart/form-data")
    brought = db.session.scalars(select(Module).order_by(Module.id.desc())).first()
    assert brought
    assert [part.settings.get("before") for part in quizzes(brought)] == [final.key, None]


def test_to_make_it_one_or_none_makes_an_edition(studio: Studio, module: Module) -> None:
    studio.publish(module)
    (final,) = quizzes(module)
    studio.write(add_quiz(studio, module), {}, before=final.key)
    studio.publish(module)
    version = reloaded(module).current_version
    assert version
    assert version.kind == "edition"


def test_statements_do_not_grow_with_the_quizzes(studio: Studio, module: Module) -> None:
    def asked() -> int:
        part = add_quiz(studio, module)
        studio.client.get(studio.address(part))
        with counted_statements() as seen:
            studio.client.get(studio.address(part))
        return len(seen)

    assert asked() == asked()
