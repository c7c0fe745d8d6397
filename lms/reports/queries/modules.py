"""The modules that are a network's report's columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, or_, select

from lms.db import Texts, db, read
from lms.training.models import Kit, KitModule, Module, ModuleVersion, VersionKind


@dataclass(frozen=True)
class ReportModule:
    """A column of the report."""

    id: int
    public_id: str
    titles: Texts


@dataclass(frozen=True)
class Edition:
    """An edition of a module: its number among the module's versions, and since when it is there."""

    id: int
    number: int
    published_at: datetime


def editions_of(module_id: int) -> list[Edition]:
    """The editions of a module, the newest first."""
    rows = db.session.execute(
        select(ModuleVersion.id, ModuleVersion.number, ModuleVersion.published_at)
        .where(ModuleVersion.module_id == module_id, ModuleVersion.kind == VersionKind.EDITION)
        .order_by(ModuleVersion.number.desc())
    )
    return [Edition(*row) for row in rows]


def modules_of(network_id: int | None) -> list[ReportModule]:
    """The published modules that every organization of the network can read, the site's and its own, in kit order.

    None: the site's alone.
    """
    return each_once(read(_MODULES, network=network_id))


def each_once(rows: Iterable[Any]) -> list[ReportModule]:
    """Modules of a statement by `in_kit_order`: one in two kits stands where it comes first."""
    found = [ReportModule(*row) for row in rows]
    return list({module.id: module for module in reversed(found)}.values())[::-1]


def in_kit_order(modules: ColumnElement[bool], kits: ColumnElement[bool]) -> Select[int, str, Texts]:
    """The modules for which the one is so, in the order of those kits for which the other is."""
    return (
        select(Module.id, Module.public_id, Module.titles)
        .outerjoin(KitModule, KitModule.module_id == Module.id)
        .outerjoin(Kit, and_(Kit.id == KitModule.kit_id, kits))
        .where(modules)
        .order_by(Kit.id.is_(None), Kit.position, Kit.id, KitModule.position, Module.id)
    )


_NETWORK = bindparam("network", type_=Integer())
_MODULES = in_kit_order(
    and_(
        Module.archived_at.is_(None),
        Module.current_version_id.is_not(None),
        or_(Module.network_id.is_(None), Module.network_id == _NETWORK),
    ),
    or_(Kit.network_id.is_(None), Kit.network_id == _NETWORK),
)
