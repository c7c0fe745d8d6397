"""Pools of a tree that comes from elsewhere: their questions go into the bank of the module's new owner."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from lms.authoring.drafts.banks import add_folder, bank_of, find_bank
from lms.authoring.drafts.importing import room_in
from lms.authoring.drafts.reading_trees import put_in_step, question_item
from lms.db import db, text_of
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.training.models import Draft, DraftItem, DraftPart, Module
from lms.training.tree import Tree

Rule = dict[str, Any]
Quiz = Mapping[str, Any]


def bring_pools(tree: Tree, *, network_id: int | None, actor_id: int | None, now: datetime) -> Tree:
    """The tree with every pool drawing from that owner's bank; what the bank never had is put into it.

    A pool whose folder or questions the bank knows, even as deleted ones, is at home there already. Raises NotAllowed
    where there is no room.
    """
    pools = list(_pools(tree))
    if not pools:
        return tree
    known = _known_keys(find_bank(network_id))
    strange = [(quiz, rule) for quiz, rule in pools if not known & _keys_of(quiz, rule)]
    folders: dict[str, DraftPart] = {}
    for quiz, rule in strange:
        name = _name_of(quiz, rule)
        if name not in folders:
            bank = bank_of(network_id, actor_id=actor_id, now=now)
            title = text_of(quiz["title"], bank_source(bank))
            folders[name] = add_folder(bank, title, actor_id=actor_id, now=now)
        _fill(folders[name], _pinned(quiz, rule), actor_id, now)
    keys = {name: folder.key for name, folder in folders.items()}
    return replace(tree, quizzes={key: _with_folders(quiz, keys) for key, quiz in tree.quizzes.items()})


def _name_of(quiz: Quiz, rule: Rule) -> str:
    return str(rule.get("folder") or f"{quiz['id']}/{rule['id']}")


def _pinned(quiz: Quiz, rule: Rule) -> list[dict[str, Any]]:
    return [question for question in quiz["questions"] if question.get("pool") == rule["id"]]


def bank_source(bank: Module) -> str:
    """The language in which a bank's folders are named."""
    assert bank.draft is not None
    return bank.draft.source_language


def _pools(tree: Tree) -> Iterator[tuple[Quiz, Rule]]:
    for quiz in tree.quizzes.values():
        yield from ((quiz, rule) for rule in quiz.get("pools", []))


def _keys_of(quiz: Quiz, rule: Rule) -> set[str]:
    """By what a bank knows a pool."""
    folder = {rule["folder"]} if "folder" in rule else set()
    return folder | {question["id"] for question in _pinned(quiz, rule)}


def _known_keys(bank: Module | None) -> set[str]:
    """The keys of all folders and questions that a bank ever had."""
    if bank is None:
        return set()
    rows = db.session.execute(
        select(DraftPart.key, DraftItem.key)
        .join(Draft, Draft.id == DraftPart.draft_id)
        .outerjoin(DraftItem, DraftItem.part_id == DraftPart.id)
        .where(Draft.module_id == bank.id)
    )
    return {key for row in rows for key in row if key}


def _fill(folder: DraftPart, questions: Sequence[Quiz], actor_id: int | None, now: datetime) -> None:
    if len(questions) > room_in(folder):
        raise NotAllowed(_("This folder is full. Begin another one."))
    at = max((item.position for item in folder.items), default=0)
    there = {item.key for item in folder.items}
    for position, question in enumerate(questions, at + 1):
        if question["id"] in there:
            continue
        own = {name: value for name, value in question.items() if name != "pool"}
        item = question_item(own, question["id"], position)
        put_in_step(item, folder.draft.source_language, actor_id, now)
        item.part = folder
        db.session.add(item)
    db.session.flush()


def _with_folders(quiz: Quiz, keys: Mapping[str, str]) -> dict[str, Any]:
    return {**quiz, "pools": [_moved(quiz, rule, keys) for rule in quiz["pools"]]} if "pools" in quiz else dict(quiz)


def _moved(quiz: Quiz, rule: Rule, keys: Mapping[str, str]) -> Rule:
    key = keys.get(_name_of(quiz, rule))
    return {**rule, "folder": key} if key else rule
