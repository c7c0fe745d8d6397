"""Plugins' content in the database."""

from flask import Flask
from sqlalchemy import func, select

from lms.clock import now
from lms.db import db, write_unit
from lms.events.models import EventRow
from lms.search.models import SearchEntry
from lms.training.models import Kit, LessonText, Module, ModuleVersion
from lms.training.rendering import RENDERER
from lms.training.sync import sync_plugins


def test_the_kit_is_there_in_three_languages(app: Flask) -> None:
    kit = db.session.scalars(select(Kit)).one()
    assert [place.module.key for place in kit.modules] == ["what-networking-is", "forms-of-networks"]
    first, second = kit.modules
    assert first.after == []
    assert second.after == [first.module_id]
    version = first.module.current_version
    assert version
    assert version.number == 1
    assert version.edition_id == version.id
    assert all({text.language for text in lesson.texts} == {"fa", "ar", "en"} for lesson in version.lessons)
    assert db.session.scalar(select(func.count()).select_from(EventRow).where(EventRow.name == "module_published")) == 2


def test_again_changes_nothing(app: Flask) -> None:
    def counts() -> list[int | None]:
        models = (ModuleVersion, LessonText, SearchEntry, EventRow)
        return [db.session.scalar(select(func.count()).select_from(model)) for model in models]

    before = counts()
    assert sync_plugins(now()) == []
    assert counts() == before


def test_what_is_no_longer_brought_is_archived_and_comes_back(app: Flask) -> None:
    with write_unit() as session:
        session.add(Module(plugin="networking_kit", key="gone", titles={"en": "Gone"}))
    assert sync_plugins(now()) == ["networking_kit: gone is archived"]
    module = db.session.scalars(select(Module).where(Module.key == "forms-of-networks")).one()
    with write_unit() as session:
        session.merge(module).archived_at = now()
    assert sync_plugins(now()) == ["networking_kit: forms-of-networks, version 1 (edition)"]


def test_what_an_older_renderer_made_is_rendered_again(app: Flask) -> None:
    text = db.session.scalars(select(LessonText).limit(1)).one()
    with write_unit() as session:
        old = session.get_one(LessonText, text.id)
        old.renderer, old.segments = RENDERER - 1, []
    assert sync_plugins(now()) == ["1 lesson texts rendered again"]
    db.session.expire_all()
    assert db.session.get_one(LessonText, text.id).segments
