"""`lms modules`: the training content of this installation."""

from pathlib import Path

import click

from lms.cli.environment import command_app, say
from lms.clock import now
from lms.db import text_of, write_unit
from lms.errors import DomainError
from lms.media import MediaError
from lms.storage import current_storage
from lms.training.checks import check_tree
from lms.training.models import Module
from lms.training.packages import read_package, write_package
from lms.training.publishing import render_tree, tree_of
from lms.training.queries import all_modules, modules_named
from lms.training.services import import_module
from lms.training.tree import ContentError, Tree, read_tree
from lms.training.tree_media import Keep, hash_of, keeper


@click.group()
def modules() -> None:
    """List, check, export and import training modules."""


@modules.command("list")
def list_modules() -> None:
    """Every module: whose it is, its key, its version, its languages and its title."""
    with command_app().app_context():
        for module in all_modules():
            say(_line(module))


def _line(module: Module) -> str:
    version = module.current_version
    state = f"version {version.number} ({', '.join(version.manifest['languages'])})" if version else "draft"
    archived = ", archived" if module.archived_at else ""
    return (
        f"{module.public_id}  {module.plugin or 'site'}/{module.key}  {state}{archived}  {text_of(module.titles, 'en')}"
    )


@modules.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def check(path: Path) -> None:
    """Say what is wrong with a module: a folder with module.json, or a package."""
    command_app()
    _refuse_problems(_read(path))
    say("Nothing is wrong.")


@modules.command()
@click.argument("module")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def export(module: str, file: Path) -> None:
    """Write the current version of MODULE (public id, key or plugin/key) as a package."""
    with command_app().app_context():
        version = _one(module).current_version
        if version is None:
            raise click.ClickException(f"{module} was never published")
        with file.open("wb") as target:
            write_package(tree_of(version), target, current_storage().at_hand)
    say(f"{file}: version {version.number}")


def _one(name: str) -> Module:
    found = modules_named(name)
    if len(found) != 1:
        raise click.ClickException(f"{name} names {len(found)} modules; `lms modules list` shows public ids")
    return found[0]


@modules.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--update", is_flag=True, help="Publish it as a new version of the module that has its key.")
def import_(file: Path, update: bool) -> None:
    """Publish the module in a package as one of the site's own."""
    with command_app().app_context():
        tree = _read(file, keeper(current_storage()))
        _refuse_problems(tree)
        try:
            rendered = render_tree(tree)
            with write_unit():
                version = import_module(rendered, update=update, actor_id=None, now=now())
        except MediaError as error:
            raise click.ClickException(error.message) from error
        except DomainError as error:
            raise click.ClickException(f"{error.message} (--update publishes a new version of it)") from error
        say(f"{tree.key}: version {version.number} ({version.kind})" if version else f"{tree.key}: already there")


def _read(path: Path, keep: Keep = hash_of) -> Tree:
    try:
        if path.is_dir():
            return read_tree(path, keep)
        with path.open("rb") as file:
            return read_package(file, keep)
    except ContentError as error:
        raise click.ClickException(error.message) from error


def _refuse_problems(tree: Tree) -> None:
    problems = check_tree(tree)
    if problems:
        raise click.ClickException("\n".join(str(problem) for problem in problems))
