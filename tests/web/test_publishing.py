"""Versions: editions, corrections, and what they leave in the database."""

import pytest
from flask import Flask
from sqlalchemy import select

from lms.clock import now
from lms.db import db, write_unit
from lms.errors import NotAllowed
from lms.search.models import SearchEntry
from lms.training.checks import check_tree
from lms.training.models import Module, ModuleVersion, VersionKind
from lms.training.publishing import kind_of_change, publish, tree_of
from lms.training.tree import Tree, tree_hash
from tests.content import changed, make_tree


def publish_tree(tree: Tree, module: Module | None = None, kind: VersionKind = VersionKind.EDITION) -> ModuleVersion:
    """Publish a tree as a new module of the site, or as a version of `module`."""
    with write_unit() as session:
        if module is None:
            module = Module(key=tree.key, titles=tree.manifest["title"])
            session.add(module)
        return publish(module, tree, kind=kind, note="", actor_id=None, now=now())


def corrected(tree: Tree) -> Tree:
    """The same tree with a word changed in one language."""
    other = changed(tree)
    other.lessons["origin"]["texts"]["fa"]["opening"] = "متن **درست‌شدهٔ** درس"
    return other


def test_a_version_keeps_the_tree_and_shows_it(app: Flask) -> None:
    tree = make_tree(lessons=("origin", "premises"))
    version = publish_tree(tree)
    db.session.expire_all()
    assert [lesson.key for lesson in version.lessons] == ["origin", "premises"]
    assert version.minutes == 10
    assert tree_hash(tree_of(version)) == version.content_hash == tree_hash(tree)
    assert check_tree(tree_of(version)) == []
    heading, text = next(text for text in version.lessons[0].texts if text.language == "fa").segments
    assert heading == {"id": "h-first", "kind": "heading", "title": "عنوان", "html": ""}
    assert text["html"] == '<p dir="rtl"><strong>متن</strong> درس</p>\n'


def test_a_correction_stays_in_its_edition(app: Flask) -> None:
    tree = make_tree()
    first = publish_tree(tree)
    second = publish_tree(corrected(tree), first.module, VersionKind.CORRECTION)
    third = publish_tree(tree, first.module)
    assert [version.number for version in (first, second, third)] == [1, 2, 3]
    assert [version.edition_id for version in (first, second, third)] == [first.id, first.id, third.id]
    assert first.module.current_version is third


def test_a_first_version_is_an_edition(app: Flask) -> None:
    version = publish_tree(make_tree(), kind=VersionKind.CORRECTION)
    assert version.kind is VersionKind.EDITION


def test_a_correction_changes_texts_only(app: Flask) -> None:
    tree = make_tree(lessons=("origin", "premises"))
    version = publish_tree(tree)
    shorter = make_tree(lessons=("origin",))
    asks_more, fewer_languages, more_texts = changed(tree), changed(tree), corrected(tree)
    asks_more.quizzes["final"]["pass_mark"] = 90
    fewer_languages.manifest["languages"] = ["fa", "ar"]
    more_texts.quizzes["final"]["scoring"] = {"correct": ["false"]}
    for other in (shorter, asks_more, fewer_languages):
        assert kind_of_change(version, other) is VersionKind.EDITION
        with pytest.raises(NotAllowed):
            publish_tree(other, version.module, VersionKind.CORRECTION)
    assert kind_of_change(version, more_texts) is VersionKind.CORRECTION


def test_search_finds_what_is_current(app: Flask) -> None:
    tree = make_tree(lessons=("origin", "premises"))
    version = publish_tree(tree)
    publish_tree(make_tree(lessons=("premises",)), version.module)
    rows = db.session.scalars(select(SearchEntry).where(SearchEntry.module_id == version.module_id)).all()
    assert sorted((row.key, row.language) for row in rows) == sorted(
        (key, code) for key in ("", "premises") for code in ("fa", "ar", "en")
    )
    assert next(row.text for row in rows if row.key and row.language == "fa") == "عنوان\nمتن درس"
