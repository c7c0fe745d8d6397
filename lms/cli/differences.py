"""The checks of `lms check`: the database's own, and what is kept twice."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from flask import current_app
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import undefer

from lms.accounts.models import Person
from lms.accounts.names import sign_in_key
from lms.backup.erasures import ERASURES, noted_erasures
from lms.checks import register_check, register_remark
from lms.cli.upgrade import branches
from lms.clock import now
from lms.db import Base, db
from lms.formats import LANGUAGES
from lms.i18n import DOMAIN
from lms.organizations.models import Network, Organization
from lms.organizations.names import folded_names
from lms.paths import TRANSLATIONS
from lms.plugins.registry import enabled_plugins
from lms.search.indexing import folded_words
from lms.search.models import SearchEntry
from lms.setup import current_settings
from lms.storage import current_storage
from lms.storage.sweeping import DELAY, differences
from lms.training.checks import check_tree
from lms.training.models import Module, ModuleVersion
from lms.training.publishing import tree_of
from lms.training.tree import tree_hash
from lms.upgrade import is_current

BATCH = 100
DOMAINS = "translations"
#: Indexes and constraints that PostgreSQL itself holds for unfinished.
UNFINISHED = """
SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid
UNION ALL SELECT conname::text FROM pg_constraint WHERE NOT convalidated
"""


@register_check("database")
def database() -> Iterator[str]:
    """What the engine itself finds wrong."""
    if db.engine.dialect.name == "sqlite":
        yield from (row[0] for row in _rows("PRAGMA integrity_check") if row[0] != "ok")
        yield from (f"{row[0]} row {row[1]}: refers to no {row[2]}" for row in _rows("PRAGMA foreign_key_check"))
    else:
        yield from (f"{row[0]} is not valid" for row in _rows(UNFINISHED))


def _rows(statement: str) -> list[Any]:
    return list(db.session.execute(text(statement)))


@register_check("migrations")
def migrations() -> Iterator[str]:
    """Branches that are not at their newest version, and tables that are not there."""
    for branch in branches(current_app):
        if not is_current(db.engine, branch):
            yield f"{branch.name or 'core'} is not current: run lms upgrade"
    there = set(inspect(db.engine).get_table_names())
    yield from (f"table {name} is missing" for name in sorted(set(Base.metadata.tables) - there))


@register_check("translations")
def translations() -> Iterator[str]:
    """Strings without a translation, and catalogs that are not there."""
    catalogs = [(DOMAIN, TRANSLATIONS), *((plugin.name, plugin.folder / DOMAINS) for plugin in enabled_plugins())]
    for domain, folder in catalogs:
        for language in sorted(set(LANGUAGES) - {"en"}):
            path = folder / language / "LC_MESSAGES" / f"{domain}.po"
            if path.exists():
                yield from (f"{domain}, {language}: {message}" for message in _untranslated(path))
            elif folder.exists():
                yield f"{domain}: no catalog for {language}"


def _untranslated(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        catalog = read_po(file)
    for message in catalog:
        texts = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        if message.id and (message.fuzzy or not all(texts)):
            yield str(message.id)


@register_check("content")
def content() -> Iterator[str]:
    """Current versions whose tree is not whole, or not the one that was published."""
    versions = (
        select(ModuleVersion)
        .join(Module, Module.current_version_id == ModuleVersion.id)
        .options(undefer(ModuleVersion.tree))
    )
    for version in _each(versions):
        tree = tree_of(version)
        name = f"{version.module.key}, version {version.number}"
        yield from (f"{name}: {problem}" for problem in check_tree(tree))
        if tree_hash(tree) != version.content_hash:
            yield f"{name}: is not what was published"


@register_check("search")
def search() -> Iterator[str]:
    """Entries that are not found under the words that they hold."""
    for entry in _each(select(SearchEntry)):
        if entry.folded != folded_words(f"{entry.title}\n{entry.text}", entry.language):
            yield f"{entry.language} entry {entry.id} of module {entry.module_id}"


@register_check("names")
def names() -> Iterator[str]:
    """Networks, organizations and accounts that are not found by their name."""
    for row in (*_each(select(Network)), *_each(select(Organization))):
        # As a set: the order of names is not kept everywhere.
        if set(row.folded.split("\n")) != set(folded_names(row.names).split("\n")):
            yield f"{row.__tablename__} {row.public_id}"
    for person in _each(select(Person).where(Person.sign_in_key.is_not(None))):
        if person.sign_in_key != sign_in_key(person.sign_in_name):
            yield f"person {person.public_id}"


@register_check("stored files")
def stored_files() -> Iterator[str]:
    """Files that rows name and that are not there, and what should have been deleted."""
    found = differences(current_storage(), now())
    yield from (f"{key} is missing" for key in found.missing)
    if found.overdue:
        yield f"{found.overdue} files that no row names were not deleted: does a worker run?"


@register_remark("stored files")
def unneeded_files() -> Iterator[str]:
    """What is stored and named by no row."""
    found = differences(current_storage(), now())
    if found.unneeded:
        size, days = found.size, DELAY.days
        yield f"{found.unneeded} files ({size} bytes) are named by no row; each is deleted {days} days after that"


@register_check("erasures")
def erasures() -> Iterator[str]:
    """People who were erased and are still there."""
    for uid in noted_erasures(current_settings().data / ERASURES):
        found = db.session.scalar(select(Person.public_id).where(Person.uid == uid, Person.erased_at.is_(None)))
        if found:
            yield f"person {found} was erased once"


def _each(statement: Any) -> Iterator[Any]:
    """The models of a statement, a batch in memory at a time."""
    for row in db.session.scalars(statement, execution_options={"yield_per": BATCH}):
        yield row
        db.session.expunge(row)
