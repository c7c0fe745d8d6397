"""Plugins' content into the database: what is new or changed is published, the rest is left alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from lms.db import db, write_unit
from lms.plugins.contract import Plugin
from lms.plugins.registry import enabled_plugins
from lms.storage import current_storage
from lms.training.checks import check_tree
from lms.training.kits import check_kit, read_kit
from lms.training.models import Kit, KitModule, Module
from lms.training.publishing import kind_of_change, publish, render_again, render_tree
from lms.training.shapes import Problem
from lms.training.tree import ContentError, Tree, read_tree, tree_hash
from lms.training.tree_media import Keep, hash_of, keeper

Syncing = Callable[[Plugin, datetime], list[str]]
_also: list[Syncing] = []


def also_sync(syncing: Syncing) -> None:
    """Have `syncing(plugin, now)` called after a plugin's modules and kits are in; it gives a line for each change."""
    if syncing not in _also:
        _also.append(syncing)


@dataclass(frozen=True)
class Content:
    """What a plugin brings to be taught."""

    trees: list[Tree]
    kits: list[dict[str, Any]]


def read_content(modules: list[Path], kits: list[Path], keep: Keep = hash_of) -> Content:
    """The content in these folders and files; `keep` gets the media files.

    Raises ValueError with everything that is wrong with it.
    """
    try:
        content = Content([read_tree(path, keep) for path in modules], [read_kit(path) for path in kits])
    except ContentError as error:
        raise ValueError(error.message) from error
    problems = list(_problems(content, modules))
    if problems:
        raise ValueError("; ".join(str(problem) for problem in problems))
    return content


def _problems(content: Content, folders: list[Path]) -> list[Problem]:
    found = []
    for tree, folder in zip(content.trees, folders, strict=True):
        if tree.manifest.get("id") != folder.name:
            found.append(Problem(f"{folder.name}/module.json", "the id is not the name of the folder"))
        found += [Problem(f"{folder.name}/{problem.where}", problem.message) for problem in check_tree(tree)]
    keys = {folder.name for folder in folders}
    return found + [problem for kit in content.kits for problem in check_kit(kit, keys)]


def content_of(plugin: Plugin, keep: Keep = hash_of) -> Content:
    """What a plugin brings, read and checked. Raises ValueError."""
    return read_content(list(plugin.modules()), list(plugin.kits()), keep)


def check_content(plugin: Plugin, _modules: object) -> None:
    """What the registry calls for each plugin when the app is made. Raises ValueError."""
    content_of(plugin)


def sync_plugins(now: datetime) -> list[str]:
    """Bring the content of the enabled plugins into the database; gives a line for each thing that changed.

    Running it again changes nothing. What a plugin no longer brings is archived, never deleted.
    """
    done: list[str] = []
    for plugin in enabled_plugins():
        content = content_of(plugin, keeper(current_storage()))
        for tree in content.trees:
            done += _sync_module(plugin.name, tree, now)
        done += _archive_missing(plugin.name, {tree.key for tree in content.trees}, now)
        with write_unit():
            for position, kit in enumerate(content.kits):
                _store_kit(plugin.name, kit, position)
        done += [line for syncing in _also for line in syncing(plugin, now)]
    with write_unit():
        again = render_again()
    return done + ([f"{again} lesson texts rendered again"] if again else [])


def module_of_plugin(plugin: str, key: str) -> Module | None:
    """A plugin's module by its key."""
    return db.session.scalars(select(Module).where(Module.plugin == plugin, Module.key == key)).one_or_none()


def _sync_module(plugin: str, tree: Tree, now: datetime) -> list[str]:
    module = module_of_plugin(plugin, tree.key)
    current = module.current_version if module else None
    if module and current and module.archived_at is None and current.content_hash == tree_hash(tree):
        return []
    kind = kind_of_change(current, tree)
    rendered = render_tree(tree)
    with write_unit() as session:
        if module is None:
            module = Module(plugin=plugin, key=tree.key, titles=tree.manifest["title"], created_at=now)
            session.add(module)
        module.archived_at = None
        if current is None or current.content_hash != rendered.content_hash:
            current = publish(module, tree, kind=kind, note="", actor_id=None, now=now, rendered=rendered)
        return [f"{plugin}: {tree.key}, version {current.number} ({current.kind})"]


def _archive_missing(plugin: str, keys: set[str], now: datetime) -> list[str]:
    gone = db.session.scalars(
        select(Module).where(Module.plugin == plugin, Module.key.not_in(keys), Module.archived_at.is_(None))
    ).all()
    if not gone:
        return []
    with write_unit():
        for module in gone:
            module.archived_at = now
    return [f"{plugin}: {module.key} is archived" for module in gone]


def _store_kit(plugin: str, source: dict[str, Any], position: int) -> None:
    kit = db.session.scalars(select(Kit).where(Kit.plugin == plugin, Kit.key == source["id"])).one_or_none()
    if kit is None:
        kit = Kit(plugin=plugin, key=source["id"], titles=source["title"], position=position)
        db.session.add(kit)
    kit.titles, kit.summaries, kit.position = source["title"], source.get("summary", {}), position
    db.session.flush()
    ids = {m.key: m.id for m in db.session.scalars(select(Module).where(Module.plugin == plugin))}
    places = {place.module_id: place for place in kit.modules}
    for number, item in enumerate(source["modules"]):
        place = places.pop(ids[item["id"]], None) or KitModule(kit_id=kit.id, module_id=ids[item["id"]], position=0)
        place.position, place.after = number, [ids[key] for key in item["after"]]
        db.session.add(place)
    for place in places.values():
        db.session.delete(place)
