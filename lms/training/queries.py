"""Reads about what is taught."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.db import db
from lms.training.models import Module


def module_by_public_id(public_id: str) -> Module | None:
    """The module with that public id."""
    return db.session.scalars(select(Module).where(Module.public_id == public_id)).one_or_none()


def all_modules() -> Sequence[Module]:
    """Every module with its current version, those of the site first, then by plugin and key."""
    return db.session.scalars(
        select(Module)
        .where(Module.bank.is_(False))
        .options(joinedload(Module.current_version))
        .order_by(Module.plugin.is_not(None), Module.plugin, Module.key, Module.id)
    ).all()


def modules_named(name: str) -> Sequence[Module]:
    """The modules that a name means: a public id, a key, or `plugin/key`."""
    plugin, _slash, key = name.rpartition("/")
    wanted = (Module.key == key) & (Module.plugin == plugin) if plugin else (Module.key == name)
    return db.session.scalars(
        select(Module).where(wanted | (Module.public_id == name)).options(joinedload(Module.current_version))
    ).all()


def module_of_site(key: str) -> Module | None:
    """The site's own module (of no plugin and no network) with that key."""
    return db.session.scalars(
        select(Module).where(Module.key == key, Module.plugin.is_(None), Module.network_id.is_(None)).limit(1)
    ).one_or_none()
