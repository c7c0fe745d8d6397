"""What the addresses of the studio point at. Nothing of a plugin, and nothing that was put away, can be edited."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.db import db
from lms.security.actor import Scope
from lms.training.models import Draft, DraftItem, DraftPart, Module


def module(module_id: str) -> Module | None:
    """A module that can be edited."""
    query = (
        select(Module)
        .where(Module.public_id == module_id, Module.plugin.is_(None), Module.archived_at.is_(None))
        .options(joinedload(Module.draft))
    )
    return db.session.scalar(query)


def drafted(module_id: str) -> Module | None:
    """A module with a draft: no bank, which is never published."""
    found = module(module_id)
    return found if found is not None and found.draft is not None and not found.bank else None


def part(part_id: str) -> DraftPart | None:
    """A part of a draft, deleted ones included."""
    query = (
        select(DraftPart)
        .join(Draft)
        .join(Module, Module.id == Draft.module_id)
        .where(DraftPart.public_id == part_id, Module.plugin.is_(None), Module.archived_at.is_(None))
        .options(joinedload(DraftPart.draft).joinedload(Draft.module))
    )
    return db.session.scalar(query)


def item(item_id: str, language: str = "") -> DraftItem | None:
    """A block, question or field of a draft."""
    query = (
        select(DraftItem)
        .join(DraftPart)
        .join(Draft)
        .join(Module, Module.id == Draft.module_id)
        .where(DraftItem.public_id == item_id, Module.plugin.is_(None), Module.archived_at.is_(None))
        .options(joinedload(DraftItem.part).joinedload(DraftPart.draft).joinedload(Draft.module))
    )
    return db.session.scalar(query)


class Original:
    """A published module that a trainer may read and copy: everybody's."""

    def __init__(self, found: Module) -> None:
        self.module = found

    def scope(self) -> Scope:
        """The site's: no network's module is shown to others."""
        return Scope(site=True)


def original(module_id: str) -> Original | None:
    """A published module of a plugin or of the site."""
    query = select(Module).where(
        Module.public_id == module_id,
        Module.network_id.is_(None),
        Module.archived_at.is_(None),
        Module.current_version_id.is_not(None),
    )
    found = db.session.scalar(query)
    return Original(found) if found else None
