"""Reads for the studio's lists."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select
from sqlalchemy.orm import joinedload

from lms.db import Texts, db
from lms.learning.models import LessonReport, ReportState
from lms.organizations.models import Network
from lms.security.actor import Actor, Role
from lms.security.predicates import trains_site
from lms.training.models import Draft, Module, ModuleVersion

MOST_REPORTS = 200


@dataclass(frozen=True)
class Listed:
    """A module in the studio's list."""

    public_id: str
    titles: Texts
    #: Names of the network that owns it; None: the site.
    owner: Texts | None
    plugin: str | None
    number: int | None
    published_at: datetime | None
    languages: list[str]
    drafted: bool
    #: Whether the draft says other things than the current version.
    changed: bool
    changed_at: datetime | None


def editable_by(actor: Actor) -> ColumnElement[bool]:
    """The modules that she may edit: the SQL twin of the policy's `trains`, plugins' left out."""
    owned = Module.network_id.in_(actor.networks_as(Role.TRAINER))
    site = Module.network_id.is_(None) if trains_site(actor) else false()
    return and_(Module.plugin.is_(None), Module.archived_at.is_(None), Module.bank.is_(False), or_(owned, site))


def copyable_by(actor: Actor) -> ColumnElement[bool]:
    """The modules that she may read and copy: published ones of plugins and of the site that she cannot edit."""
    published = and_(Module.current_version_id.is_not(None), Module.archived_at.is_(None))
    others = Module.plugin.is_not(None) if trains_site(actor) else Module.network_id.is_(None)
    return and_(published, others, Module.network_id.is_(None))


def modules_to_edit(actor: Actor) -> list[Listed]:
    """Her modules, those changed last first."""
    query = _listing().where(editable_by(actor)).order_by(Draft.changed_at.desc().nulls_last(), Module.id.desc())
    return [_listed(row) for row in db.session.execute(query)]


def modules_to_copy(actor: Actor) -> list[Listed]:
    """What others bring, in the order in which it came."""
    return [_listed(row) for row in db.session.execute(_listing().where(copyable_by(actor)).order_by(Module.id))]


def _listing() -> Select[Any]:
    return (
        select(
            Module.public_id,
            Module.titles,
            Module.plugin,
            Network.names,
            ModuleVersion.number,
            ModuleVersion.published_at,
            ModuleVersion.manifest,
            Draft.id,
            Draft.revision,
            Draft.published_revision,
            Draft.changed_at,
        )
        .outerjoin(ModuleVersion, ModuleVersion.id == Module.current_version_id)
        .outerjoin(Draft, Draft.module_id == Module.id)
        .outerjoin(Network, Network.id == Module.network_id)
    )


def _listed(row: Row[Any]) -> Listed:
    return Listed(
        public_id=row.public_id,
        titles=row.titles,
        owner=row.names,
        plugin=row.plugin,
        number=row.number,
        published_at=row.published_at,
        languages=(row.manifest or {}).get("languages", []),
        drafted=row.id is not None,
        changed=row.id is not None and row.revision != row.published_revision,
        changed_at=row.changed_at,
    )


def owners_for(actor: Actor) -> list[tuple[int | None, Texts | None]]:
    """For whom she may write: the site (no id), networks by name."""
    networks = db.session.execute(
        select(Network.id, Network.names)
        .where(Network.id.in_(actor.networks_as(Role.TRAINER)))
        .order_by(Network.sort_en, Network.id)
    )
    site: list[tuple[int | None, Texts | None]] = [(None, None)] if trains_site(actor) else []
    return [*site, *((row.id, row.names) for row in networks)]


@dataclass(frozen=True)
class Edition:
    """A version in a module's history."""

    number: int
    kind: str
    note: str
    published_at: datetime
    languages: list[str]


def history_of(module: Module) -> list[Edition]:
    """Its versions, the newest first."""
    rows = db.session.execute(
        select(
            ModuleVersion.number,
            ModuleVersion.kind,
            ModuleVersion.note,
            ModuleVersion.published_at,
            ModuleVersion.manifest,
        )
        .where(ModuleVersion.module_id == module.id)
        .order_by(ModuleVersion.number.desc())
    )
    return [Edition(r.number, r.kind, r.note, r.published_at, r.manifest["languages"]) for r in rows]


def _reports_to(actor: Actor) -> ColumnElement[bool]:
    """Those of modules that she may edit and, for a trainer of the site, of plugins."""
    own = editable_by(actor)
    hers = or_(own, Module.plugin.is_not(None)) if trains_site(actor) else own
    return LessonReport.module_id.in_(select(Module.id).where(hers))


def reports_for(actor: Actor, state: ReportState) -> list[LessonReport]:
    """The errors reported to her, the newest first."""
    query = (
        select(LessonReport)
        .where(LessonReport.state == state, _reports_to(actor))
        .options(joinedload(LessonReport.module), joinedload(LessonReport.version))
        .order_by(LessonReport.id.desc())
        .limit(MOST_REPORTS)
    )
    return list(db.session.scalars(query))


def count_reports(actor: Actor) -> int:
    """How many errors reported to her are neither mended nor none."""
    query = select(func.count()).where(LessonReport.state == ReportState.OPEN, _reports_to(actor))
    return db.session.scalar(query) or 0
