"""Commands that plugins bring: `lms <plugin> <command>`."""

import click

from lms.cli.environment import command_app, command_settings
from lms.plugins.registry import enabled_plugins


def commands_of(name: str) -> click.Command | None:
    """The commands of the enabled plugin of that name as a group, run in the app's context; None where it has none."""
    if name not in command_settings().plugins:
        return None
    app = command_app()
    found = next(list(plugin.commands()) for plugin in enabled_plugins(app) if plugin.name == name)

    def enter() -> None:
        click.get_current_context().with_resource(app.app_context())

    return click.Group(name, callback=enter, commands=found, help=f"Commands of the plugin {name}.") if found else None
