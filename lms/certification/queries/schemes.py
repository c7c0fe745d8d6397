"""A network's rules, and the titles that put them in words."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from lms.certification.models import Level, Scheme
from lms.certification.requirement_types import Kind, Titles, requirement_type
from lms.db import db
from lms.training.models import Kit, Module

#: A requirement's type and parameters, as a row or an award's copy holds them.
Rule = tuple[str, dict[str, Any]]


def scheme_of(network_id: int) -> Scheme | None:
    """The network's scheme with its levels and requirements, or None where it has none yet."""
    return db.session.scalars(
        select(Scheme)
        .where(Scheme.network_id == network_id)
        .options(selectinload(Scheme.levels).selectinload(Level.requirements))
    ).one_or_none()


def titles_of(rules: Iterable[Rule]) -> Titles:
    """Titles of everything that the requirements name: two statements, whatever they are."""
    known = [(requirement_type(key), parameters) for key, parameters in rules]
    modules = {found for type_, parameters in known for found in type_.subjects(parameters, Kind.MODULE)}
    kits = {found for type_, parameters in known for found in type_.subjects(parameters, Kind.KIT)}
    return Titles(
        dict(db.session.execute(select(Module.id, Module.titles).where(Module.id.in_(modules))).all()),
        dict(db.session.execute(select(Kit.id, Kit.titles).where(Kit.id.in_(kits))).all()),
    )
