"""Draws from the bank: what the pools of a quiz hold now, and what of it is fit to be asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lms.authoring.drafts.banks import find_bank
from lms.authoring.drafts.fields import is_field
from lms.authoring.drafts.whole import question_of, whole_parts
from lms.quizzes.checks import check_questions
from lms.quizzes.drawing import together
from lms.quizzes.tags import tag_key
from lms.training.models import Draft, DraftItem, DraftPart, PartKind
from lms.training.shapes import Problem


@dataclass(frozen=True)
class Candidate:
    """A question of the bank, as drawing sees it."""

    item: DraftItem

    @property
    def in_case(self) -> bool:
        """Whether it is asked about the case study before it."""
        return bool(self.item.settings.get("in_case"))


Group = list[DraftItem]
"""A question, or a case study with those about it."""


@dataclass(frozen=True)
class Pool:
    """What a draw of a quiz takes from: its rule, as the quiz's settings have it, and all that it names now."""

    rule: Mapping[str, Any]
    groups: list[Group]
    _found: dict[tuple[str, ...], list[list[Problem]]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """What its questions are marked with once they are pinned."""
        return str(self.rule["id"])

    def problems(self, languages: Sequence[str]) -> list[list[Problem]]:
        """What is wrong with each group in these languages."""
        wanted = tuple(languages)
        if wanted not in self._found:
            self._found[wanted] = [_problems(group, wanted) for group in self.groups]
        return self._found[wanted]

    def fit(self, languages: Sequence[str]) -> list[Group]:
        """The groups that are whole in all these languages: what is pinned."""
        return [group for group, wrong in zip(self.groups, self.problems(languages), strict=True) if not wrong]

    def unfit(self, languages: Sequence[str]) -> list[Group]:
        """The others."""
        return [group for group, wrong in zip(self.groups, self.problems(languages), strict=True) if wrong]

    def pinned(self, languages: Sequence[str]) -> list[dict[str, Any]]:
        """What a quiz file has of it in these languages."""
        fit = [item for group in self.fit(languages) for item in group]
        return [{**question_of(item, languages), "pool": self.id} for item in fit]


Pools = Mapping[str, Sequence[Pool]]
"""By key of the quiz."""


def _problems(group: Group, languages: Sequence[str]) -> list[Problem]:
    return list(check_questions([question_of(item, languages) for item in group], list(languages), ""))


def rules_of(part: DraftPart) -> list[dict[str, Any]]:
    """The rules of a quiz's draws from the bank."""
    return list(part.settings.get("pools", [])) if part.kind == PartKind.QUIZ else []


def pools_of(draft: Draft, parts: Iterable[DraftPart]) -> Pools:
    """What the quizzes among these parts draw from the bank of the module's owner; in a fixed number of statements."""
    quizzes = [part for part in parts if rules_of(part)]
    if not quizzes:
        return {}
    folders = _folders(draft.module.network_id, [rule for part in quizzes for rule in rules_of(part)])
    return {part.key: _pools(part, folders) for part in quizzes}


def _folders(network_id: int | None, rules: Sequence[Mapping[str, Any]]) -> dict[str, list[Group]]:
    bank = find_bank(network_id)
    if bank is None or bank.draft is None:
        return {}
    named = {rule.get("folder") for rule in rules}
    keys = None if None in named else {str(key) for key in named}
    parts = [part for part in whole_parts(bank.draft, keys) if part.kind == PartKind.QUIZ]
    return {part.key: groups_of(part) for part in parts}


def groups_of(folder: DraftPart) -> list[Group]:
    """The questions of a folder, those about a case study with it."""
    there = [Candidate(item) for item in folder.items if item.removed_at is None and not is_field(item)]
    return [[each.item for each in group] for group in together(there)]


def _pools(part: DraftPart, folders: Mapping[str, list[Group]]) -> list[Pool]:
    """No question is in two pools of a quiz, nor in a pool where the quiz has a copy of it for its own."""
    copied = {item.origin_id for item in part.items if item.removed_at is None}
    taken: set[str] = set()
    pools = []
    for rule in rules_of(part):
        pool = Pool(rule, [])
        for group in _named(rule, folders):
            keys = {item.key for item in group}
            if not taken & keys and not copied & {item.id for item in group}:
                pool.groups.append(group)
                taken |= keys
        pools.append(pool)
    return pools


def _named(rule: Mapping[str, Any], folders: Mapping[str, list[Group]]) -> list[Group]:
    some = [folders.get(rule["folder"], [])] if "folder" in rule else folders.values()
    key = tag_key(rule["tag"]) if "tag" in rule else None
    return [group for groups in some for group in groups if key is None or key in _keys(group[0])]


def _keys(item: DraftItem) -> set[str]:
    return set(map(tag_key, item.settings.get("tags", [])))
