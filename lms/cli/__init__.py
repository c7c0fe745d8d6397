"""The command `lms`: one file a command, imported when it is called."""

from importlib import import_module

import click

COMMANDS = (
    "accounts",
    "backup",
    "check",
    "credentials",
    "demo",
    "import",
    "modules",
    "move",
    "plugins",
    "questions",
    "report",
    "restore",
    "start",
    "upgrade",
    "worker",
)
#: Commands whose name is a word of Python: file and function are called otherwise.
FILES = {"import": "imports"}


class Commands(click.Group):
    """Finds command `name` as `lms.cli.<name>.<name>`, else as the group of the plugin of that name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the alphabet."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            from lms.cli.of_plugins import commands_of

            return commands_of(cmd_name)
        name = FILES.get(cmd_name, cmd_name)
        command: click.Command = getattr(import_module(f"lms.cli.{name}"), name)
        return command


@click.command(cls=Commands)
@click.version_option(package_name="tashbik-lms", prog_name="lms")
def main() -> None:
    """Tashbik: a learning platform for networks of civil-society organizations.

    Settings are read from the environment; docs/operator.md lists them.
    """
