"""The suite that any plugin runs: in its own tests, and by `lms plugins check`.

from lms.plugins.testing import PluginTests

class TestFundraising(PluginTests):
    name = "fundraising"
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect

from lms import create_app
from lms.accounts.models import Person
from lms.accounts.sessions import COOKIE, open_session
from lms.clock import now
from lms.db import Base, db, write_unit
from lms.formats import LANGUAGES
from lms.plugins.contract import Plugin, PluginError
from lms.plugins.conventions import branch_of
from lms.plugins.discovery import load
from lms.settings import Settings
from lms.training.sync import sync_plugins
from lms.upgrade import CORE, Branch, config_for, upgrade

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


class PluginTests:
    """Subclass it in a plugin's tests, with the plugin's name."""

    name: str

    def test_it_keeps_the_contract(self, tmp_path: Path) -> None:
        """Nothing is wrong with it."""
        assert problems_of(self.name, tmp_path) == []


def problems_of(name: str, folder: Path) -> list[str]:
    """What is wrong with an installed plugin; `folder` is an empty one, for its database.

    Starts the program with it, upgrades and syncs, visits its pages, takes it away and looks whether the rest goes on.
    """
    try:
        plugins = with_required(name)
        app = create_app(_settings(folder, tuple(plugin.name for plugin in plugins)))
    except PluginError as error:
        return [str(error)]
    plugin = plugins[-1]
    with _on_database(app):
        upgrade(db.engine, _branches(plugins))
        found = [*_content(), *_pages(app, plugin), *_catalogs(plugin), *_migrations(plugin)]
    return found + list(_goes_on_without(folder, plugin))


def with_required(name: str) -> list[Plugin]:
    """A plugin after all that it requires. Raises PluginError."""
    found: dict[str, Plugin] = {}

    def add(needed: str, above: tuple[str, ...]) -> None:
        if needed in above:
            raise PluginError(needed, f"requires itself ({' requires '.join((*above, needed))})")
        plugin = load(needed)
        for other in plugin.requires:
            add(other, (*above, needed))
        found.setdefault(needed, plugin)

    add(name, ())
    return list(found.values())


def _settings(folder: Path, plugins: tuple[str, ...]) -> Settings:
    return Settings(
        data=folder,
        database_url=f"sqlite:///{folder / 'check.sqlite3'}",
        secret_key="only for this check",  # noqa: S106
        base_url="http://localhost",
        plugins=plugins,
        embedded_worker=False,
        demo=True,
        testing=True,
    )


@contextmanager
def _on_database(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def _branches(plugins: list[Plugin]) -> tuple[Branch, ...]:
    return (CORE, *(branch_of(plugin) for plugin in plugins if (plugin.folder / "migrations").is_dir()))


def _content() -> Iterator[str]:
    """Its content is taken, and taken once."""
    sync_plugins(now())
    yield from (f"a second sync changed something: {line}" for line in sync_plugins(now()))


def _pages(app: Flask, plugin: Plugin) -> Iterator[str]:
    """Its endpoints declare who may call them; those that need no argument answer in every language."""
    client = _visitor(app)
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] not in [blueprint.name for blueprint in plugin.blueprints()]:
            continue
        if not hasattr(app.view_functions[rule.endpoint], "lms_permission"):
            yield f"its page {rule.rule} declares neither a permission nor that it is public"
        elif rule.arguments == {"lang"} and "GET" in (rule.methods or ()):
            addresses = (rule.rule.replace("<lang>", language) for language in LANGUAGES)
            yield from (
                f"its page {address} fails: {reason}" for address in addresses if (reason := _failure(client, address))
            )


def _visitor(app: Flask) -> FlaskClient:
    with write_unit() as session:
        person = Person(sign_in_name="visitor", sign_in_key="visitor", display_name="Visitor")
        session.add(person)
        session.flush()
        _session, token = open_session(person, agent="check", keep=False, now=now())
    client = app.test_client()
    client.set_cookie(COOKIE, token)
    return client


def _failure(client: FlaskClient, address: str) -> str:
    try:
        status = client.get(address).status_code
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "not found" if status == 404 else ""


def _catalogs(plugin: Plugin) -> Iterator[str]:
    """Whoever translates, translates everything: an interface is in three languages or not there."""
    files = {code: plugin.folder / "translations" / code / "LC_MESSAGES" / f"{plugin.name}.po" for code in ("fa", "ar")}
    if not (plugin.folder / "translations").is_dir():
        return
    for code, file in files.items():
        if not file.exists():
            yield f"translations/{code}/LC_MESSAGES/{plugin.name}.po is missing"
            continue
        with file.open("rb") as source:
            for message in read_po(source):
                if message.id and not _is_translated(message):
                    yield f"{code}: {message.id!r} is not translated, or its placeholders differ"


def _is_translated(message: Message) -> bool:
    texts = list(message.string) if isinstance(message.string, (list, tuple)) else [message.string]
    source = message.id[-1] if isinstance(message.id, (list, tuple)) else message.id
    return all(texts) and set(PLACEHOLDER.findall(str(source))) == set(PLACEHOLDER.findall(str(texts[-1])))


def _migrations(plugin: Plugin) -> Iterator[str]:
    """Its migrations make what its models say, and can be undone."""
    tables = {name for name in Base.metadata.tables if name.startswith(f"{plugin.name}_")}
    if not (plugin.folder / "migrations").is_dir():
        yield from (f"no migration makes its table {table}" for table in sorted(tables))
        return
    branch = branch_of(plugin)
    with db.engine.connect() as connection:
        options = {
            "version_table": branch.version_table,
            "include_name": lambda name, kind, _parents: kind != "table" or str(name).startswith(f"{plugin.name}_"),
            "include_object": lambda item, name, kind, _reflected, _other: (
                kind != "table" or str(name).startswith(f"{plugin.name}_")
            ),
        }
        context = MigrationContext.configure(connection, opts=options)
        yield from (
            f"its models and its migrations differ: {found}" for found in compare_metadata(context, Base.metadata)
        )
    with db.engine.begin() as connection:
        command.downgrade(config_for(branch, connection, (plugin.name,)), "base")
    yield from (
        f"undoing its migrations leaves {name}" for name in inspect(db.engine).get_table_names() if name in tables
    )
    upgrade(db.engine, (branch,))


def _goes_on_without(folder: Path, plugin: Plugin) -> Iterator[str]:
    """Taken away, its tables stay, and the core upgrades and answers."""
    app = create_app(_settings(folder, ()))
    with _on_database(app):
        upgrade(db.engine)
        kept = set(inspect(db.engine).get_table_names())
        if app.test_client().get("/readyz").status_code != 200:
            yield "without it, the program does not answer"
    yield from (f"taken away, its table {table} is gone" for table in sorted(_tables(plugin) - kept))


def _tables(plugin: Plugin) -> set[str]:
    return {name for name in Base.metadata.tables if name.startswith(f"{plugin.name}_")}
