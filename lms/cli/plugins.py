"""`lms plugins`: the packages that bring content and capabilities."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from lms.cli.environment import command_app, command_settings, say
from lms.clock import now
from lms.plugins.contract import PluginError
from lms.plugins.discovery import installed, load
from lms.plugins.scaffolding import scaffold
from lms.training.checks import check_tree
from lms.training.packages import unpack_package
from lms.training.tree import ContentError, read_tree


@click.group()
def plugins() -> None:
    """List, check, sync and make plugins."""


@plugins.command("list")
def list_plugins() -> None:
    """Every installed plugin, and every enabled one that is not installed."""
    enabled = command_settings().plugins
    for name in (*enabled, *sorted(installed().keys() - set(enabled))):
        say(f"{name}  {'enabled' if name in enabled else 'not enabled'}  {_title(name)}")


def _title(name: str) -> str:
    try:
        return load(name).title
    except PluginError as error:
        return error.reason


@plugins.command()
@click.argument("names", nargs=-1)
def check(names: tuple[str, ...]) -> None:
    """Run the suite of lms.plugins.testing on plugins (all that are enabled, where none is named)."""
    wrong = list(_problems(names or command_settings().plugins))
    if wrong:
        raise click.ClickException("\n".join(wrong))


def _problems(names: tuple[str, ...]) -> Iterator[str]:
    from lms.plugins.testing import problems_of

    for name in names:
        with TemporaryDirectory() as folder:
            found = problems_of(name, Path(folder))
        say(f"{name}: {'nothing is wrong' if not found else f'{len(found)} problems'}")
        yield from (f"{name}: {problem}" for problem in found)


@plugins.command()
def sync() -> None:
    """Bring the content of the enabled plugins into the database; again changes nothing."""
    from lms.training.sync import sync_plugins

    with command_app().app_context():
        for line in sync_plugins(now()) or ["Nothing has changed."]:
            say(line)


@plugins.command()
@click.argument("name")
@click.option("--title", default="", help="Its title in English; from its name where there is none.")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Where to put it.")
@click.option(
    *("--from", "package"),
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A module's package, as `lms modules export` and the studio write it: the plugin brings that module.",
)
def new(name: str, title: str, folder: Path, package: Path | None) -> None:
    """Make the package of a new plugin: one small module in three languages, or a package's, and a test."""
    with TemporaryDirectory() as beside:
        module = _unpacked(package, Path(beside)) if package else None
        try:
            made = scaffold(name, title or name.replace("_", " ").capitalize(), folder, module)
        except ValueError as error:
            raise click.ClickException(str(error)) from error
    say(f"{made} is a plugin. Install it, enable it, and bring its content in:")
    say(f"  pip install --editable {made}")
    say(f"  export LMS_PLUGINS=networking_kit,{name}")
    say("  lms upgrade")


def _unpacked(package: Path, folder: Path) -> Path:
    """The folder of a package's module; ends the command where it could not be published."""
    command_app()
    try:
        with package.open("rb") as file:
            module = unpack_package(file, folder)
        problems = check_tree(read_tree(module))
    except ContentError as error:
        raise click.ClickException(error.message) from error
    if problems:
        raise click.ClickException("\n".join(str(problem) for problem in problems))
    return module
